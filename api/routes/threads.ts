import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { accessAuthor, accessErasure, accessMention } from '#api/access.ts';
import { accessThread } from '#api/access-thread.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { AuthorMentions, ErasedAuthor, Mention, Thread } from '#api/schema.ts';
import { MentionId, ThreadId } from '#api/schema-ids.ts';

const getThread = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{threadId}',
  tags: ['threads'],
  summary: 'A thread with its mentions',
  description: 'Opening a thread asks, once a day, whether its mentions still exist where they were written.',
  request: { params: z.object({ threadId: ThreadId }) },
  responses: { 200: json('The thread', Thread), ...problems('not_found') },
});
const getMention = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{mentionId}',
  tags: ['threads'],
  summary: 'One mention',
  request: { params: z.object({ mentionId: MentionId }) },
  responses: { 200: json('The mention', Mention), ...problems('not_found') },
});
const getAuthor = createRoute({
  ...needs('sources'),
  method: 'get',
  path: '/{mentionId}/author',
  tags: ['threads'],
  summary: 'How much the author of a mention has written here',
  description: 'An author is one within a source or network: the same name elsewhere is somebody else.',
  request: { params: z.object({ mentionId: MentionId }) },
  responses: {
    200: json('What erasing this author would wipe', AuthorMentions),
    ...problems('not_found', 'author_unknown'),
  },
});
const deleteAuthor = createRoute({
  ...needs('sources'),
  method: 'delete',
  path: '/{mentionId}/author',
  tags: ['threads'],
  summary: 'Erase the author of a mention',
  description:
    'Wipes every word of this author, earlier versions included, and keeps out what they still write. Tombstones stay, ' +
    'and what was said about them. It cannot be undone; doing it again does nothing.',
  request: { params: z.object({ mentionId: MentionId }) },
  responses: { 200: json('What was wiped', ErasedAuthor), ...problems('not_found', 'author_unknown') },
});

export const threadRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getThread, async (c) =>
    c.json(await accessThread(deps, c.var.viewer, c.req.valid('param').threadId), 200),
  );

export const mentionRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getMention, async (c) =>
      c.json(await accessMention(deps, c.var.viewer, c.req.valid('param').mentionId), 200),
    )
    .openapi(getAuthor, async (c) =>
      c.json(await accessAuthor(deps, c.var.viewer, c.req.valid('param').mentionId), 200),
    )
    .openapi(deleteAuthor, async (c) =>
      c.json(await accessErasure(deps, c.var.viewer, c.req.valid('param').mentionId), 200),
    );
