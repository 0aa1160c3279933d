import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from '#api/env.ts';
import { LiveChange } from '#api/schema.ts';

export type ApiDocument = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>;

/** The OpenAPI 3.1 document of all routes, from the declarations that also check requests and answers. */
export function describeApi(app: OpenAPIHono<Env>, version: string): ApiDocument {
  // Frames of the live stream are no answer of a route, so the schema would be missing.
  app.openAPIRegistry.register('LiveChange', LiveChange);
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'buitenwacht.session_token',
    description: 'From `POST /api/session`; `__Host-` stands before its name where PUBLIC_URL is https.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Buitenwacht',
      version,
      description: [
        'Outside mentions as threads. Ids are opaque; lists are paged with an opaque `cursor`.',
        'Refusals are `application/problem+json` (RFC 9457) with a stable `code`, in Dutch or English by Accept-Language.',
      ].join(' '),
      license: { name: 'Apache-2.0' },
    },
  });
  for (const path of Object.values(document.paths ?? {}))
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const)
      if (path[method]) path[method].responses = { ...path[method].responses, default: anyRefusal };
  return document;
}

/** What the guards, the framework and faults of ours answer on every route; here once, not in each declaration. */
const anyRefusal = {
  description: 'Any other refusal; `code` says which',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
