import type { z } from '@hono/zod-openapi';
import type { InvitationRow } from '#storage/invitations.ts';
import type { MentionAuthorRow } from '#storage/mention-authors.ts';
import type { Ids } from './ids.ts';
import { presentCircleRef, presentPersonRef } from './present.ts';
import type { Invitation, MentionAuthor } from './schema-guests.ts';

export function presentInvitation(ids: Ids, row: InvitationRow): z.infer<typeof Invitation> {
  const { id, circle, mention, madeBy, madeAt, expiresAt, usedAt, usedBy, ...rest } = row;
  return {
    ...rest,
    id: ids.encode('invitation', id),
    circle: presentCircleRef(ids, circle),
    mention: mention && { id: ids.encode('mention', mention.id), threadId: ids.encode('thread', mention.threadId) },
    madeBy: presentPersonRef(ids, madeBy),
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
    usedBy: usedBy && presentPersonRef(ids, usedBy),
  };
}

export function presentAuthor(ids: Ids, row: MentionAuthorRow): z.infer<typeof MentionAuthor> {
  const { mentionId, person, circle, state, confirmedBy, at } = row;
  return {
    mention: ids.encode('mention', mentionId),
    person: presentPersonRef(ids, person),
    circle: presentCircleRef(ids, circle),
    state,
    confirmedBy: confirmedBy && presentPersonRef(ids, confirmedBy),
    at: at.toISOString(),
  };
}
