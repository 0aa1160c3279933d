import type { z } from '@hono/zod-openapi';
import type { AudienceFacts } from '#storage/audiences.ts';
import type { CaseFacts } from '#storage/cases.ts';
import type { InsideFacts } from '#storage/inside-threads.ts';
import type { MentionAuthorRow } from '#storage/mention-authors.ts';
import type { ReplyFacts } from '#storage/replies.ts';
import type { ReferenceFacts } from '#storage/reply-references.ts';
import type { EventFacts } from '#storage/thread-events.ts';
import type { MentionFacts, ThreadFacts } from '#storage/threads.ts';
import type { Viewer } from './access.ts';
import type { Ids, Seal } from './ids.ts';
import { presentCircleRef, presentMention, presentPersonRef } from './present.ts';
import { presentCase, presentEvent } from './present-desk.ts';
import { presentAuthor } from './present-guests.ts';
import { sameWords } from './quote.ts';
import type { Thread } from './schema.ts';
import type { Audience, Reference, Reply } from './schema-talk.ts';

/** Replies with the references that belong to them. */
export type Talk = { replies: readonly ReplyFacts[]; references: readonly ReferenceFacts[] };

export function presentReplies(ids: Ids, viewer: Viewer, { replies, references }: Talk): z.infer<typeof Reply>[] {
  const byReply = Map.groupBy(references, ({ replyId }) => replyId);
  return replies.map((reply) => ({
    id: ids.encode('reply', reply.id),
    threadId: ids.encode('thread', reply.threadId),
    circle: presentCircleRef(ids, reply.circle),
    person: presentPersonRef(ids, reply.person),
    text: reply.text,
    references: (isKeptFrom(reply) ? [] : (byReply.get(reply.id) ?? [])).map((one) =>
      presentReference(ids, viewer, one),
    ),
    writtenAt: reply.writtenAt.toISOString(),
    editedAt: reply.editedAt?.toISOString() ?? null,
    withdrawnAt: reply.withdrawnAt?.toISOString() ?? null,
    hidden: reply.hiddenAt && { at: reply.hiddenAt.toISOString(), reason: reply.hiddenReason },
    own: reply.person.id === viewer.personId,
    version: reply.version,
  }));
}

/** Hidden words point to nothing either. */
const isKeptFrom = ({ hiddenAt, hiddenReason }: ReplyFacts) => hiddenAt !== null && hiddenReason === null;

/** Of what its reader may not see, only that it is there. */
function presentReference(ids: Ids, { colleague }: Viewer, one: ReferenceFacts): z.infer<typeof Reference> {
  const threadId = one.visible && one.threadId !== null ? ids.encode('thread', one.threadId) : null;
  const id = one.visible && one.mentionId !== null ? ids.encode('mention', one.mentionId) : null;
  const { title } = one;
  // Where we listen is not a guest's to know.
  const source = colleague ? one.source : null;
  switch (one.kind) {
    case 'person':
      return { kind: 'person', id: ids.encode('person', one.personId!), name: one.person ?? '' };
    case 'thread':
      return { kind: 'thread', id: threadId, title };
    case 'mention':
      return { kind: 'mention', id, threadId, title, source };
    case 'quote':
      return { kind: 'quote', id, threadId, from: one.from!, to: one.to!, text: sameWords(one), source };
  }
}

/**
 * Sending goes back with the token: it holds the audience that was shown, as version and number of people from outside. A guest is told
 * no numbers.
 */
export function presentAudience(
  ids: Ids,
  seal: Seal,
  viewer: Viewer,
  { circle, colleagues, outsiders, version, frameVersion, frameToRead }: AudienceFacts,
): z.infer<typeof Audience> {
  return {
    circle: presentCircleRef(ids, circle),
    colleagues: viewer.colleague ? colleagues : null,
    outsiders: viewer.colleague ? outsiders : null,
    public: circle.kind === 'public',
    frameVersion,
    frameToRead,
    token: seal.close(viewer.key, audiencePurpose, [BigInt(circle.id), BigInt(version), BigInt(outsiders)]),
  };
}

export function presentAudiences(
  ids: Ids,
  seal: Seal,
  viewer: Viewer,
  audiences: readonly AudienceFacts[],
): z.infer<typeof Audience>[] {
  return audiences.map((one) => presentAudience(ids, seal, viewer, one));
}
export const audiencePurpose = 'audience';

/** Everything of a thread that its reader may see. */
export type ThreadParts = {
  thread: ThreadFacts;
  mentions: readonly MentionFacts[];
  talk: Talk;
  case: CaseFacts | null;
  events: readonly EventFacts[];
  inside: InsideFacts;
  authors: readonly MentionAuthorRow[];
};

/** A thread; its title and language are those of the mention it was born from. */
export function presentThread(
  ids: Ids,
  viewer: Viewer,
  { thread, mentions, talk, case: known, events, inside, authors }: ThreadParts,
  rest: Pick<z.infer<typeof Thread>, 'audiences' | 'earlierReplies'>,
): z.infer<typeof Thread> {
  const origin = mentions.find((mention) => mention.id === thread.originMentionId);
  return {
    id: ids.encode('thread', thread.id),
    born: thread.born,
    title: thread.title ?? origin?.title ?? null,
    language: origin?.language ?? null,
    mentions: mentions.map((mention) => presentMention(ids, mention)),
    mentionCount: thread.mentionCount,
    starter: inside.starter && presentPersonRef(ids, inside.starter),
    createdAt: thread.createdAt.toISOString(),
    replies: presentReplies(ids, viewer, talk),
    events: events.map((event) => presentEvent(ids, event)),
    case: known && presentCase(ids, known),
    follows: inside.follows,
    readUpTo: inside.readUpTo?.toISOString() ?? null,
    places: inside.places.map(({ circle, ...place }) => ({ ...place, circle: presentCircleRef(ids, circle) })),
    authors: authors.map((author) => presentAuthor(ids, author)),
    tippedBy: inside.tippedBy.map((person) => presentPersonRef(ids, person)),
    version: thread.version,
    ...rest,
  };
}
