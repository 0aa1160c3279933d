import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import {
  accessAs,
  accessCircleThreads,
  accessKeptThreads,
  changeCircleThread,
  hideReply,
} from '#api/access-circles-threads.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import {
  ChangeCircleThread,
  CircleAs,
  CircleThreads,
  CircleThreadsQuery,
  HiddenReply,
  HideReply,
  KeptThreads,
  OtherStanding,
  ofCircle,
  PlacedInCircle,
} from '#api/schema-circles.ts';
import { ReplyId, ThreadId } from '#api/schema-ids.ts';

const ofReply = z.object({ replyId: ReplyId });

const getThreads = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{circleId}/threads',
  tags: ['circles'],
  summary: 'The conversations of a circle',
  request: { params: ofCircle, query: CircleThreadsQuery },
  responses: {
    200: json('What was pinned first, then the newest', CircleThreads),
    ...problems('invalid_request', 'not_found'),
  },
});
const putThread = createRoute({
  ...needs('colleague'),
  method: 'put',
  path: '/{circleId}/threads/{threadId}',
  tags: ['circles'],
  summary: 'Pin or close a conversation here; without either: place a story from outside in the circle',
  request: { params: ofCircle.extend({ threadId: ThreadId }), body: jsonBody(ChangeCircleThread) },
  responses: {
    200: json('How it stands here', PlacedInCircle),
    ...problems('invalid_request', 'not_found', 'forbidden', 'not_host', 'circle_ended', 'muted', 'one_thread_only'),
  },
});
const getAs = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{circleId}/as/{standing}',
  tags: ['circles'],
  summary: 'What a guest, a colleague or an outsider would see of a circle',
  request: { params: ofCircle.extend({ standing: OtherStanding }) },
  responses: { 200: json('As they would see it', CircleAs), ...problems('not_found', 'not_host') },
});
const postHide = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{replyId}/hide',
  tags: ['circles'],
  summary: 'Hide the words of a reply, with a reason for its author',
  request: { params: ofReply, body: jsonBody(HideReply) },
  responses: { 200: json('Hidden', HiddenReply), ...problems('invalid_request', 'not_found', 'not_host') },
});
const postShow = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{replyId}/show',
  tags: ['circles'],
  summary: 'Show the words of a reply again',
  request: { params: ofReply },
  responses: { 200: json('Shown', HiddenReply), ...problems('not_found', 'not_host') },
});
const getKept = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['me'],
  summary: 'Conversations you took part in and still read, after you left',
  responses: { 200: json('The last you wrote in first, at most 200', KeptThreads) },
});

export const circleThreadRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getThreads, async (c) => {
      const { circleId } = c.req.valid('param');
      return c.json(await accessCircleThreads(deps, c.var.viewer, circleId, c.req.valid('query')), 200);
    })
    .openapi(putThread, async (c) => {
      const { circleId, threadId } = c.req.valid('param');
      return c.json(await changeCircleThread(deps, c.var.viewer, circleId, threadId, c.req.valid('json')), 200);
    })
    .openapi(getAs, async (c) => {
      const { circleId, standing } = c.req.valid('param');
      return c.json(await accessAs(deps, c.var.viewer, circleId, standing), 200);
    });

export const hideRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(postHide, async (c) => {
      const { reason } = c.req.valid('json');
      return c.json(await hideReply(deps, c.var.viewer, c.req.valid('param').replyId, reason), 200);
    })
    .openapi(postShow, async (c) =>
      c.json(await hideReply(deps, c.var.viewer, c.req.valid('param').replyId, null), 200),
    );

export const keptRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getKept, async (c) => c.json(await accessKeptThreads(deps, c.var.viewer), 200));
