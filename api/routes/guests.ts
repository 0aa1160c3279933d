import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import {
  acceptInvitation,
  accessInvitation,
  accessInvitations,
  confirmAuthor,
  inviteAuthor,
  inviteIntoCircle,
  withdrawInvitation,
} from '#api/access-guests.ts';
import type { Deps, Env } from '#api/env.ts';
import { originFor } from '#api/guards.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import {
  AcceptedInvitation,
  AcceptInvitation,
  ConfirmAuthor,
  Invitation,
  InvitationFacts,
  Invitations,
  MadeInvitation,
  MentionAuthor,
  NewAuthorInvitation,
  NewInvitation,
} from '#api/schema-guests.ts';
import { CircleId, InvitationId, MentionId } from '#api/schema-ids.ts';

const ofCircle = z.object({ circleId: CircleId });
const ofMention = z.object({ mentionId: MentionId });
const byToken = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const tags = ['guests'];

const postIntoCircle = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/invitations',
  tags,
  summary: 'Invite somebody from outside into a circle',
  description: 'For its hosts. The link works once, for two weeks at most; it is shown this once.',
  request: { params: ofCircle, body: jsonBody(NewInvitation) },
  responses: {
    201: json('The invitation, with its link', MadeInvitation),
    ...problems('invalid_request', 'forbidden', 'not_found', 'circle_ended'),
  },
});
const getOfCircle = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{circleId}/invitations',
  tags,
  summary: 'The invitations into a circle, newest first',
  description: 'For its hosts. At most 500.',
  request: { params: ofCircle },
  responses: { 200: json('Each with its state', Invitations), ...problems('forbidden', 'not_found') },
});
const postAuthors = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/authors',
  tags,
  summary: 'Confirm that somebody in a circle wrote a mention',
  description: 'By the hand of a host. It is known in this circle and nowhere else.',
  request: { params: ofCircle, body: jsonBody(ConfirmAuthor) },
  responses: {
    200: json('The author', MentionAuthor),
    ...problems('invalid_request', 'forbidden', 'not_found'),
  },
});
const postAuthor = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{mentionId}/invitations',
  tags,
  summary: 'Invite the author of a mention',
  description:
    'Into a circle of which one is host, where the thread is then talked about, or into a new circle about this thread alone; that one ' +
    'the desk may open too.',
  request: { params: ofMention, body: jsonBody(NewAuthorInvitation) },
  responses: {
    201: json('The invitation, with its link', MadeInvitation),
    ...problems('invalid_request', 'forbidden', 'not_found', 'circle_ended'),
  },
});
const getOfMention = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{mentionId}/invitations',
  tags,
  summary: 'The invitations to the author of a mention, newest first',
  description: 'Those to where one is host.',
  request: { params: ofMention },
  responses: { 200: json('Each with its state', Invitations), ...problems('not_found') },
});
const deleteInvitation = createRoute({
  ...needs('colleague'),
  method: 'delete',
  path: '/{invitationId}',
  tags,
  summary: 'Take an invitation back',
  description: 'A link that waits stops working. Who came in by it is out at once; what they said stays.',
  request: { params: z.object({ invitationId: InvitationId }) },
  responses: {
    200: json('The invitation as it is now', Invitation),
    ...problems('forbidden', 'not_found', 'last_host'),
  },
});
const gone = ['invitation_used', 'invitation_expired', 'invitation_revoked'] as const;
const getByToken = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/by-token/{token}',
  tags,
  summary: 'What an invitation is to',
  request: { params: byToken },
  responses: {
    200: json('The invitation, not used yet', InvitationFacts),
    ...problems('not_found', ...gone, 'too_many_attempts'),
  },
});
const postByToken = createRoute({
  ...needs('anyone'),
  method: 'post',
  path: '/by-token/{token}',
  tags,
  summary: 'Come in by an invitation',
  description: 'With a new account, or as who is signed in. Works once.',
  request: { params: byToken, body: jsonBody(AcceptInvitation) },
  responses: {
    200: json('In, and signed in', AcceptedInvitation),
    ...problems(
      'invalid_request',
      'signed_out',
      'not_found',
      'sign_in_first',
      'name_taken',
      ...gone,
      'too_many_attempts',
    ),
  },
});

export const circleGuestRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(postIntoCircle, async (c) => {
      const { circleId } = c.req.valid('param');
      const origin = originFor(c, deps.publicUrl);
      return c.json(await inviteIntoCircle(deps, c.var.viewer, origin, circleId, c.req.valid('json')), 201);
    })
    .openapi(getOfCircle, async (c) =>
      c.json(await accessInvitations(deps, c.var.viewer, { circle: c.req.valid('param').circleId }), 200),
    )
    .openapi(postAuthors, async (c) =>
      c.json(await confirmAuthor(deps, c.var.viewer, c.req.valid('param').circleId, c.req.valid('json')), 200),
    );

export const mentionGuestRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(postAuthor, async (c) => {
      const { mentionId } = c.req.valid('param');
      const origin = originFor(c, deps.publicUrl);
      return c.json(await inviteAuthor(deps, c.var.viewer, origin, mentionId, c.req.valid('json')), 201);
    })
    .openapi(getOfMention, async (c) =>
      c.json(await accessInvitations(deps, c.var.viewer, { mention: c.req.valid('param').mentionId }), 200),
    );

export const invitationRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getByToken, async (c) => c.json(await accessInvitation(deps, c, c.req.valid('param').token), 200))
    .openapi(postByToken, async (c) =>
      c.json(await acceptInvitation(deps, c, c.req.valid('param').token, c.req.valid('json')), 200),
    )
    .openapi(deleteInvitation, async (c) =>
      c.json(await withdrawInvitation(deps, c.var.viewer, c.req.valid('param').invitationId), 200),
    );
