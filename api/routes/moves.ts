import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { accessMove, accessMoves, answerMove, cancelMove } from '#api/access-moves.ts';
import { applyMove } from '#api/access-moves-apply.ts';
import { makeMove, previewMove } from '#api/access-moves-new.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { MoveId, ThreadId } from '#api/schema-ids.ts';
import { AnswerMove, ApplyMove, Move, MovePreview, Moves, NewMove } from '#api/schema-moves.ts';

const ofThread = z.object({ threadId: ThreadId });
const ofMove = z.object({ moveId: MoveId });

const getMoves = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{threadId}/moves',
  tags: ['moves'],
  summary: 'Moves of a conversation under way: yours, those that ask you, and those in circles you keep',
  request: { params: ofThread },
  responses: { 200: json('The newest first', Moves), ...problems('not_found') },
});
const postMove = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{threadId}/moves',
  tags: ['moves'],
  summary: 'Move a conversation from one circle to another',
  description:
    'With `dry=true`: says who would newly read which words of whom, and writes nothing. Without: asks their authors. Nothing moves before it is applied.',
  request: { params: ofThread, query: z.object({ dry: z.stringbool().default(false) }), body: jsonBody(NewMove) },
  responses: {
    200: json('What it would do', MovePreview),
    201: json('The move; who is asked has it in their inbox', Move),
    ...problems(
      'invalid_request',
      'not_found',
      'not_host',
      'not_writable',
      'muted',
      'thread_closed',
      'circle_ended',
      'one_thread_only',
      'audience_changed',
      'move_exists',
    ),
  },
});
const getMove = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/{moveId}',
  tags: ['moves'],
  summary: 'A move, for who makes it, who is asked and who keeps the circle it comes from',
  request: { params: ofMove },
  responses: { 200: json('The move', Move), ...problems('not_found') },
});
const postAnswer = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/{moveId}/answers',
  tags: ['moves'],
  summary: 'Say whether your words may go along',
  request: { params: ofMove, body: jsonBody(AnswerMove) },
  responses: {
    200: json('The move as it is now', Move),
    ...problems('invalid_request', 'not_found', 'audience_changed', 'move_over'),
  },
});
const postApply = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{moveId}/apply',
  tags: ['moves'],
  summary: 'Move what was agreed to; everything else stays where it is',
  request: { params: ofMove, body: jsonBody(ApplyMove) },
  responses: {
    200: json('The move, done', Move),
    ...problems(
      'invalid_request',
      'not_found',
      'not_host',
      'not_writable',
      'muted',
      'thread_closed',
      'circle_ended',
      'one_thread_only',
      'audience_changed',
      'not_agreed',
      'move_over',
    ),
  },
});
const postCancel = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/{moveId}/cancel',
  tags: ['moves'],
  summary: 'Give up a move; nothing was moved',
  request: { params: ofMove },
  responses: { 200: json('The move, cancelled', Move), ...problems('not_found', 'not_host', 'move_over') },
});

export const threadMoveRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getMoves, async (c) => c.json(await accessMoves(deps, c.var.viewer, c.req.valid('param').threadId), 200))
    .openapi(postMove, async (c) => {
      const { threadId } = c.req.valid('param');
      const given = c.req.valid('json');
      if (c.req.valid('query').dry) return c.json(await previewMove(deps, c.var.viewer, threadId, given), 200);
      return c.json(await makeMove(deps, c.var.viewer, threadId, given), 201);
    });

export const moveRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getMove, async (c) => c.json(await accessMove(deps, c.var.viewer, c.req.valid('param').moveId), 200))
    .openapi(postAnswer, async (c) =>
      c.json(await answerMove(deps, c.var.viewer, c.req.valid('param').moveId, c.req.valid('json')), 200),
    )
    .openapi(postApply, async (c) =>
      c.json(await applyMove(deps, c.var.viewer, c.req.valid('param').moveId, c.req.valid('json').audience), 200),
    )
    .openapi(postCancel, async (c) => c.json(await cancelMove(deps, c.var.viewer, c.req.valid('param').moveId), 200));
