import { z } from '@hono/zod-openapi';
import { CircleKind } from '#domain/circle.ts';
import { relationKinds } from '#domain/relation.ts';

/** Opaque ids (api/ids.ts), references and times: what the other schemas are made of. */
const publicId = (tag: string, example: string) =>
  z
    .string()
    .regex(new RegExp(`^${tag}_[A-Za-z0-9_-]{22}$`))
    .openapi({ example: `${tag}_${example}` });

export const ThreadId = publicId('t', '3kTMd0Y1uVbXK5pZrC7w2A');
export const MentionId = publicId('m', 'Vb0tq3cYw1mN8xR5uK2dZg');
export const SourceId = publicId('s', 'Jr7pL0aXv4bQ9sT6yH1eCw');
export const PersonId = publicId('p', 'Wd2nF8kQz5hB1cV7xM4aRg');
export const ReplyId = publicId('r', 'Lq9sT3vXn6jC0bZ8wK5eHw');
export const CircleId = publicId('c', 'Gm4xP7dRb1uY6tN3kJ9fAg');
export const TipId = publicId('i', 'Zc8wK2hVq0rM5sL7yD4gEw');
export const TopicId = publicId('o', 'Qk5rV9cLx2eA7tM1zN8sYw');
export const RunId = publicId('j', 'Tn6yH3bPd8wF0qC4uX7oKg');
export const SearchId = publicId('q', 'Hx3mB7sWn0fJ5tQ9dR2kUg');
export const InvitationId = publicId('v', 'Bt4kW9rXc2nL7pQ0sF5mYg');
export const MoveId = publicId('x', 'Kd8sH3wZf6vR1bN9tC4jPg');
export const NoticeId = publicId('n', 'Ry5mG1qUx8kT3dV7hL0cWw');
export const When = z.iso.datetime({ offset: true });

/** What somebody is to the organisation, or was (`former`). Who is an employee and nothing else has none. */
export const RelationKind = z.enum(relationKinds);
export const Badge = z.object({ kind: RelationKind, former: z.boolean() }).openapi('Badge');
/** `guest`: does not work here today. */
export const PersonRef = z
  .object({ id: PersonId, name: z.string(), badges: z.array(Badge), guest: z.boolean() })
  .openapi('PersonRef');
/** `everyone` has no name of its own: clients say it in the reader's language. */
export const CircleRef = z.object({ id: CircleId, kind: CircleKind, name: z.string() }).openapi('CircleRef');
