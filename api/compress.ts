import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { createMiddleware } from 'hono/factory';
import type { Env } from './env.ts';

const squeeze = promisify(gzip);
/** Below this the time costs more than the bytes. */
const leastBytes = 2_048;
const worthIt = /^(application\/((problem|feed)\+)?json|application\/atom\+xml|text\/(html|css|xml)|text\/x-opml)/;

/**
 * gzip for texts of some size, whole answers only: never a stream, which says `no-transform`. What is compressed already
 * passes through.
 */
export const compress = createMiddleware<Env>(async (c, next) => {
  await next();
  const { res } = c;
  if (/\bno-transform\b/.test(res.headers.get('cache-control') ?? '')) return;
  if (!worthIt.test(res.headers.get('content-type') ?? '') || res.headers.has('content-encoding')) return;
  res.headers.append('vary', 'Accept-Encoding');
  // Whoever looks at the body makes a stream of it: only where it is needed.
  if (c.req.method === 'HEAD' || !acceptsGzip(c.req.header('accept-encoding')) || !res.body) return;
  const body = Buffer.from(await res.arrayBuffer());
  const packed = body.length >= leastBytes ? await squeeze(body, { level: 5 }) : null;
  const headers = new Headers(res.headers);
  if (packed) headers.set('content-encoding', 'gzip');
  // Two forms of one answer are the same thing only weakly.
  const etag = headers.get('etag');
  if (packed && etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
  c.res = undefined;
  c.res = new Response(new Uint8Array(packed ?? body), { status: res.status, headers });
});

/** Whether Accept-Encoding names gzip with a weight above nought (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | undefined): boolean {
  return (header ?? '').split(',').some((part) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(part));
}
