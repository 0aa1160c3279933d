import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { accessFigures } from '#api/access-figures.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { Figures, FiguresQuery } from '#api/schema-figures.ts';

const getFigures = createRoute({
  ...needs('figures'),
  method: 'get',
  path: '/',
  tags: ['figures'],
  summary: 'How much was said, in what tone, and what was done about it',
  description:
    'GET /api/stream with side=outside and the same days and filters lists exactly the stories behind each figure, but for the `unlisted` ones.',
  request: { query: FiguresQuery },
  responses: { 200: json('The figures', Figures), ...problems('invalid_request') },
});

export const figureRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getFigures, async (c) =>
    c.json(await accessFigures(deps, c.var.viewer, c.req.valid('query')), 200),
  );
