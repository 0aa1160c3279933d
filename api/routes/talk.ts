import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import type { JSONValue } from 'hono/utils/types';
import { accessExport } from '#api/access-export.ts';
import {
  accessAttention,
  accessAudiences,
  accessReplies,
  addReply,
  changeReply,
  startThread,
  withdrawReply,
} from '#api/access-talk.ts';
import type { Deps, Env } from '#api/env.ts';
import { IdempotencyKey } from '#api/idempotency.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { ReplyId, ThreadId } from '#api/schema-ids.ts';
import {
  Attention,
  Audiences,
  ChangeAttention,
  ChangeReply,
  NewReply,
  NewThread,
  Reply,
  ReplyPage,
  StartedThread,
} from '#api/schema-talk.ts';

const ofThread = z.object({ threadId: ThreadId });
const ofReply = z.object({ replyId: ReplyId });

const postThread = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/',
  tags: ['talk'],
  summary: 'Begin a conversation inside',
  request: { headers: IdempotencyKey, body: jsonBody(NewThread) },
  responses: {
    201: json('The conversation, with its first words', StartedThread),
    ...problems(
      'invalid_request',
      'not_found',
      'audience_changed',
      'frame_changed',
      'muted',
      'thread_closed',
      'circle_ended',
      'not_writable',
      'key_reused',
    ),
  },
});
const postReply = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/{threadId}/replies',
  tags: ['talk'],
  summary: 'Reply in a circle',
  description: '`audience` is the token the thread came with: what was shown is who will read it, or it is refused.',
  request: { params: ofThread, headers: IdempotencyKey, body: jsonBody(NewReply) },
  responses: {
    201: json('The reply', Reply),
    ...problems(
      'invalid_request',
      'not_found',
      'audience_changed',
      'frame_changed',
      'muted',
      'thread_closed',
      'circle_ended',
      'not_writable',
      'key_reused',
    ),
  },
});
const getReplies = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{threadId}/replies',
  tags: ['talk'],
  summary: 'Replies before those the thread came with',
  request: { params: ofThread, query: z.object({ before: z.string().max(200).optional() }) },
  responses: { 200: json('In time order', ReplyPage), ...problems('invalid_request', 'not_found') },
});
const putAttention = createRoute({
  ...needs('member'),
  method: 'put',
  path: '/{threadId}/attention',
  tags: ['talk'],
  summary: 'Say what you have read, and whether you follow',
  request: { params: ofThread, body: jsonBody(ChangeAttention) },
  responses: { 200: json('As it is now', Attention), ...problems('invalid_request', 'not_found') },
});
const patchReply = createRoute({
  ...needs('member'),
  method: 'patch',
  path: '/{replyId}',
  tags: ['talk'],
  summary: 'Change your own reply',
  request: { params: ofReply, body: jsonBody(ChangeReply) },
  responses: {
    200: json('The reply as it is now', Reply),
    ...problems(
      'invalid_request',
      'not_found',
      'not_own',
      'changed_meanwhile',
      'reply_withdrawn',
      'not_writable',
      'circle_ended',
      'muted',
      'thread_closed',
      'frame_changed',
      'audience_changed',
    ),
  },
});
const deleteReply = createRoute({
  ...needs('member'),
  method: 'delete',
  path: '/{replyId}',
  tags: ['talk'],
  summary: 'Withdraw your own reply',
  description: 'Its words go; that something stood there stays. Also where you no longer read or write.',
  request: { params: ofReply },
  responses: {
    200: json('What stays', Reply),
    204: { description: 'Withdrawn, where you do not read' },
    ...problems('not_found', 'not_own'),
  },
});
const getAudiences = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['talk'],
  summary: 'The circles in which you may begin a conversation',
  responses: { 200: json('With who will hear it', Audiences) },
});
const getExport = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['me'],
  summary: 'Everything you wrote, as a file',
  responses: { 200: { description: 'One JSON document', content: { 'application/json': { schema: z.unknown() } } } },
});

export const talkRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(postThread, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await startThread(deps, c.var.viewer, key, c.req.valid('json')), 201);
    })
    .openapi(postReply, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      return c.json(await addReply(deps, c.var.viewer, c.req.valid('param').threadId, key, c.req.valid('json')), 201);
    })
    .openapi(getReplies, async (c) => {
      const { before } = c.req.valid('query');
      return c.json(await accessReplies(deps, c.var.viewer, c.req.valid('param').threadId, before), 200);
    })
    .openapi(putAttention, async (c) =>
      c.json(await accessAttention(deps, c.var.viewer, c.req.valid('param').threadId, c.req.valid('json')), 200),
    );

export const replyRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(patchReply, async (c) =>
      c.json(await changeReply(deps, c.var.viewer, c.req.valid('param').replyId, c.req.valid('json')), 200),
    )
    .openapi(deleteReply, async (c) => {
      const left = await withdrawReply(deps, c.var.viewer, c.req.valid('param').replyId);
      return left ? c.json(left, 200) : c.body(null, 204);
    });

export const audienceRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getAudiences, async (c) => c.json(await accessAudiences(deps, c.var.viewer), 200));

export const exportRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getExport, async (c) => {
    const answer: Response = c.body(streamOf(await accessExport(deps, c.var.viewer)), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="buitenwacht.json"',
      // Sent while it is read: nothing on the way may gather it first.
      'cache-control': 'no-store, no-transform',
    });
    return answer as Response & TypedResponse<JSONValue, 200, 'json'>;
  });

/** A text as bytes, made as fast as it is taken; whoever goes away ends it. */
function streamOf(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
}
