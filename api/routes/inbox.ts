import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { accessInbox, accessInboxCount, accessLevels, changeLevel, markInbox } from '#api/access-inbox.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import {
  InboxCount,
  InboxPage,
  InboxQuery,
  InboxRead,
  NoticeLevels,
  ReadInbox,
  SetNoticeLevel,
} from '#api/schema-inbox.ts';

const tags = ['inbox'];

const getInbox = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags,
  summary: 'What there is for you, newest first',
  description: 'One line for each conversation. Of what you may no longer see nothing is left.',
  request: { query: InboxQuery },
  responses: { 200: json('A page', InboxPage), ...problems('invalid_request') },
});
const getCount = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/count',
  tags,
  summary: 'How much of it is not read',
  responses: { 200: json('Up to 100', InboxCount) },
});
const postRead = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/read',
  tags,
  summary: 'Mark as read, or undo it',
  description: 'Conversations are read in the stream too; everything up to a moment is read here alone.',
  request: { body: jsonBody(ReadInbox) },
  responses: { 200: json('With what undoes it', InboxRead), ...problems('invalid_request', 'not_found') },
});
const getLevels = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags,
  summary: 'How much you want to hear of circles and conversations',
  responses: { 200: json('Where you said so', NoticeLevels) },
});
const putLevel = createRoute({
  ...needs('member'),
  method: 'put',
  path: '/',
  tags,
  summary: 'Say how much you want to hear',
  description:
    'A conversation’s own level goes before that of its circle. `nothing` keeps it out of the inbox, not out of the stream.',
  request: { body: jsonBody(SetNoticeLevel) },
  responses: { 200: json('As it is now', NoticeLevels), ...problems('invalid_request', 'not_found') },
});

export const inboxRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getInbox, async (c) => c.json(await accessInbox(deps, c.var.viewer, c.req.valid('query')), 200))
    .openapi(getCount, async (c) => c.json(await accessInboxCount(deps, c.var.viewer), 200))
    .openapi(postRead, async (c) => c.json(await markInbox(deps, c.var.viewer, c.req.valid('json')), 200));

export const noticeLevelRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getLevels, async (c) => c.json(await accessLevels(deps, c.var.viewer), 200))
    .openapi(putLevel, async (c) => c.json(await changeLevel(deps, c.var.viewer, c.req.valid('json')), 200));
