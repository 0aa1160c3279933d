import { z } from 'zod';

/**
 * A backup is a gzip file of lines: a header; of each table a line that names it, its rows as COPY writes them, `\.`, and a line with
 * their number and checksum; at the end the sequences. Another way of writing takes another version.
 */
export const formatVersion = 1;
export const endOfRows = Buffer.from('\\.\n');

export const Header = z.object({
  format: z.literal('buitenwacht'),
  version: z.number(),
  madeAt: z.iso.datetime(),
  /** Names of the migrations that made these tables. */
  migrations: z.array(z.string().regex(/^[\w-]+\.sql$/)),
  /** Months that have a partition of their own: first days. */
  months: z.array(z.string().regex(/^\d{4}-\d\d-01$/)),
});
/** Names are quoted where they have to be: they go into statements as they are. */
const Name = z.string().regex(/^(?:\w+|"(?:[^"]|"")+")(?:\.(?:\w+|"(?:[^"]|"")+"))?$/);
export const TableLine = z.object({ table: Name, columns: z.array(Name).min(1) });
export const TableEnd = z.object({ rows: z.number(), sha256: z.string() });
export const End = z.object({ end: z.literal(true), tables: z.number(), sequences: z.record(Name, z.number()) });

/** Why there is no backup or no restore: a sentence for whoever asked for it. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * Tables that are made anew instead of kept. Positions in the change table mean nothing to another server. What lets somebody in
 * does not come back with an older database: it may have been taken away since.
 */
export const leftOut = new Set([
  'public.migrations',
  'public.changes',
  'public.changes_horizon',
  'public.search_indexes',
  'public.sign_in_attempts',
  'public.person_links',
  'public.search_feeds',
  'auth.session',
  'auth.verification',
]);
