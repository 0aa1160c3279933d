import type { z } from '@hono/zod-openapi';
import { readAudiences } from '#storage/audiences.ts';
import { readCase } from '#storage/cases.ts';
import { readInside } from '#storage/inside-threads.ts';
import { readAuthors } from '#storage/mention-authors.ts';
import { readReplies } from '#storage/replies.ts';
import { readReferences } from '#storage/reply-references.ts';
import { readEvents } from '#storage/thread-events.ts';
import { askRecheck, readThread } from '#storage/threads.ts';
import { circlesOfThread, readerOf, type Viewer, visibleTo } from './access.ts';
import { repliesPurpose } from './access-talk.ts';
import type { Deps } from './env.ts';
import { threadFor } from './guest-view.ts';
import { presentAudiences, presentThread } from './present-talk.ts';
import { ProblemError } from './problem.ts';
import type { Thread } from './schema.ts';

/**
 * A thread with both its sides, as its reader may see them. Opening it asks, at most once a day, whether its mentions still
 * exist where they were written.
 */
export async function accessThread(
  { db, ids, seal, log }: Pick<Deps, 'db' | 'ids' | 'seal' | 'log'>,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof Thread>> {
  const id = ids.decode('thread', publicId);
  const circles = id === null ? [] : await circlesOfThread(db, viewer, { threadId: id });
  const found = id === null ? null : await readThread(db, circles, id);
  if (!found) throw new ProblemError('not_found');
  const threadId = found.thread.id;
  // Reading does not wait for it and does not fail with it.
  askRecheck(db, threadId).catch((error: unknown) => log.warn({ err: error }, 'recheck not asked'));
  const [page, known, events, inside, authors, audiences] = await Promise.all([
    readReplies(db, { personId: viewer.personId, circles }, threadId, null),
    readCase(db, circles, threadId),
    readEvents(db, circles, threadId),
    readInside(db, readerOf(viewer), threadId),
    readAuthors(db, circles, threadId),
    readAudiences(db, { personId: viewer.personId, thread: threadId }),
  ]);
  const { replies, earlier } = page;
  const references = await readReferences(
    db,
    visibleTo(viewer),
    replies.map((reply) => reply.id),
  );
  const parts = { ...found, talk: { replies, references }, case: known, events, inside, authors };
  const told = presentThread(ids, viewer, parts, {
    audiences: presentAudiences(ids, seal, viewer, audiences),
    earlierReplies: earlier && seal.close(viewer.key, repliesPurpose(threadId), [earlier.micros, BigInt(earlier.id)]),
  });
  return threadFor(viewer, told);
}
