import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Mention, Thread, ThreadRow } from './schema.ts';

/**
 * What a guest is told of a thread less than a colleague: where we listen, what we make of what was said, what the desk does about it and
 * who handed it in. What was said outside they read as it was written.
 */

export function rowFor(
  { colleague }: Pick<Viewer, 'colleague'>,
  row: z.infer<typeof ThreadRow>,
): z.infer<typeof ThreadRow> {
  return colleague ? row : { ...row, source: null, sentiment: null, case: null, tip: false };
}

export function mentionFor(
  { colleague }: Pick<Viewer, 'colleague'>,
  mention: z.infer<typeof Mention>,
): z.infer<typeof Mention> {
  if (colleague) return mention;
  const provenance = { connector: mention.provenance.connector, seenVia: [], sentimentMethod: null };
  return { ...mention, source: null, sentiment: null, joined: null, provenance };
}

export function threadFor(viewer: Pick<Viewer, 'colleague'>, thread: z.infer<typeof Thread>): z.infer<typeof Thread> {
  if (viewer.colleague) return thread;
  return { ...thread, mentions: thread.mentions.map((one) => mentionFor(viewer, one)), case: null, tippedBy: [] };
}
