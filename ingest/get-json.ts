import type { ZodType } from 'zod';
import type { Http, HttpAnswer } from '#platform/http.ts';
import { readDate } from './dates.ts';
import { SourceError } from './errors.ts';
import { refusalOf } from './http-answer.ts';

/**
 * One JSON document of an API, checked by its schema. Throws SourceError: by the status (sources.md 2.8), 'web-page' when
 * HTML came instead, 'unexpected' when it is JSON of another shape.
 */
export async function getJson<T>(http: Http, url: URL, schema: ZodType<T>): Promise<T> {
  const answer = await http.request({ url, headers: { accept: 'application/json' } });
  const refusal = refusalOf(answer);
  if (refusal) throw withReset(refusal, answer);
  return readJson(answer, schema);
}

/** The body of an answer whose status was looked at already. */
export function readJson<T>(answer: HttpAnswer, schema: ZodType<T>): T {
  const detail = { status: answer.status, hostname: new URL(answer.url).hostname };
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(answer.body));
  } catch (cause) {
    const reason = /html/i.test(answer.headers['content-type'] ?? '') ? 'web-page' : 'not-json';
    throw new SourceError('unreadable', 'Not the JSON that was asked for', { ...detail, reason }, { cause });
  }
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new SourceError('unreadable', `JSON of another shape, at "${where}"`, { ...detail, reason: 'unexpected' });
}

/** Mastodon says when to come back in X-RateLimit-Reset, as a date, and sends no Retry-After (sources.md 4.6 c). */
function withReset(refusal: SourceError, { headers }: HttpAnswer): SourceError {
  if (refusal.kind !== 'rate-limited' || refusal.detail.retryAfterSeconds !== undefined) return refusal;
  const reset = readDate(headers['x-ratelimit-reset'] ?? '', { hostname: null });
  const now = readDate(headers.date ?? '', { hostname: null });
  if (!reset || !now || reset <= now) return refusal;
  const retryAfterSeconds = Math.ceil((reset.getTime() - now.getTime()) / 1000);
  return new SourceError(refusal.kind, refusal.message, { ...refusal.detail, retryAfterSeconds });
}
