import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { accessDesk, actOnCase } from '#api/access-desk.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { DeskPage } from '#api/schema.ts';
import { AnswerCase, Case, CaseVersion, CloseCase, DeskQuery, HandOver } from '#api/schema-desk.ts';
import { ThreadId } from '#api/schema-ids.ts';

const getDesk = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags: ['desk'],
  summary: 'What waits for an answer, and what was answered',
  request: { query: DeskQuery },
  responses: { 200: json('A page of the desk', DeskPage), ...problems('invalid_request') },
});

/** Every action names the version of the case it saw: whoever was a moment later hears who was first. */
const action = <const P extends string, T extends z.ZodType>(path: P, summary: string, schema: T) =>
  createRoute({
    ...needs('desk'),
    method: 'post',
    path: `/{threadId}/case/${path}` as const,
    tags: ['desk'],
    summary,
    request: {
      params: z.object({ threadId: ThreadId }),
      body: jsonBody(schema),
    },
    responses: {
      200: json('The case as it is now', Case),
      ...problems('invalid_request', 'not_found', 'case_changed', 'case_held', 'no_outside'),
    },
  });
const take = action('take', 'I take this', CaseVersion);
const release = action('release', 'Put it back', CaseVersion);
const handOver = action('hand-over', 'Hand it to a colleague, or take it over', HandOver);
const answer = action('answer', 'Answered, with a link or the text', AnswerCase);
const noAnswer = action('no-answer', 'No answer, with the reason', CloseCase);
const reopen = action('reopen', 'Open it again', CaseVersion);

export const deskRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getDesk, async (c) =>
    c.json(await accessDesk(deps, c.var.viewer, c.req.valid('query')), 200),
  );

export const caseRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(take, async (c) => {
      const act = { action: 'take', ...c.req.valid('json') } as const;
      return c.json(await actOnCase(deps, c.var.viewer, c.req.valid('param').threadId, act), 200);
    })
    .openapi(release, async (c) => {
      const act = { action: 'release', ...c.req.valid('json') } as const;
      return c.json(await actOnCase(deps, c.var.viewer, c.req.valid('param').threadId, act), 200);
    })
    .openapi(handOver, async (c) => {
      const act = { action: 'hand-over', ...c.req.valid('json') } as const;
      return c.json(await actOnCase(deps, c.var.viewer, c.req.valid('param').threadId, act), 200);
    })
    .openapi(answer, async (c) => {
      const act = { action: 'answer', ...c.req.valid('json') } as const;
      return c.json(await actOnCase(deps, c.var.viewer, c.req.valid('param').threadId, act), 200);
    })
    .openapi(noAnswer, async (c) => {
      const act = { action: 'no-answer', ...c.req.valid('json') } as const;
      return c.json(await actOnCase(deps, c.var.viewer, c.req.valid('param').threadId, act), 200);
    })
    .openapi(reopen, async (c) => {
      const act = { action: 'reopen', ...c.req.valid('json') } as const;
      return c.json(await actOnCase(deps, c.var.viewer, c.req.valid('param').threadId, act), 200);
    });
