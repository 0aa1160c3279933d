import type { z } from '@hono/zod-openapi';
import { follow, markRead, readAttention } from '#storage/attention-writes.ts';
import { readAudience, readAudiences } from '#storage/audiences.ts';
import { recordChanges } from '#storage/changes.ts';
import { type Heard, type OwnReply, readOwnReply } from '#storage/own-replies.ts';
import { type ReplyFacts, readReplies, readReply } from '#storage/replies.ts';
import { readReferences, storedReferences } from '#storage/reply-references.ts';
import type { ReplyRefusal } from '#storage/reply-statement.ts';
import {
  changeWords,
  type PlacedReply,
  placeReply,
  startThread as storeThread,
  withdraw,
} from '#storage/reply-writes.ts';
import { standingThread } from '#storage/threads.ts';
import { circlesOfThread, readerOf, type Viewer, visibleTo } from './access.ts';
import { readWords } from './access-words.ts';
import type { Deps } from './env.ts';
import { digestOf, once } from './idempotency.ts';
import { audiencePurpose, presentAudience, presentAudiences, presentReplies } from './present-talk.ts';
import { ProblemError } from './problem.ts';

import type {
  Attention,
  Audiences,
  ChangeAttention,
  ChangeReply,
  NewReply,
  NewThread,
  Reply,
  ReplyPage,
  StartedThread,
} from './schema-talk.ts';

/** Begins a conversation inside; the same key again answers with the one that was begun. */
export async function startThread(
  deps: Deps,
  viewer: Viewer,
  key: string,
  given: z.infer<typeof NewThread>,
): Promise<z.infer<typeof StartedThread>> {
  const request = { personId: viewer.personId, personName: viewer.name, key, digest: digestOf('thread', given) };
  const reply = await once(
    deps,
    request,
    async () => {
      const heard = audienceOf(deps, viewer, given);
      const words = await readWords(deps, viewer, heard.circleId, given);
      const title = given.title.toWellFormed();
      return await placed(
        deps,
        viewer,
        heard,
        storeThread(deps.db, visibleTo(viewer), { ...request, ...heard, ...words, title }),
        words,
      );
    },
    ({ ref }) => presentOne(deps, viewer, ref),
  );
  return { id: reply.threadId, reply };
}

/** Replies in a circle. What happened to the thread meanwhile is said without a trace of what the writer may not see. */
export async function addReply(
  deps: Deps,
  viewer: Viewer,
  threadId: string,
  key: string,
  given: z.infer<typeof NewReply>,
): Promise<z.infer<typeof Reply>> {
  const request = {
    personId: viewer.personId,
    personName: viewer.name,
    key,
    digest: digestOf('reply', threadId, given),
  };
  return await once(
    deps,
    request,
    async () => {
      const thread = deps.ids.decode('thread', threadId);
      if (thread === null) throw nowhere();
      const heard = audienceOf(deps, viewer, given);
      const words = await readWords(deps, viewer, heard.circleId, given);
      const reply = { ...request, ...heard, ...words, kind: 'reply', threadId: thread } as const;
      return await placed(deps, viewer, heard, placeReply(deps.db, visibleTo(viewer), reply), words);
    },
    ({ ref }) => presentOne(deps, viewer, ref),
  );
}

/** A page of replies before those the thread came with. */
export async function accessReplies(
  { db, ids, seal }: Deps,
  viewer: Viewer,
  publicId: string,
  before: string | undefined,
): Promise<z.infer<typeof ReplyPage>> {
  const { threadId, circles } = await readable({ db, ids }, viewer, publicId);
  const purpose = repliesPurpose(threadId);
  const place = before === undefined ? null : seal.open(viewer.key, purpose, before);
  if (before !== undefined && place?.length !== 2)
    throw new ProblemError('invalid_request', { wrong: [{ path: 'before', part: 'cursor' }] });
  const reader = { personId: viewer.personId, circles };
  const page = await readReplies(db, reader, threadId, place && { micros: place[0]!, id: Number(place[1]) });
  const references = await readReferences(
    db,
    visibleTo(viewer),
    page.replies.map(({ id }) => id),
  );
  return {
    replies: presentReplies(ids, viewer, { replies: page.replies, references }),
    earlier: page.earlier && seal.close(viewer.key, purpose, [page.earlier.micros, BigInt(page.earlier.id)]),
  };
}
export const repliesPurpose = (threadId: number) => `replies ${threadId}`;

