import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { sql } from 'kysely';
import type { Deps, Env } from '#api/env.ts';
import { json, ProblemError, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { Liveness, Readiness } from '#api/schema.ts';

const readyWithinMs = 2_000;

const getLive = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/live',
  tags: ['health'],
  summary: 'Whether the process answers',
  responses: { 200: json('It does', Liveness) },
});
const getReady = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/ready',
  tags: ['health'],
  summary: 'Whether requests can be served',
  description:
    'The database answers within two seconds and has the tables of this version. Without Elasticsearch search is degraded, and everything works.',
  responses: { 200: json('They can', Readiness), ...problems('unavailable') },
});

export const healthRoutes = ({ db, search }: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getLive, (c) => c.json({ status: 'live' as const }, 200))
    .openapi(getReady, async (c) => {
      const degraded = search.isDegraded();
      const asked = sql`select from installation limit 1`.execute(db);
      const late = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error('The database is slow')), readyWithinMs).unref();
      });
      await Promise.race([asked, late]).catch((cause: unknown) => {
        throw new ProblemError('unavailable', {}, { cause });
      });
      return c.json(
        { status: 'ready' as const, search: (await degraded) ? ('degraded' as const) : ('ready' as const) },
        200,
      );
    });
