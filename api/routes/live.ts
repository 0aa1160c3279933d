import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Deps, Env } from '#api/env.ts';
import type { LiveRequest } from '#api/live/hub.ts';
import { ProblemError, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';

const getLive = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['live'],
  summary: 'What changes, as it happens',
  description: [
    'Server-sent events in the order in which changes were committed, ten a second at most beside three at once after a lull;',
    'what is for this person alone comes at once.',
    '`event: change` carries a LiveChange; `event: resync` says: load everything again.',
    'A comment comes every 25 seconds. Come back with `Last-Event-ID` to go on where you were.',
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
    // Kept as long as the stream: the cookie, not the request.
    const headers = new Headers({ cookie: c.req.header('cookie') ?? '' });
    const { personId } = viewer;
    const circles = viewer.circles.join();
    const request: LiveRequest = {
      viewer,
      isStillThere: async () => {
        const now = await auth.viewerOf(headers);
        return now?.personId === personId && now.circles.join() === circles;
      },
      address: c.env?.incoming?.socket.remoteAddress ?? 'local',
      lastEventId: c.req.valid('header')['last-event-id'],
      abort: c.env?.outgoing ? () => c.env.outgoing?.destroy() : undefined,
    };
    const outgoing = c.env?.outgoing;
    // On the connection itself (of HTTP/1, as our server speaks): a stream of the web in between handles each frame once more.
    if (outgoing && 'writeHead' in outgoing && !('stream' in outgoing)) {
      const { headers: head } = c.body(null, 200, streamHeaders);
      const cookies = head.getSetCookie();
      const sent = { ...Object.fromEntries(head), ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) };
      if (!live.openOn(outgoing, sent, request)) throw new ProblemError('too_many_streams');
      // A copy, because what comes after us writes headers on it.
      return RESPONSE_ALREADY_SENT.clone();
    }
    const body = live.open(request);
    if (!body) throw new ProblemError('too_many_streams');
    return c.body(body, 200, streamHeaders);
  });
