import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineConnector, type FeedDocument, type PollAnswer, type Validators } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { freshSeconds, refusalOf } from '#ingest/http-answer.ts';
import type { HttpAnswer } from '#platform/http.ts';

export const feedAccept =
  'application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1';
const longestWaitSeconds = 86_400;

/** Any RSS, Atom or JSON Feed. Sources: sources.md 4.1; conditional requests RFC 9110 13.1; nothing sent unless received. */
export const feed = defineConnector({
  name: 'feed',
  version: 1,
  settings: z.object({ url: z.url({ protocol: /^https?$/ }).max(2048) }),
  place: ({ url }) => placeOf(url),
  address: ({ url }) => new URL(url),
  async poll({ http, settings, namespace, cursor, validators, readFeed }) {
    const answer = await http.request({
      url: settings.url,
      headers: { accept: feedAccept, ...conditions(validators) },
    });
    const refusal = refusalOf(answer);
    if (refusal) throw refusal;
    const common = { cursor, ...(answer.movedTo !== undefined && { movedTo: answer.movedTo }) };
    const asked = freshSeconds(answer.headers);
    if (answer.status === 304) {
      // "Not modified" since nothing: who asked without conditions was given no document (RFC 9110 15.4.5).
      if (!validators.etag && !validators.lastModified) throw unasked(answer);
      return { ...common, ...waiting(asked), items: null, validators: { ...validators, ...validatorsOf(answer) } };
    }
    const bodyHash = createHash('sha256').update(answer.body).digest();
    const next: Validators = { ...validatorsOf(answer), bodyHash };
    if (validators.bodyHash?.equals(bodyHash)) {
      return { ...common, ...waiting(asked), items: null, validators: next };
    }
    const document = await readFeed(answer.body, answer.headers['content-type'], answer.url, namespace).catch(
      (error) => {
        throw withHostname(error, answer);
      },
    );
    return { ...common, ...answerOf(document), ...waiting(asked, document.ttlSeconds), validators: next };
  },
});

function unasked({ url, status }: HttpAnswer): SourceError {
  const hostname = URL.parse(url)?.hostname;
  return new SourceError('unreadable', 'Not modified, although nothing was known', {
    reason: 'status',
    status,
    ...(hostname && { hostname }),
  });
}

function answerOf(
  document: FeedDocument,
): Pick<PollAnswer, 'items' | 'withdrawals' | 'title' | 'homeUrl' | 'skipped' | 'skipHours' | 'skipDays'> {
  const { items, withdrawals, title, homeUrl, skipped, skipHours, skipDays } = document;
  return {
    items,
    withdrawals,
    skipped,
    ...(title && { title }),
    ...(homeUrl && { homeUrl }),
    ...(skipHours && { skipHours }),
    ...(skipDays && { skipDays }),
  };
}

/** Byte for byte what the server gave; the entity tag goes first where a server knows both (RFC 9110 13.2.2). */
function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** `Expires: 0` says that nothing may be reused, whatever validators came along (Miniflux does the same). */
function validatorsOf({ headers }: HttpAnswer): Validators {
  if (headers.expires?.trim() === '0') return {};
  const etag = headers.etag;
  const lastModified = headers['last-modified'];
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

function waiting(...seconds: (number | undefined)[]): { minIntervalSeconds?: number } {
  const longest = Math.max(0, ...seconds.map((one) => one ?? 0));
  return longest > 0 ? { minIntervalSeconds: Math.min(longest, longestWaitSeconds) } : {};
}

function withHostname(error: unknown, answer: HttpAnswer): unknown {
  if (!(error instanceof SourceError)) return error;
  const hostname = URL.parse(answer.url)?.hostname;
  const detail = { ...error.detail, status: answer.status, ...(hostname && { hostname }) };
  return new SourceError(error.kind, error.message, detail, { cause: error });
}

/** Two addresses are the same feed when they differ in scheme, `www.`, default port, fragment or a final slash only. */
export function placeOf(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  let end = url.pathname.length;
  while (url.pathname[end - 1] === '/') end--;
  return `${url.host.replace(/^www\./, '')}${url.pathname.slice(0, end)}${url.search}`;
}
