import { z } from '@hono/zod-openapi';
import type { CircleAct } from '#domain/circle.ts';
import { ThreadRow } from './schema.ts';
import { CircleId, CircleRef, PersonId, PersonRef, ReplyId, ThreadId, When } from './schema-ids.ts';
import { isLine, isSeen, Storable } from './schema-text.ts';

/** Circles, their frames, who is in them, and what a host does. */

const Act = z.enum(['see', 'people', 'write', 'join', 'add', 'invite', 'host'] satisfies CircleAct[]);
const Day = z.iso.date().refine((day) => !day.startsWith('0000'));
const Prose = Storable.trim().max(2000);
const Said = Prose.min(1).refine(isSeen);
const Name = Storable.trim().min(1).max(100).refine(isLine);
/** What is left to a guest after their last day: nothing, or reading. */
const AfterEnd = z.enum(['read', 'gone']);
const MemberRole = z.enum(['member', 'host', 'deputy']);

const frame = {
  question: Said,
  inScope: Said,
  outOfScope: Said,
  /** What happens with the result. */
  result: Said,
  houseRule: Said,
  /** The last day. */
  endsOn: Day,
  afterEnd: AfterEnd,
};

/** What the talk in a circle is about, as one version says it. */
export const Frame = z
  .object({
    version: z.number().int(),
    ...frame,
    /** What changed, in the words of who changed it. */
    note: z.string().nullable(),
    madeBy: PersonRef.nullable(),
    madeAt: When,
  })
  .openapi('Frame');

/** Pieces of a text in order: what stayed, what came and what went. */
const Pieces = z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }));
const frameParts = ['question', 'inScope', 'outOfScope', 'result', 'houseRule', 'endsOn', 'afterEnd'] as const;
/** Every version, newest first, each with how it differs from the one before it. */
export const Frames = z
  .object({
    frames: z.array(
      z.object({ frame: Frame, changes: z.array(z.object({ part: z.enum(frameParts), pieces: Pieces })) }),
    ),
    /** The version that the reader last said to have read; 0: none. */
    acknowledged: z.number().int(),
  })
  .openapi('Frames');

/** The state of the talk, which newcomers read first. */
export const TalkState = z
  .object({ version: z.number().int(), text: z.string(), madeBy: PersonRef, madeAt: When })
  .openapi('TalkState');

const Host = z.object({ person: PersonRef, role: z.enum(['host', 'deputy']) });

/** A circle in a list. */
export const CircleSummary = CircleRef.extend({
  /** How the reader stands to it. */
  standing: z.enum(['none', 'past', 'member', 'host']),
  question: z.string().nullable(),
  endsOn: z.iso.date().nullable(),
  /** Its last day is over, or it was archived: reading only. */
  ended: z.boolean(),
  archivedAt: When.nullable(),
  hosts: z.array(Host),
  /** Who is in it today; null for who may not know. Of an internal circle: who joined it. */
  people: z.object({ colleagues: z.number().int(), guests: z.number().int() }).nullable(),
  /** Conversations that stand in it. */
  threads: z.object({ open: z.number().int(), done: z.number().int() }),
  /** Something arrived in it that the reader has not opened. */
  unread: z.boolean(),
}).openapi('CircleSummary');

export const Circles = z
  .object({
    /** Those the reader is in. */
    mine: z.array(CircleSummary),
    /** Internal and public circles that the reader could join. */
    discover: z.array(CircleSummary),
    /** Of both, those that are over, the newest first. */
    ended: z.array(CircleSummary),
  })
  .openapi('Circles');

export const Circle = z
  .object({
    ...CircleSummary.shape,
    /** What the reader may do here now: what the policy table gives, less what the end of the circle or a host took. */
    acts: z.array(Act),
    frame: Frame.nullable(),
    /** The version of the frame that the reader last said to have read; 0: none. */
    acknowledged: z.number().int(),
    state: TalkState.nullable(),
    /** Written when it was archived. */
    conclusion: z.string().nullable(),
    /** The one conversation that it is about; null: any. */
    onlyThreadId: ThreadId.nullable(),
    /** A host took writing from the reader. */
    muted: z.object({ at: When, reason: z.string() }).nullable(),
    /** The reader's own last day here. */
    until: z.iso.date().nullable(),
    createdAt: When,
  })
  .openapi('Circle');

