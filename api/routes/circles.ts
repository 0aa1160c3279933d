import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import {
  accessAllCircles,
  accessCircle,
  accessCircles,
  changeCircle,
  endCircle,
  openAgain,
} from '#api/access-circles.ts';
import { accessFrames, acknowledgeFrame, changeFrame, changeState } from '#api/access-circles-frame.ts';
import { openCircle } from '#api/access-circles-opening.ts';
import type { Deps, Env } from '#api/env.ts';
import { IdempotencyKey } from '#api/idempotency.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import {
  AcknowledgeFrame,
  AllCircles,
  ArchiveCircle,
  ChangeCircle,
  Circle,
  Circles,
  Frames,
  NewCircle,
  NewFrame,
  NewTalkState,
  ofCircle,
  ReopenCircle,
} from '#api/schema-circles.ts';

const tags = ['circles'];

const getCircles = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags,
  summary: 'The circles you are in, those you could join, and those that are over',
  responses: { 200: json('By name', Circles) },
});
const getAll = createRoute({
  ...needs('people'),
  method: 'get',
  path: '/all',
  tags,
  summary: 'Every circle there is: its name, its hosts and whether it is over',
  description: 'Nothing of what is said in them. Reading along is taken openly: `POST /api/circles/{circleId}/access`.',
  responses: { 200: json('By name', AllCircles) },
});
const postCircle = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/',
  tags,
  summary: 'Open a circle',
  description: 'With its frame, at least one host and a deputy. What is missing is named, all of it at once.',
  request: { headers: IdempotencyKey, body: jsonBody(NewCircle) },
  responses: {
    201: json('The circle', Circle),
    ...problems('invalid_request', 'circle_incomplete', 'circle_name_taken', 'key_reused'),
  },
});
const getCircle = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{circleId}',
  tags,
  summary: 'One circle with its frame and the state of its talk',
  request: { params: ofCircle },
  responses: { 200: json('The circle', Circle), ...problems('not_found') },
});
const patchCircle = createRoute({
  ...needs('colleague'),
  method: 'patch',
  path: '/{circleId}',
  tags,
  summary: 'Give a circle another name',
  request: { params: ofCircle, body: jsonBody(ChangeCircle) },
  responses: {
    200: json('The circle', Circle),
    ...problems('invalid_request', 'not_found', 'not_host', 'circle_name_taken', 'circle_ended'),
  },
});
const getFrames = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{circleId}/frames',
  tags,
  summary: 'Every version of the frame, and what changed in each',
  request: { params: ofCircle },
  responses: { 200: json('Newest first', Frames), ...problems('not_found') },
});
const putFrame = createRoute({
  ...needs('colleague'),
  method: 'put',
  path: '/{circleId}/frame',
  tags,
  summary: 'Change the frame',
  description: 'A version of its own: everybody reads it before they write again.',
  request: { params: ofCircle, body: jsonBody(NewFrame) },
  responses: {
    200: json('The circle', Circle),
    ...problems('invalid_request', 'not_found', 'not_host', 'changed_meanwhile', 'circle_incomplete', 'circle_ended'),
  },
});
const postAcknowledge = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/{circleId}/frame/acknowledge',
  tags,
  summary: 'Say that you have read the frame',
  request: { params: ofCircle, body: jsonBody(AcknowledgeFrame) },
  responses: { 200: json('The circle', Circle), ...problems('invalid_request', 'not_found', 'frame_changed') },
});
const putState = createRoute({
  ...needs('colleague'),
  method: 'put',
  path: '/{circleId}/state',
  tags,
  summary: 'Write the state of the talk, which newcomers read first',
  request: { params: ofCircle, body: jsonBody(NewTalkState) },
  responses: {
    200: json('The circle', Circle),
    ...problems('invalid_request', 'not_found', 'not_host', 'changed_meanwhile', 'circle_ended'),
  },
});
const postArchive = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/archive',
  tags,
  summary: 'End a circle, with what came of it',
  request: { params: ofCircle, body: jsonBody(ArchiveCircle) },
  responses: {
    200: json('The circle', Circle),
    ...problems('invalid_request', 'not_found', 'not_host', 'circle_ended'),
  },
});
const postReopen = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{circleId}/reopen',
  tags,
  summary: 'Open a circle again',
  description: 'With another last day where the one of its frame is over. Once more does nothing.',
  request: { params: ofCircle, body: jsonBody(ReopenCircle) },
  responses: {
    200: json('The circle', Circle),
    ...problems('invalid_request', 'not_found', 'not_host', 'circle_incomplete', 'circle_name_taken'),
  },
});

export const circleRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getCircles, async (c) => c.json(await accessCircles(deps, c.var.viewer), 200))
    .openapi(getAll, async (c) => c.json(await accessAllCircles(deps), 200))
    .openapi(postCircle, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await openCircle(deps, c.var.viewer, key, c.req.valid('json')), 201);
    })
    .openapi(getCircle, async (c) => c.json(await accessCircle(deps, c.var.viewer, c.req.valid('param').circleId), 200))
    .openapi(patchCircle, async (c) => {
      const { name } = c.req.valid('json');
      return c.json(await changeCircle(deps, c.var.viewer, c.req.valid('param').circleId, name), 200);
    })
    .openapi(getFrames, async (c) => c.json(await accessFrames(deps, c.var.viewer, c.req.valid('param').circleId), 200))
    .openapi(putFrame, async (c) =>
      c.json(await changeFrame(deps, c.var.viewer, c.req.valid('param').circleId, c.req.valid('json')), 200),
    )
    .openapi(postAcknowledge, async (c) => {
      const { version } = c.req.valid('json');
      return c.json(await acknowledgeFrame(deps, c.var.viewer, c.req.valid('param').circleId, version), 200);
    })
    .openapi(putState, async (c) =>
      c.json(await changeState(deps, c.var.viewer, c.req.valid('param').circleId, c.req.valid('json')), 200),
    )
    .openapi(postArchive, async (c) => {
      const { conclusion } = c.req.valid('json');
      return c.json(await endCircle(deps, c.var.viewer, c.req.valid('param').circleId, conclusion), 200);
    })
    .openapi(postReopen, async (c) =>
      c.json(await openAgain(deps, c.var.viewer, c.req.valid('param').circleId, c.req.valid('json')), 200),
    );
