import type { z } from '@hono/zod-openapi';
import { countInbox, readInbox as readRows } from '#storage/inbox.ts';
import { type InboxMark, markItems, markUpTo, unmarkItems, unmarkUpTo } from '#storage/inbox-marks.ts';
import { type NoticeLevelRow, readLevels, setLevel } from '#storage/notice-levels.ts';
import { readerOf, type Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { Ids } from './ids.ts';
import { presentCircleRef, presentPersonRef } from './present.ts';
import { ProblemError } from './problem.ts';
import type {
  InboxCount,
  InboxPage,
  InboxQuery,
  InboxRead,
  NoticeLevelSet,
  NoticeLevels,
  ReadInbox,
  SetNoticeLevel,
} from './schema-inbox.ts';

type Reading = Pick<Deps, 'db' | 'ids' | 'seal'>;

/** A page of a viewer's inbox: what they may see now, whatever they could when it came. */
export async function accessInbox(
  { db, ids, seal }: Reading,
  viewer: Viewer,
  { cursor, limit, unread }: z.infer<typeof InboxQuery>,
): Promise<z.infer<typeof InboxPage>> {
  const purpose = `inbox ${unread ?? false}`;
  const place = cursor === undefined ? null : seal.open(viewer.key, purpose, cursor);
  if (cursor !== undefined && place?.length !== 3) throw wrong('cursor');
  const after = place && { micros: place[0]!, isThread: place[1] === 1n, id: Number(place[2]) };
  const { rows, next } = await readRows(db, readerOf(viewer), { after, limit, unread });
  return {
    items: rows.map(({ isThread, id, kind, thread, circle, person, replyId, at, read, detail }) => ({
      id: ids.encode(isThread ? 'thread' : 'notice', id),
      kind,
      thread: presentNamed(ids, thread),
      circle: circle && presentCircleRef(ids, circle),
      person: person && presentPersonRef(ids, person),
      replyId: replyId === null ? null : ids.encode('reply', replyId),
      at: at.toISOString(),
      read,
      detail,
    })),
    cursor: next && seal.close(viewer.key, purpose, [next.micros, next.isThread ? 1n : 0n, BigInt(next.id)]),
  };
}

/** How much waits in a viewer's inbox. */
export async function accessInboxCount({ db }: Pick<Deps, 'db'>, viewer: Viewer): Promise<z.infer<typeof InboxCount>> {
  return { unread: await countInbox(db, readerOf(viewer)) };
}

/** Marks what a viewer names as read, or everything up to a moment, or undoes either; what undoes it is theirs alone. */
export async function markInbox(
  { db, ids, seal }: Reading,
  viewer: Viewer,
  given: z.infer<typeof ReadInbox>,
): Promise<z.infer<typeof InboxRead>> {
  return await db.transaction().execute(async (trx) => {
    if ('undo' in given) {
      await undo(trx, { seal }, viewer, given.undo);
      return { undo: null };
    }
    const close = (numbers: bigint[]) => ({ undo: seal.close(viewer.key, undoPurpose, numbers) });
    if ('upTo' in given) {
      const marked = await markUpTo(trx, viewer.personId, new Date(given.upTo));
      return marked ? close([everything, marked.before ?? -1n, marked.after]) : { undo: null };
    }
    const items = [...new Set(given.items)];
    const named = (kind: 'thread' | 'notice') => items.flatMap((text) => ids.decode(kind, text) ?? []);
    const [threads, notices] = [named('thread'), named('notice')];
    const isKnown = threads.length + notices.length === items.length;
    const marks = isKnown ? await markItems(trx, readerOf(viewer), { threads, notices }) : null;
    if (!marks) throw new ProblemError('not_found');
    const numbers = marks.flatMap(({ circleId, id, before, after }) => [
      BigInt(circleId),
      BigInt(id),
      before ?? -1n,
      after,
    ]);
    return marks.length === 0 ? { undo: null } : close([someItems, ...numbers]);
  });
}

async function undo(
  trx: Parameters<typeof markUpTo>[0],
  { seal }: Pick<Deps, 'seal'>,
  viewer: Viewer,
  text: string,
): Promise<void> {
  const [what, ...numbers] = seal.open(viewer.key, undoPurpose, text) ?? [];
  const moment = (at: bigint | undefined) => (at === undefined || at < 0n ? null : at);
  if (what === everything && numbers.length === 2) {
    const marked = { before: moment(numbers[0]), after: numbers[1]! };
    if (await unmarkUpTo(trx, viewer.personId, marked)) return;
  }
  if (what !== someItems || numbers.length % 4 !== 0) throw wrong('undo');
  const marks: InboxMark[] = [];
  for (let i = 0; i < numbers.length; i += 4)
    marks.push({
      circleId: Number(numbers[i]),
      id: Number(numbers[i + 1]),
      before: moment(numbers[i + 2]),
      after: numbers[i + 3]!,
    });
  await unmarkItems(trx, viewer.personId, marks);
}

/** What a viewer said they want to hear. */
export async function accessLevels({ db, ids }: Reading, viewer: Viewer): Promise<z.infer<typeof NoticeLevels>> {
  return { levels: (await readLevels(db, readerOf(viewer))).map((row) => presentLevel(ids, row)) };
}

/** Says how much a viewer wants to hear of a circle, or of a thread in it. */
export async function changeLevel(
  deps: Reading,
  viewer: Viewer,
  { circle, thread, level }: z.infer<typeof SetNoticeLevel>,
): Promise<z.infer<typeof NoticeLevels>> {
  const { db, ids } = deps;
  const circleId = ids.decode('circle', circle);
  const threadId = thread === null ? null : ids.decode('thread', thread);
  if (circleId === null || (thread !== null && threadId === null)) throw new ProblemError('not_found');
  const isSet = await db.transaction().execute((trx) => setLevel(trx, readerOf(viewer), { circleId, threadId, level }));
  if (!isSet) throw new ProblemError('not_found');
  return await accessLevels(deps, viewer);
}

function presentLevel(ids: Ids, { circle, thread, level }: NoticeLevelRow): z.infer<typeof NoticeLevelSet> {
  return { circle: presentCircleRef(ids, circle), thread: presentNamed(ids, thread), level };
}

function presentNamed(ids: Ids, thread: { id: number; title: string | null } | null) {
  return thread && { id: ids.encode('thread', thread.id), title: thread.title };
}

const undoPurpose = 'inbox read';
const someItems = 0n;
const everything = 1n;
const wrong = (part: 'cursor' | 'undo') => new ProblemError('invalid_request', { wrong: [{ path: part, part }] });
