import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Deps, Env } from '#api/env.ts';
import { ProblemError, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';

const getLive = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['live'],
  summary: 'What changes, as it happens',
  description: [
    'Server-sent events in the order in which changes were committed, at most ten a second.',
    '`event: change` carries a LiveChange; `event: resync` says: load everything again.',
    'A comment comes every 20 seconds. Come back with `Last-Event-ID` to go on where you were.',
  ].join(' '),
  request: { headers: z.object({ 'last-event-id': z.string().max(300).optional() }) },
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems('too_many_streams'),
  },
});

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

export const liveRoutes = ({ live, auth }: Deps) =>
  new OpenAPIHono<Env>().openapi(getLive, (c) => {
    // The framework answers HEAD as GET without its body: a stream opened for it would have no reader.
    if (c.req.method === 'HEAD') return c.body(null, 200, streamHeaders);
    const { viewer } = c.var;
    const { headers } = c.req.raw;
    const body = live.open({
      viewer,
      isStillThere: async () => {
        const now = await auth.viewerOf(headers);
        return now?.personId === viewer.personId && now.circles.join() === viewer.circles.join();
      },
      address: c.env?.incoming?.socket.remoteAddress ?? 'local',
      lastEventId: c.req.valid('header')['last-event-id'],
      abort: c.env?.outgoing ? () => c.env.outgoing?.destroy() : undefined,
    });
    if (!body) throw new ProblemError('too_many_streams');
    return c.body(body, 200, streamHeaders);
  });
