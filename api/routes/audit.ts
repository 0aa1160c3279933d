import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { accessAudit } from '#api/access-audit.ts';
import type { Deps, Env } from '#api/env.ts';
import { json, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { AuditPage, AuditQuery } from '#api/schema-audit.ts';

const getAudit = createRoute({
  ...needs('people'),
  method: 'get',
  path: '/',
  tags: ['people'],
  summary: 'Who did what to whose access',
  description: 'Lines are added and never changed. Nothing of what was said stands in them.',
  request: { query: AuditQuery },
  responses: { 200: json('A page, newest first', AuditPage), ...problems('invalid_request') },
});

export const auditRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getAudit, async (c) =>
    c.json(await accessAudit(deps, c.var.viewer, c.req.valid('query')), 200),
  );
