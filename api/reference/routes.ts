import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { etag } from 'hono/etag';
import type { Env } from '#api/env.ts';
import { languageOf } from '#api/language.ts';
import { needs } from '#api/rights.ts';
import type { ApiDocument } from './document.ts';
import { referencePage } from './page.ts';
import { referenceStyle } from './style.ts';

const getDocument = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/openapi.json',
  tags: ['reference'],
  summary: 'This API as an OpenAPI 3.1 document',
  middleware: [needs('anyone').middleware, etag()],
  responses: {
    200: { description: 'The document', content: { 'application/json': { schema: z.record(z.string(), z.any()) } } },
  },
});
const getPage = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/',
  tags: ['reference'],
  summary: 'This API as a page to read',
  responses: { 200: { description: 'The page', content: { 'text/html': { schema: z.string() } } } },
});
const getStyle = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/reference.css',
  tags: ['reference'],
  summary: 'How that page looks',
  responses: { 200: { description: 'The style sheet', content: { 'text/css': { schema: z.string() } } } },
});

/** The document, made once when it is first asked for, and the page drawn from it. */
export const referenceRoutes = (describe: () => ApiDocument) => {
  let made: ApiDocument | undefined;
  const document = () => {
    made ??= describe();
    return made;
  };
  return new OpenAPIHono<Env>()
    .openapi(getDocument, (c) => {
      c.header('cache-control', 'no-cache');
      return c.json(document(), 200);
    })
    .openapi(getPage, async (c) => {
      const language = languageOf(c.req.header('accept-language'));
      c.header('vary', 'Accept-Language');
      c.header('content-language', language);
      return c.html(await referencePage(document(), language), 200);
    })
    .openapi(getStyle, (c) =>
      c.body(referenceStyle, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
    );
};
