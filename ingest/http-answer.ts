import type { HttpAnswer } from '#platform/http.ts';
import { readDate } from './dates.ts';
import { SourceError, type SourceErrorDetail } from './errors.ts';

/** The error that an HTTP status stands for (sources.md 2.8), or null when the answer may be read (2xx, 304). */
export function refusalOf(answer: HttpAnswer): SourceError | null {
  const { status, headers } = answer;
  if ((status >= 200 && status < 300) || status === 304) return null;
  const hostname = URL.parse(answer.url)?.hostname;
  const detail: SourceErrorDetail = { status, ...(hostname && { hostname }) };
  if (status === 410) return new SourceError('gone', 'Gone for good', detail);
  if (headers['cf-mitigated']?.includes('challenge')) {
    return new SourceError('denied', 'A bot wall', { ...detail, reason: 'bot-wall' });
  }
  if (status === 429 || status === 503) {
    const retryAfterSeconds = retryAfter(headers);
    return new SourceError('rate-limited', 'Asked to come back later', {
      ...detail,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
  if ([401, 402, 403, 407, 451].includes(status)) return new SourceError('denied', 'Access is denied', detail);
  if (status >= 500) return new SourceError('unreachable', 'The server fails', { ...detail, reason: 'server-error' });
  return new SourceError('unreadable', 'No document under this address', {
    ...detail,
    reason: status === 404 ? 'not-found' : 'status',
  });
}

/** Seconds of a Retry-After in seconds or as a date, by the server's own clock; null dates and the past give nothing. */
function retryAfter(headers: Record<string, string>): number | undefined {
  const written = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(written)) return Number(written);
  return secondsUntil(written, headers.date);
}

function secondsUntil(date: string, now: string | undefined): number | undefined {
  const until = readDate(date, { hostname: null });
  const from = readDate(now ?? '', { hostname: null });
  if (!until || !from) return undefined;
  const seconds = Math.round((until.getTime() - from.getTime()) / 1000);
  return seconds > 0 ? seconds : undefined;
}

/** How long the server asks to be left alone: max-age, else Expires by its own clock; undefined when it does not say. */
export function freshSeconds(headers: Record<string, string>): number | undefined {
  const control = headers['cache-control'] ?? '';
  if (/(^|[\s,])no-(store|cache)\b/i.test(control)) return undefined;
  const age = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(control)?.[1];
  const seconds = age === undefined ? secondsUntil(headers.expires ?? '', headers.date) : Number(age);
  return seconds !== undefined && seconds > 0 ? seconds : undefined;
}
