import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { accessMention, accessThread } from '#api/access.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, problems } from '#api/problem.ts';
import { Mention, MentionId, Thread, ThreadId } from '#api/schema.ts';

const getThread = createRoute({
  method: 'get',
  path: '/{threadId}',
  tags: ['threads'],
  summary: 'A thread with its mentions',
  description: 'Opening a thread asks, once a day, whether its mentions still exist where they were written.',
  request: { params: z.object({ threadId: ThreadId }) },
  responses: { 200: json('The thread', Thread), ...problems('not_found') },
});
const getMention = createRoute({
  method: 'get',
  path: '/{mentionId}',
  tags: ['threads'],
  summary: 'One mention',
  request: { params: z.object({ mentionId: MentionId }) },
  responses: { 200: json('The mention', Mention), ...problems('not_found') },
});

export const threadRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getThread, async (c) =>
    c.json(await accessThread(deps, c.var.viewer, c.req.valid('param').threadId), 200),
  );

export const mentionRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getMention, async (c) =>
    c.json(await accessMention(deps, c.var.viewer, c.req.valid('param').mentionId), 200),
  );