/** Puts other words in one's own reply, where one may write today and for who was shown to read along. */
export async function changeReply(
  deps: Deps,
  viewer: Viewer,
  replyId: string,
  change: z.infer<typeof ChangeReply>,
): Promise<z.infer<typeof Reply>> {
  const { id, circleId, withdrawn, refused } = await own(deps, viewer, replyId);
  if (withdrawn) throw new ProblemError('reply_withdrawn');
  if (refused) throw await notChanged(deps, viewer, circleId, refused);
  const heard = shownBy(deps, viewer, change.audience);
  const words = await readWords(deps, viewer, circleId, change, await storedReferences(deps.db, id));
  const { personId } = viewer;
  const outcome = await changeWords(deps.db, { ...words, id, personId, version: change.version, heard });
  if (outcome === 'withdrawn') throw new ProblemError('reply_withdrawn');
  if (outcome === 'changed') throw new ProblemError('changed_meanwhile');
  if (outcome !== 'done') throw await notChanged(deps, viewer, circleId, outcome);
  return await presentOne(deps, viewer, id);
}

/** What was said there stands: who no longer writes may take their words back, and not put others in their place. */
async function notChanged(deps: Deps, viewer: Viewer, circleId: number, code: ReplyRefusal): Promise<ProblemError> {
  return await refusal(deps, viewer, circleId, code, { reason: `change-${code}` });
}

/**
 * Takes the words of one's own reply away for good; once more does nothing. An author may always, wherever it stands by now: null where
 * they do not read, so that nothing is told of that place.
 */
export async function withdrawReply(
  deps: Deps,
  viewer: Viewer,
  replyId: string,
): Promise<z.infer<typeof Reply> | null> {
  const { id, circleId } = await own(deps, viewer, replyId);
  await withdraw(deps.db, id);
  return visibleTo(viewer).includes(circleId) ? await presentOne(deps, viewer, id) : null;
}

/** Notes what a viewer has read of a thread, and whether they follow it. */
export async function accessAttention(
  { db, ids }: Deps,
  viewer: Viewer,
  publicId: string,
  { readUpTo, follows }: z.infer<typeof ChangeAttention>,
): Promise<z.infer<typeof Attention>> {
  const threadId = await standing({ db, ids }, viewer, publicId);
  const reader = readerOf(viewer);
  const now = await db.transaction().execute(async (trx) => {
    if (readUpTo !== undefined) await markRead(trx, reader, threadId, new Date(readUpTo));
    if (follows !== undefined) await follow(trx, reader, threadId, follows);
    await recordChanges(trx, { people: [viewer.personId] });
    return await readAttention(trx, reader, threadId);
  });
  return { follows: now.follows, readUpTo: now.readUpTo?.toISOString() ?? null };
}

/** The circles in which a viewer may begin a conversation, with who will hear it. */
export async function accessAudiences({ db, ids, seal }: Deps, viewer: Viewer): Promise<z.infer<typeof Audiences>> {
  return { audiences: presentAudiences(ids, seal, viewer, await readAudiences(db, viewer)) };
}

/** What the token says was shown. One that is not ours, or of another circle, says nothing. */
function audienceOf(deps: Deps, viewer: Viewer, given: { circle: string; audience: string }): Heard {
  const circleId = deps.ids.decode('circle', given.circle);
  if (circleId === null || !visibleTo(viewer).includes(circleId)) throw wrong('circle');
  const heard = shownBy(deps, viewer, given.audience);
  if (heard.circleId !== circleId) throw wrong('audience');
  return heard;
}

function shownBy({ seal }: Deps, viewer: Viewer, token: string): Heard {
  const shown = seal.open(viewer.key, audiencePurpose, token);
  if (shown?.length !== 3) throw wrong('audience');
  return { circleId: Number(shown[0]), audienceVersion: Number(shown[1]), outsiders: Number(shown[2]) };
}

