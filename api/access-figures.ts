import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { Figures, FiguresQuery } from './schema-figures.ts';

export async function accessFigures(
  _deps: Deps,
  _viewer: Viewer,
  _query: z.infer<typeof FiguresQuery>,
): Promise<z.infer<typeof Figures>> {
  throw new ProblemError('internal');
}
