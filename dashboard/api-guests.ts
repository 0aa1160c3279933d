import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';
import type { Session } from './api-session.ts';

type CircleCall = (typeof api.circles)[':circleId']['invitations'];
type MentionCall = (typeof api.mentions)[':mentionId']['invitations'];
type TokenCall = (typeof api.invitations)['by-token'][':token'];
export type Invitation = Ok<CircleCall['$get']>['invitations'][number];
export type NewInvitation = InferRequestType<CircleCall['$post']>['json'];
export type NewAuthorInvitation = InferRequestType<MentionCall['$post']>['json'];
/** The link is answered this once. */
export type MadeInvitation = { invitation: Invitation; link: { url: string; expiresAt: string } };
export type InvitationFacts = Ok<TokenCall['$get']>;
export type Acceptance = InferRequestType<TokenCall['$post']>['json'];
export type Accepted = { session: Session; circle: Invitation['circle']; threadId: string | null };

/** The invitations into a circle, newest first; for its hosts. */
export async function fetchInvitations(circleId: string, signal?: AbortSignal): Promise<Invitation[]> {
  const response = await api.circles[':circleId'].invitations.$get({ param: { circleId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).invitations;
}

export async function invite(circleId: string, json: NewInvitation): Promise<MadeInvitation> {
  const response = await api.circles[':circleId'].invitations.$post({ param: { circleId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Invites who wrote a mention: into a circle, or a new one about its conversation alone. */
export async function inviteAuthor(mentionId: string, json: NewAuthorInvitation): Promise<MadeInvitation> {
  const response = await api.mentions[':mentionId'].invitations.$post({ param: { mentionId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Takes a link back; who came in by it is out at once. */
export async function revokeInvitation(invitationId: string): Promise<Invitation> {
  const response = await api.invitations[':invitationId'].$delete({ param: { invitationId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Says by hand that somebody in a circle wrote a mention. */
export async function confirmAuthor(circleId: string, json: { mention: string; person: string }): Promise<void> {
  const response = await api.circles[':circleId'].authors.$post({ param: { circleId }, json });
  if (!response.ok) throw await refusal(response);
}

/** What an invitation is to; refused when it was used, expired, taken back or never was. */
export async function fetchInvitation(token: string, signal?: AbortSignal): Promise<InvitationFacts> {
  const response = await api.invitations['by-token'][':token'].$get({ param: { token } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function acceptInvitation(token: string, json: Acceptance): Promise<Accepted> {
  const response = await api.invitations['by-token'][':token'].$post({ param: { token }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