/** Every part may be missing: the refusal (422) names all that is. A deputy is a second person. */
export const NewCircle = z.object({
  kind: z.enum(['internal', 'closed']),
  name: Storable.trim().max(100).default(''),
  frame: z
    .object({
      question: Prose,
      inScope: Prose,
      outOfScope: Prose,
      result: Prose,
      houseRule: Prose,
      endsOn: Day,
      afterEnd: AfterEnd,
    })
    .partial()
    .default({}),
  /** Colleagues. Who opens a closed circle is in it, as a member when not named here. */
  hosts: z.array(PersonId).max(10).default([]),
  deputies: z.array(PersonId).max(10).default([]),
  /** First members of a closed circle. */
  members: z.array(PersonId).max(200).default([]),
});
export const ChangeCircle = z.object({ name: Name });
/** `after`: the version this one was made from. */
export const NewFrame = z.object({ after: z.number().int(), ...frame, note: Prose.default('') });
export const AcknowledgeFrame = z.object({ version: z.number().int() });
/** `after`: the version this one was made from; 0 when there was none. */
export const NewTalkState = z.object({
  after: z.number().int(),
  text: Storable.trim().min(1).max(5000).refine(isSeen),
});

export const Member = z
  .object({
    person: PersonRef,
    /** Works here today; else a guest. */
    colleague: z.boolean(),
    role: MemberRole,
    joinedAt: When,
    /** Their last day here. */
    until: z.iso.date().nullable(),
    /** Their last day is over. */
    past: z.boolean(),
    department: z.string().nullable(),
    /** Only hosts hear of it. */
    muted: z.object({ at: When, reason: z.string() }).nullable(),
  })
  .openapi('Member');
export const Members = z.object({ members: z.array(Member) }).openapi('Members');
export const AddMembers = z.object({ people: z.array(PersonId).min(1).max(50) });
/** `muted`: the reason; null lets them write again. */
export const ChangeMember = z
  .object({ role: MemberRole, until: Day.nullable(), muted: Said.max(500).nullable() })
  .partial();
/** To whom; what who hands over is from then on. */
export const HandOverCircle = z.object({ to: PersonId, stay: z.enum(['member', 'deputy']).default('member') });
export const ArchiveCircle = z.object({ conclusion: Storable.trim().min(1).max(5000).refine(isSeen) });
/** A circle whose last day is over needs another one. */
export const ReopenCircle = z.object({ endsOn: Day }).partial();
export const TakeAccess = z.object({ reason: Said.max(500) });

/** A conversation in the circle; its counts are those of this circle. */
export const CircleThread = ThreadRow.extend({ pinned: z.boolean(), closedAt: When.nullable() }).openapi(
  'CircleThread',
);
export const CircleThreads = z
  .object({ threads: z.array(CircleThread), cursor: z.string().nullable() })
  .openapi('CircleThreads');
export const CircleThreadsQuery = z.object({
  state: z.enum(['open', 'done']).default('open'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
/** Without anything: places a story from outside in the circle. */
export const ChangeCircleThread = z.object({ pinned: z.boolean(), closed: z.boolean() }).partial();
export const PlacedInCircle = z
  .object({ threadId: ThreadId, circle: CircleRef, pinned: z.boolean(), closedAt: When.nullable() })
  .openapi('PlacedInCircle');

/** What somebody else would see of a circle. `circle` null: to them it does not exist. */
export const CircleAs = z
  .object({ circle: Circle.nullable(), acts: z.array(Act), threads: z.array(CircleThread) })
  .openapi('CircleAs');
export const OtherStanding = z.enum(['guest', 'colleague', 'outsider']);

export const HideReply = z.object({ reason: Said.max(500) });
/** How a reply stands after a host acted; its words are read with its conversation. */
export const HiddenReply = z.object({ id: ReplyId, hidden: z.boolean() }).openapi('HiddenReply');

/** Every circle there is, for who lets people in: who keeps it and whether it is over, nothing of what is said. */
export const AllCircles = z
  .object({
    circles: z.array(
      CircleRef.extend({
        hosts: z.array(Host),
        state: z.enum(['open', 'ended', 'archived']),
        endsOn: z.iso.date().nullable(),
        createdAt: When,
      }),
    ),
  })
  .openapi('AllCircles');

/** Conversations that somebody who left still reads, because they took part. */
export const KeptThreads = z
  .object({
    /** The last day of reading them; null: nothing is kept. */
    until: z.iso.date().nullable(),
    threads: z.array(z.object({ id: ThreadId, title: z.string().nullable(), circle: CircleRef, wroteAt: When })),
  })
  .openapi('KeptThreads');

export const ofCircle = z.object({ circleId: CircleId });
