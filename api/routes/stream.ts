import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { accessFacets, accessStream } from '#api/access.ts';
import { accessCounts, markAllRead, undoMarkRead } from '#api/access-attention.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { Facets, StreamPage, StreamQuery } from '#api/schema.ts';
import { Counts, MarkedRead, UndoRead } from '#api/schema-talk.ts';

const getStream = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['stream'],
  summary: 'Threads, newest first',
  description: 'A page may be shorter than `limit`; only `cursor: null` means the end.',
  request: { query: StreamQuery },
  responses: { 200: json('A page of threads', StreamPage), ...problems('invalid_request', 'not_found') },
});
const getFacets = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/facets',
  tags: ['stream'],
  summary: 'What the stream can be filtered by',
  responses: { 200: json('Languages and sources', Facets) },
});

const getCounts = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/counts',
  tags: ['stream'],
  summary: 'What waits for this reader',
  responses: { 200: json('Counts', Counts) },
});
const postRead = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/read',
  tags: ['stream'],
  summary: 'Mark everything as read',
  responses: { 200: json('With what undoes it', MarkedRead) },
});
const postUndo = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/unread',
  tags: ['stream'],
  summary: 'Undo marking everything as read',
  request: { body: jsonBody(UndoRead) },
  responses: { 204: { description: 'As it was' }, ...problems('invalid_request') },
});

export const streamRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getStream, async (c) => c.json(await accessStream(deps, c.var.viewer, c.req.valid('query')), 200))
    .openapi(getFacets, async (c) => c.json(await accessFacets(deps, c.var.viewer), 200))
    .openapi(getCounts, async (c) => c.json(await accessCounts(deps, c.var.viewer), 200))
    .openapi(postRead, async (c) => c.json(await markAllRead(deps, c.var.viewer), 200))
    .openapi(postUndo, async (c) => {
      await undoMarkRead(deps, c.var.viewer, c.req.valid('json').undo);
      return c.body(null, 204);
    });
