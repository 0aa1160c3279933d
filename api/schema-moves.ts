import { z } from '@hono/zod-openapi';
import { CircleKind } from '#domain/circle.ts';
import { CircleId, CircleRef, MoveId, PersonRef, ReplyId, ThreadId, When } from './schema-ids.ts';
import { Audience } from './schema-talk.ts';

/** `audience` is the token of the dry run, which asks without one: who was shown to read along in `to` is who does, or it is refused. */
export const NewMove = z.object({ from: CircleId, to: CircleId, audience: z.string().max(200).optional() });

/** People by what they are to the organisation. */
const People = z.object({ colleagues: z.number().int(), guests: z.number().int() });

/**
 * How a reply stands in a move. `own`: of who moves it, and goes. `asks`: its author is asked first. `goes`: nobody needs to be asked.
 * `agreed`, `refused`: its author answered. `changed`: its words are others than they agreed to, and it stays. `stays`: hidden or
 * withdrawn, or written since.
 */
export const MoveReplyState = z.enum(['own', 'asks', 'goes', 'agreed', 'refused', 'changed', 'stays']);
export const MoveReply = z
  .object({
    id: ReplyId,
    person: PersonRef,
    /** Its first words, up to 200 characters; empty where they are kept from the reader. */
    excerpt: z.string(),
    writtenAt: When,
    state: MoveReplyState,
    /** Whether it is the reader's to answer for. */
    yours: z.boolean(),
  })
  .openapi('MoveReply');

/** The title of a conversation begun inside, which goes only when who began it agrees; null for a story from outside. */
export const MoveTitle = z
  .object({ person: PersonRef, state: z.enum(['own', 'asks', 'goes', 'agreed', 'refused']), yours: z.boolean() })
  .openapi('MoveTitle');

/** What a move would do. Nothing is written, and nobody hears of it. */
export const MovePreview = z
  .object({
    threadId: ThreadId,
    title: z.string().nullable(),
    from: CircleRef,
    to: CircleRef,
    /** Somebody reads in `to` who does not in `from`: authors are asked. */
    wider: z.boolean(),
    /** Who will newly read what goes; at most 50 `names`, null where the asker may not know who is in `to`. */
    newReaders: People.extend({ names: z.array(PersonRef).nullable() }),
    /** Who reads it in `from`, and will no longer. */
    lostReaders: People,
    /** At most the first 500 of what was said in `from`, in time order; `replyCount` is all of it. */
    replies: z.array(MoveReply),
    replyCount: z.number().int(),
    titleOf: MoveTitle.nullable(),
    /** Whose agreement is needed, for the title or for replies. */
    asked: z.array(z.object({ person: PersonRef, replies: z.number().int(), title: z.boolean() })),
    /** Who reads in `to` today; its token goes back with the request that is no dry run. */
    audience: Audience,
  })
  .openapi('MovePreview');

export const Move = z
  .object({
    id: MoveId,
    threadId: ThreadId,
    title: z.string().nullable(),
    state: z.enum(['asking', 'done', 'cancelled']),
    from: CircleRef,
    /** Where it goes. `circle` null: the reader does not see it, and learns its kind only. Numbers: who would newly read it; null for a guest. */
    to: z.object({
      circle: CircleRef.nullable(),
      kind: CircleKind,
      colleagues: z.number().int().nullable(),
      guests: z.number().int().nullable(),
      /** Goes back with an answer and with applying: refused when somebody else reads along by then. */
      audience: z.string(),
    }),
    /** Who asks to move it. */
    person: PersonRef,
    madeAt: When,
    doneAt: When.nullable(),
    titleOf: MoveTitle.nullable(),
    /** For who moves it and for hosts of `from` all of it, at most the first 500; for who is asked only what is theirs. */
    replies: z.array(MoveReply),
    /** Of how many others an answer is awaited, people as in `asked` of the dry run; null for who is only asked. */
    waiting: z.number().int().nullable(),
    /** What the reader may do now. */
    mayAnswer: z.boolean(),
    mayApply: z.boolean(),
    mayCancel: z.boolean(),
  })
  .openapi('Move');
export const Moves = z.object({ moves: z.array(Move) }).openapi('Moves');

/** Without `replies` and `title`: for everything that is the answerer's. It can be answered anew until the move is applied. */
export const AnswerMove = z.object({
  agrees: z.boolean(),
  replies: z.array(ReplyId).max(500).optional(),
  title: z.literal(true).optional(),
  audience: z.string().max(200),
});
export const ApplyMove = z.object({ audience: z.string().max(200) });
