import { portOf } from './address.ts';
import { HttpError } from './http-error.ts';
import type { Incoming, Outgoing } from './http-exchange.ts';

/** One step on the way to an answer, with what it must remember of the steps before. */
export type Hop = Outgoing & {
  /** Where permanent redirects alone have led so far. */
  movedTo: string | null;
  /** Every redirect so far was permanent. */
  isPermanent: boolean;
  visited: string[];
};

type Asked = {
  url: URL | string;
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  body?: string;
};

/** Ours to say, or nothing a feed needs: never taken from a caller. */
const ownHeaders =
  /^(host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|cookie|user-agent|accept-encoding|proxy-.*)$/i;
/** All that follows to another host: no credentials, no validators of someone else's document. */
const travelling = /^(user-agent|accept|accept-encoding|accept-language)$/i;
const aboutBody = /^(content-type|content-language|content-encoding)$/i;
/** RFC 9110 8.8.3 lets an entity tag hold bytes above 0x7f; they come and go as latin1, so they stay the same bytes. */
const taggedValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const plainValue = /^[\t\x20-\x7e]*$/;

/** The request as asked, parsed once: from here on only the URL object travels. */
export function firstHop({ url, method = 'GET', headers, body }: Asked, userAgent: string): Hop {
  const outgoing = ['user-agent', userAgent, 'accept-encoding', 'gzip, br, zstd, deflate'];
  for (const name in headers) {
    const value = headers[name]!;
    const allowed = /^if-(none-)?match$/i.test(name) ? taggedValue : plainValue;
    if (ownHeaders.test(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !allowed.test(value)) {
      throw new HttpError('protocol', `header ${JSON.stringify(name.slice(0, 40))} cannot be sent`);
    }
    outgoing.push(name, value);
  }
  const first = readUrl(url, undefined);
  return { url: first, method, headers: outgoing, body, movedTo: null, isPermanent: true, visited: [first.href] };
}

/** The hop a redirect asks for. Throws HttpError for loops and for what may not be repeated at another host. */
export function nextHop(hop: Hop, { status, headers }: Incoming): Hop {
  const url = readUrl(asUtf8(headers.location!), hop.url);
  const { hostname } = url;
  if (hop.visited.includes(url.href)) throw new HttpError('redirects', `${hostname}: redirects in a circle`, hostname);
  const isSameHost = isSame(hop.url, url);
  const keepsBody = status === 307 || status === 308;
  if (hop.method === 'POST' && keepsBody && !isSameHost) {
    throw new HttpError('redirects', `${hop.url.hostname} would pass our message on to ${hostname}`, hostname);
  }
  const becomesGet = hop.method === 'POST' && !keepsBody;
  const isPermanent = hop.isPermanent && (status === 301 || status === 308);
  return {
    url,
    method: becomesGet ? 'GET' : hop.method,
    headers: hop.headers.filter((_, index) => {
      const name = hop.headers[index - (index % 2)]!;
      return (isSameHost || travelling.test(name)) && !(becomesGet && aboutBody.test(name));
    }),
    body: becomesGet ? undefined : hop.body,
    movedTo: isPermanent ? url.href : hop.movedTo,
    isPermanent,
    visited: [...hop.visited, url.href],
  };
}

/** The answer of the last hop, with where it came from. */
export function carryOn(answer: Incoming, { url, movedTo }: Hop) {
  return { ...answer, url: url.href, ...(movedTo === null ? {} : { movedTo }) };
}

/** Seconds of a Retry-After header, a number or an HTTP date; null when there is none to read. At most a day counts. */
export function retryAfterSeconds(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isNaN(seconds) || !/\d/.test(text) ? null : Math.min(Math.max(Math.ceil(seconds), 0), 86_400);
}

function readUrl(address: URL | string, base: URL | undefined): URL {
  const url = typeof address === 'string' ? URL.parse(address, base) : new URL(address.href);
  if (!url) throw new HttpError('invalid-url', 'this is not a web address');
  const { hostname } = url;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new HttpError('scheme', `${url.protocol} addresses are not fetched`, hostname);
  }
  if (url.username !== '' || url.password !== '') {
    throw new HttpError('invalid-url', `${hostname}: a name or password in the address is not sent`, hostname);
  }
  // Only where there is one: setting it writes the whole address anew.
  if (url.hash !== '') url.hash = '';
  return url;
}

/** Same host and port, and not back from https to http. */
function isSame(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname) return false;
  if (from.protocol === to.protocol) return portOf(from) === portOf(to);
  return to.protocol === 'https:' && from.port === '' && to.port === '';
}

/** Headers are read as latin1, servers write addresses in UTF-8. */
function asUtf8(text: string): string {
  const utf8 = Buffer.from(text, 'latin1').toString('utf8');
  return utf8.includes('�') ? text : utf8;
}