/** The answer to a reply that found its place; null when a request with its key was accepted before. */
async function placed(
  deps: Deps,
  viewer: Viewer,
  heard: { circleId: number },
  placing: ReturnType<typeof placeReply>,
  { text, references: { length } }: { text: string; references: readonly unknown[] },
): Promise<z.infer<typeof Reply> | null> {
  const { db, ids } = deps;
  const outcome = await placing;
  if (outcome.kind === 'nowhere') throw nowhere();
  if (outcome.kind === 'refused') throw await refusal(deps, viewer, heard.circleId, outcome.code);
  if (outcome.kind === 'repeated') return null;
  const replies = [asWritten(viewer, outcome.reply, text)];
  const references = length === 0 ? [] : await readReferences(db, visibleTo(viewer), [outcome.reply.id]);
  return presentReplies(ids, viewer, { replies, references })[0]!;
}

/** Why it was not placed. Who would read along now goes with it, so that the writer sees that before they send it again. */
async function refusal(
  { db, ids, seal }: Deps,
  viewer: Viewer,
  circleId: number,
  code: ReplyRefusal,
  facts: { reason?: string } = {},
): Promise<ProblemError> {
  const audience = code === 'audience_changed' && (await readAudience(db, viewer.personId, circleId));
  if (!audience) return new ProblemError(code, { facts });
  const { colleagues, outsiders, token } = presentAudience(ids, seal, viewer, audience);
  return new ProblemError(code, { facts: { ...facts, colleagues, outsiders, token } });
}

function asWritten({ personId, name }: Viewer, reply: PlacedReply, text: string): ReplyFacts {
  return {
    ...reply,
    person: { id: personId, name },
    text,
    editedAt: null,
    withdrawnAt: null,
    hiddenAt: null,
    hiddenReason: null,
    version: 1,
  };
}

async function presentOne({ db, ids }: Deps, viewer: Viewer, replyId: number): Promise<z.infer<typeof Reply>> {
  const circles = visibleTo(viewer);
  const reply = await readReply(db, readerOf(viewer), replyId);
  if (!reply) throw new ProblemError('not_found');
  const references = await readReferences(db, circles, [replyId]);
  return presentReplies(ids, viewer, { replies: [reply], references })[0]!;
}

/** A reply that its reader wrote, wherever it stands; somebody else's may be seen, and not changed. */
async function own({ db, ids }: Deps, viewer: Viewer, publicId: string): Promise<OwnReply> {
  const id = ids.decode('reply', publicId);
  const reply = id === null ? null : await readOwnReply(db, viewer.personId, id);
  if (reply) return reply;
  const isSeen = id !== null && (await readReply(db, readerOf(viewer), id)) !== null;
  throw new ProblemError(isSeen ? 'not_own' : 'not_found');
}

/** A thread with the circles in which this viewer reads it: those they may see, and for who left those in which they wrote in it. */
async function readable({ db, ids }: Pick<Deps, 'db' | 'ids'>, viewer: Viewer, publicId: string) {
  const asked = ids.decode('thread', publicId);
  const circles = asked === null ? [] : await circlesOfThread(db, viewer, { threadId: asked });
  const threadId = asked === null ? null : await standingThread(db, circles, asked);
  if (threadId === null) throw new ProblemError('not_found');
  return { threadId, circles };
}

async function standing({ db, ids }: Pick<Deps, 'db' | 'ids'>, viewer: Viewer, publicId: string): Promise<number> {
  const asked = ids.decode('thread', publicId);
  const threadId = asked === null ? null : await standingThread(db, visibleTo(viewer), asked);
  if (threadId === null) throw new ProblemError('not_found');
  return threadId;
}

/** Whether it never was, is gone or is not the writer's to see: one answer, which says that their text is kept. */
const nowhere = () => new ProblemError('not_found', { facts: { reason: 'reply-nowhere' } });
const wrong = (part: 'circle' | 'audience') => new ProblemError('invalid_request', { wrong: [{ path: part, part }] });
