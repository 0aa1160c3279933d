import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { accessQuery } from '#api/access-query.ts';
import type { Deps, Env } from '#api/env.ts';
import { languageOf } from '#api/language.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { QueryReading, QueryReference, QueryToRead } from '#api/schema-query.ts';
import { referenceIn } from '#search/query/reference.ts';

const postQuery = createRoute({
  ...needs('colleague'),
  method: 'post',
  path: '/',
  tags: ['query'],
  summary: 'How a question is understood',
  description:
    'Text becomes rows of words and rows become text; what is wrong is said with its place. Nothing is searched.',
  request: { body: jsonBody(QueryToRead) },
  responses: { 200: json('The question, right or not', QueryReading), ...problems('invalid_request') },
});
const getReference = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/reference',
  tags: ['query'],
  summary: 'The query language on one page',
  responses: { 200: json('In the language of the request', QueryReference) },
});

export const queryRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(postQuery, async (c) => {
      const given = c.req.valid('json');
      const language = given.language ?? languageOf(c.req.header('accept-language'));
      return c.json(await accessQuery(deps, c.var.viewer, given, language), 200);
    })
    .openapi(getReference, (c) => c.json(referenceIn(languageOf(c.req.header('accept-language'))), 200));
