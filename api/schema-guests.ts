import { z } from '@hono/zod-openapi';
import { outsiderRelations, type RelationKind } from '#domain/relation.ts';
import { CircleId, CircleRef, InvitationId, MentionId, PersonId, PersonRef, ThreadId, When } from './schema-ids.ts';
import { Email, Name, Password, Session } from './schema-people.ts';
import { isSeen, Storable } from './schema-text.ts';

/** What somebody from outside can be to the organisation. */
export const OutsiderRelation = z.enum(outsiderRelations as readonly [RelationKind, ...RelationKind[]]);

/** PostgreSQL knows no year 0. */
const Day = z.iso.date().refine((day) => !day.startsWith('0000'));
const Words = Storable.trim().min(1).max(2000).refine(isSeen);

/** `until`: the guest's last day, at most 180 days on, in the installation's zone. `reason` is shown to the hosts, and stays. */
export const NewInvitation = z.object({
  name: Name,
  relation: OutsiderRelation,
  reason: Storable.trim().min(1).max(500).refine(isSeen),
  until: Day,
});

/**
 * Where the author of a mention is invited to: a circle, in which the thread is placed, or a circle of its own about this thread and
 * no other. Of that one the inviter is host; its question is the thread's title unless another is given.
 */
export const NewAuthorInvitation = NewInvitation.extend({
  into: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('circle'), id: CircleId }),
    z.object({
      kind: z.literal('thread'),
      deputy: PersonId,
      question: Words.optional(),
      inScope: Words,
      outOfScope: Words,
      result: Words,
      houseRule: Words,
      /** What is left to the guest after their last day. */
      afterEnd: z.enum(['read', 'gone']).default('gone'),
    }),
  ]),
});

export const Invitation = z
  .object({
    id: InvitationId,
    circle: CircleRef,
    /** The mention whose author is invited. */
    mention: z.object({ id: MentionId, threadId: ThreadId }).nullable(),
    name: z.string(),
    relation: OutsiderRelation,
    reason: z.string(),
    until: z.iso.date(),
    /** Of the link: `waiting` can still be used. */
    state: z.enum(['waiting', 'used', 'expired', 'revoked']),
    madeBy: PersonRef,
    madeAt: When,
    /** After this moment the link no longer works. */
    expiresAt: When,
    usedAt: When.nullable(),
    usedBy: PersonRef.nullable(),
    /** Whether who used it is in the circle today. */
    inside: z.boolean(),
    /** Whether who used it is the author of the mention: as they say, or as a host confirmed. null where that is no question. */
    author: z.enum(['claimed', 'confirmed']).nullable(),
  })
  .openapi('Invitation');
export const Invitations = z.object({ invitations: z.array(Invitation) }).openapi('Invitations');
/** The link is shown this once, to copy; it works once. */
export const MadeInvitation = z
  .object({ invitation: Invitation, link: z.object({ url: z.url(), expiresAt: When }) })
  .openapi('MadeInvitation');

/** What somebody with the link reads before they come in. */
export const InvitationFacts = z
  .object({
    /** As the inviter wrote it. */
    name: z.string(),
    inviter: z.string(),
    organisation: z.string().nullable(),
    circle: z.object({ name: z.string(), question: z.string() }),
    /** One conversation, and no other. */
    oneThread: z.boolean(),
    until: z.iso.date(),
    expiresAt: When,
  })
  .openapi('InvitationFacts');
/** With a new account, or as who is signed in. */
export const AcceptInvitation = z.discriminatedUnion('as', [
  z.object({ as: z.literal('new'), name: Name, email: Email, password: Password }),
  z.object({ as: z.literal('me') }),
]);
/** `threadId`: what they were invited to talk about, where that is one conversation. */
export const AcceptedInvitation = z
  .object({ session: Session, circle: CircleRef, threadId: ThreadId.nullable() })
  .openapi('AcceptedInvitation');

export const ConfirmAuthor = z.object({ mention: MentionId, person: PersonId });

/**
 * Who of the people here wrote a mention of a thread, told to who sees the circle in which they talk about it. `claimed`: they came in
 * by an invitation to its author; `confirmed`: a host said, by hand, that it is so.
 */
export const MentionAuthor = z
  .object({
    mention: MentionId,
    person: PersonRef,
    circle: CircleRef,
    state: z.enum(['claimed', 'confirmed']),
    confirmedBy: PersonRef.nullable(),
    at: When,
  })
  .openapi('MentionAuthor');
