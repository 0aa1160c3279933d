import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import {
  accessMembers,
  addMembers,
  changeMember,
  handOverCircle,
  joinCircle,
  leaveCircle,
  removeMember,
  takeAccess,
} from '#api/access-circles-members.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import {
  AddMembers,
  ChangeMember,
  Circle,
  HandOverCircle,
  Member,
  Members,
  ofCircle,
  TakeAccess,
} from '#api/schema-circles.ts';
import { PersonId } from '#api/schema-ids.ts';

const tags = ['circles'];
const ofMember = ofCircle.extend({ personId: PersonId });

const getMembers = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{circleId}/members',
  tags,
  summary: 'Who is in a circle',
  request: { params: ofCircle },
  responses: { 200: json('Hosts first, then by name', Members), ...problems('not_found', 'forbidden') },
});
const postMembers = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/members',
  tags,
  summary: 'Put colleagues in a closed circle',
  description: 'Whoever is writing there at this moment is shown the new audience before their words are placed.',
  request: { params: ofCircle, body: jsonBody(AddMembers) },
  responses: {
    200: json('Who is in it now', Members),
    ...problems('invalid_request', 'not_found', 'not_host', 'circle_ended'),
  },
});
const patchMember = createRoute({
  ...needs('colleague'),
  method: 'patch',
  path: '/{circleId}/members/{personId}',
  tags,
  summary: 'Change a role or a last day, or take and give back writing here',
  request: { params: ofMember, body: jsonBody(ChangeMember) },
  responses: {
    200: json('The member as they are now', Member),
    ...problems('invalid_request', 'not_found', 'not_host', 'last_host', 'member_is_host'),
  },
});
const deleteMember = createRoute({
  ...needs('colleague'),
  method: 'delete',
  path: '/{circleId}/members/{personId}',
  tags,
  summary: 'Take somebody out of a circle',
  request: { params: ofMember },
  responses: { 204: { description: 'They are out' }, ...problems('not_found', 'not_host', 'last_host') },
});
const postJoin = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/join',
  tags,
  summary: 'Join a circle that is open to you',
  request: { params: ofCircle },
  responses: { 200: json('The circle', Circle), ...problems('not_found', 'forbidden', 'circle_ended') },
});
const postLeave = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/{circleId}/leave',
  tags,
  summary: 'Leave a circle',
  description: 'Its only host hands it over first.',
  request: { params: ofCircle },
  responses: { 204: { description: 'You are out' }, ...problems('not_found', 'last_host') },
});
const postHandOver = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/hand-over',
  tags,
  summary: 'Hand what you do in a circle to a colleague',
  request: { params: ofCircle, body: jsonBody(HandOverCircle) },
  responses: { 200: json('The circle', Circle), ...problems('invalid_request', 'not_found', 'not_host') },
});
const postAccess = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/{circleId}/access',
  tags,
  summary: 'Take access to a closed circle, openly',
  description: 'You become a member. Everybody in the circle hears of it, and it is written down with the reason.',
  request: { params: ofCircle, body: jsonBody(TakeAccess) },
  responses: { 200: json('The circle', Circle), ...problems('invalid_request', 'not_found') },
});

export const circleMemberRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getMembers, async (c) =>
      c.json(await accessMembers(deps, c.var.viewer, c.req.valid('param').circleId), 200),
    )
    .openapi(postMembers, async (c) =>
      c.json(await addMembers(deps, c.var.viewer, c.req.valid('param').circleId, c.req.valid('json')), 200),
    )
    .openapi(patchMember, async (c) => {
      const { circleId, personId } = c.req.valid('param');
      return c.json(await changeMember(deps, c.var.viewer, circleId, personId, c.req.valid('json')), 200);
    })
    .openapi(deleteMember, async (c) => {
      const { circleId, personId } = c.req.valid('param');
      await removeMember(deps, c.var.viewer, circleId, personId);
      return c.body(null, 204);
    })
    .openapi(postJoin, async (c) => c.json(await joinCircle(deps, c.var.viewer, c.req.valid('param').circleId), 200))
    .openapi(postLeave, async (c) => {
      await leaveCircle(deps, c.var.viewer, c.req.valid('param').circleId);
      return c.body(null, 204);
    })
    .openapi(postHandOver, async (c) =>
      c.json(await handOverCircle(deps, c.var.viewer, c.req.valid('param').circleId, c.req.valid('json')), 200),
    )
    .openapi(postAccess, async (c) => {
      const { reason } = c.req.valid('json');
      return c.json(await takeAccess(deps, c.var.viewer, c.req.valid('param').circleId, reason), 200);
    });
