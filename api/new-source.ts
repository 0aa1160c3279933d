import type { z } from '@hono/zod-openapi';
import { connectorFor } from '#ingest/registry.ts';
import { hostKeyOf } from '#platform/host-key.ts';
import type { NewSource } from '#storage/sources.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { AddSource } from './schema.ts';

/** In bytes: the index over places takes 2,704 with what it adds. */
const longestPlace = 2_600;

/**
 * A source to be, from what a client sent: a connector we have, settings that it accepts, and the place that makes it the
 * same as another or not. Nothing of `settings` that the connector does not know is kept.
 */
export function newSource(asked: z.infer<typeof AddSource>, { allow }: Pick<Deps, 'allow'>): NewSource {
  const connector = connectorFor(asked.connector);
  if (!connector) throw refused('connector', ['connector']);
  const settings = connector.settings.safeParse(asked.settings);
  if (!settings.success)
    throw refused('settings', ...settings.error.issues.slice(0, 20).map(({ path }) => ['settings', ...path]));
  // PostgreSQL keeps neither NUL nor half a surrogate pair; JSON.stringify writes both as an escape.
  const text = JSON.stringify(settings.data);
  if (/\\u(0000|d[89a-f])/i.test(text)) throw refused('settings', ['settings']);
  const place = connector.place(settings.data);
  if (Buffer.byteLength(place) > longestPlace) throw refused('settings', ['settings']);
  const address = connector.address(settings.data);
  return {
    connector: connector.name,
    settings: settings.data as Record<string, unknown>,
    place,
    label: asked.label ?? address.hostname,
    kind: asked.kind ?? 'other',
    homeUrl: null,
    folder: asked.folder ?? null,
    keeps: asked.keeps,
    desk: asked.desk,
    hostKey: hostKeyOf(address, allow),
  };
}

function refused(part: 'connector' | 'settings', ...paths: PropertyKey[][]): ProblemError {
  return new ProblemError('invalid_request', {
    wrong: paths.map((path) => ({ path: path.map(String).join('.').slice(0, 100), part })),
  });
}
