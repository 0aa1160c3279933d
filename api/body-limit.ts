import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Env } from './env.ts';
import { problemResponse } from './problem.ts';

const maxBodyBytes = 256 * 1024;
const maxOpmlBytes = 2 * 1024 * 1024;
const maxPeopleBytes = 1024 * 1024;
/** Where files are sent. */
const ofPath: Readonly<Record<string, number>> = { '/api/opml': maxOpmlBytes, '/api/people/import': maxPeopleBytes };

/**
 * Refuses bodies beyond 256 kB, OPML files beyond 2 MB, files of people beyond 1 MB. What says its length is judged by that, which Node holds it to: only what
 * comes in pieces of unknown number has to be read to know. Not even touched where there is none: that alone would cost a
 * tenth of the request.
 */
export const limitBody = createMiddleware<Env>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return await next();
  const maxSize = ofPath[c.req.path] ?? maxBodyBytes;
  const length = c.req.header('content-length');
  if (length !== undefined && c.req.header('transfer-encoding') === undefined) {
    if (Number(length) > maxSize) return problemResponse(c, 'too_large');
    return await next();
  }
  return await bodyLimit({ maxSize, onError: () => problemResponse(c, 'too_large') })(c, next);
});
