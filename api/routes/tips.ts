import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { accessTip, accessTips, handIn } from '#api/access-tips.ts';
import type { Deps, Env } from '#api/env.ts';
import { IdempotencyKey } from '#api/idempotency.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { NewTip, Tip, TipList } from '#api/schema-desk.ts';
import { TipId } from '#api/schema-ids.ts';

const getTips = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags: ['tips'],
  summary: 'What you handed in, and what became of it',
  responses: { 200: json('The newest 100', TipList) },
});
const getTip = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{tipId}',
  tags: ['tips'],
  summary: 'One tip of yours',
  request: { params: z.object({ tipId: TipId }) },
  responses: { 200: json('The tip', Tip), ...problems('not_found') },
});
const postTip = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/',
  tags: ['tips'],
  summary: 'Hand in a link or a text',
  description: 'It is kept at once and looked up in the background; ask for it again, or follow the live stream.',
  request: { headers: IdempotencyKey, body: jsonBody(NewTip) },
  responses: {
    202: json('Kept; `state` is waiting', Tip),
    ...problems('invalid_request', 'address_refused', 'contact_missing', 'key_reused', 'busy'),
  },
});

export const tipRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getTips, async (c) => c.json(await accessTips(deps, c.var.viewer, c), 200))
    .openapi(getTip, async (c) => c.json(await accessTip(deps, c.var.viewer, c, c.req.valid('param').tipId), 200))
    .openapi(postTip, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await handIn(deps, c.var.viewer, c, key, c.req.valid('json')), 202);
    });
