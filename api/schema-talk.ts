import { z } from '@hono/zod-openapi';
import { mostReferences, mostReplyCharacters } from '#domain/reply-text.ts';
import { CircleId, CircleRef, MentionId, PersonId, PersonRef, ReplyId, ThreadId, When } from './schema-ids.ts';
import { isLine, isSeen, Storable } from './schema-text.ts';

/** Somebody named, a conversation or mention linked, or words of a mention quoted. Offsets are UTF-16 characters of its text. */
export const NewReference = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), id: PersonId }),
    z.object({ kind: z.literal('thread'), id: ThreadId }),
    z.object({ kind: z.literal('mention'), id: MentionId }),
    z.object({ kind: z.literal('quote'), id: MentionId, from: z.number().int().min(0), to: z.number().int().min(1) }),
  ])
  .openapi('NewReference');

/** A reference as its reader may see it. `id` null: it is gone, or not this reader's to see. */
export const Reference = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), id: PersonId, name: z.string() }),
    z.object({ kind: z.literal('thread'), id: ThreadId.nullable(), title: z.string().nullable() }),
    z.object({
      kind: z.literal('mention'),
      id: MentionId.nullable(),
      threadId: ThreadId.nullable(),
      title: z.string().nullable(),
      source: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('quote'),
      id: MentionId.nullable(),
      threadId: ThreadId.nullable(),
      from: z.number().int(),
      to: z.number().int(),
      /** null: the words are gone or were changed by their author. */
      text: z.string().nullable(),
      source: z.string().nullable(),
    }),
  ])
  .openapi('Reference');

export const Reply = z
  .object({
    id: ReplyId,
    threadId: ThreadId,
    circle: CircleRef,
    person: PersonRef,
    /** Plain text with U+FFFC for each of `references`; empty once withdrawn, and where its words are kept from the reader. */
    text: z.string(),
    references: z.array(Reference),
    writtenAt: When,
    editedAt: When.nullable(),
    withdrawnAt: When.nullable(),
    /** A host hid its words. `reason` null: they are kept from this reader, and so is the reason. */
    hidden: z.object({ at: When, reason: z.string().nullable() }).nullable(),
    /** Whether the reader wrote it: then they may withdraw it, and edit it while they write there. */
    own: z.boolean(),
    version: z.number().int(),
  })
  .openapi('Reply');

export const ReplyPage = z.object({ replies: z.array(Reply), earlier: z.string().nullable() }).openapi('ReplyPage');

/** Who will hear what is written in a circle. `token` goes back with it: refused when the audience changed meanwhile. */
export const Audience = z
  .object({
    circle: CircleRef,
    /** Who works here among those who read along, and who comes from outside; null for a guest, who is told no numbers. */
    colleagues: z.number().int().nullable(),
    outsiders: z.number().int().nullable(),
    /** Everybody who signed in reads along. */
    public: z.boolean(),
    /** The frame that counts, which goes back with `acknowledge`; 0: the circle has none. */
    frameVersion: z.number().int(),
    /** Their frame changed since the writer last read it: it is acknowledged before the next reply. */
    frameToRead: z.boolean(),
    token: z.string(),
  })
  .openapi('Audience');

export const Audiences = z.object({ audiences: z.array(Audience) }).openapi('Audiences');

const Text = Storable.max(mostReplyCharacters).refine(isSeen);
const Written = z.object({ text: Text, references: z.array(NewReference).max(mostReferences).default([]) });

export const NewReply = Written.extend({ circle: CircleId, audience: z.string().max(200) });
export const NewThread = NewReply.extend({
  title: Storable.trim().min(1).max(200).refine(isLine),
});
/** Other words are for who reads along now: with the audience of the circle in which the reply stands. */
export const ChangeReply = Written.extend({ version: z.number().int(), audience: z.string().max(200) });

export const StartedThread = z.object({ id: ThreadId, reply: Reply }).openapi('StartedThread');

/** Something that happened to a thread: taken, handed-over, released, answered, unanswered, reopened, tipped. */
export const ThreadEvent = z
  .object({
    kind: z.string(),
    person: PersonRef.nullable(),
    at: When,
    /** By kind: `to` (name), `url`, `reason`, `note`. */
    detail: z.record(z.string(), z.string()),
  })
  .openapi('ThreadEvent');

/** `readUpTo`: a moment the reader has seen everything until. */
export const ChangeAttention = z
  .object({ readUpTo: When.refine((text) => isStorableMoment(new Date(text))), follows: z.boolean() })
  .partial();
// In UTC neither before the year 1 nor after the year 9999: further than PostgreSQL reads what we write.
const isStorableMoment = (at: Date) => /^(?!0000)\d{4}-/.test(at.toISOString());
export const Attention = z.object({ readUpTo: When.nullable(), follows: z.boolean() }).openapi('Attention');

export const Counts = z
  .object({
    /** At most 100: more is shown as "99+". */
    unread: z.number().int(),
    mine: z.number().int(),
    deskOpen: z.number().int(),
    deskMine: z.number().int(),
    sourcesNeedYou: z.number().int(),
  })
  .openapi('Counts');

export const MarkedRead = z.object({ undo: z.string() }).openapi('MarkedRead');
export const UndoRead = z.object({ undo: z.string().max(12_000) });
