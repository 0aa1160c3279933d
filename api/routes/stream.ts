import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { accessFacets, accessStream } from '#api/access.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, problems } from '#api/problem.ts';
import { Facets, StreamPage, StreamQuery } from '#api/schema.ts';

const getStream = createRoute({
  method: 'get',
  path: '/',
  tags: ['stream'],
  summary: 'Threads, newest first',
  description: 'A page may be shorter than `limit`; only `cursor: null` means the end.',
  request: { query: StreamQuery },
  responses: { 200: json('A page of threads', StreamPage), ...problems('invalid_request') },
});
const getFacets = createRoute({
  method: 'get',
  path: '/facets',
  tags: ['stream'],
  summary: 'What the stream can be filtered by',
  responses: { 200: json('Languages and sources', Facets) },
});

export const streamRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getStream, async (c) => c.json(await accessStream(deps, c.var.viewer, c.req.valid('query')), 200))
    .openapi(getFacets, async (c) => c.json(await accessFacets(deps, c.var.viewer), 200));
