import { addressRefusal, type FetchAllow, isAllowedHost, portOf } from './address.ts';
import { hostKeyOf } from './host-key.ts';
import { type Dial, guardedConnector, type Resolve } from './http-connect.ts';
import { HttpError } from './http-error.ts';
import { createExchange, type Incoming, isRedirect } from './http-exchange.ts';
import { carryOn, firstHop, type Hop, nextHop, retryAfterSeconds } from './http-hop.ts';
import { redactUrl } from './redact-url.ts';

export { HttpError, type HttpErrorReason } from './http-error.ts';

/** Limits of the design, section 8; overridable downwards only. */
export type HttpLimits = { maxBodyBytes: number; totalMs: number };

export type HttpRequest = {
  url: URL | string;
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  body?: string;
  limits?: Partial<HttpLimits>;
};

export type HttpAnswer = {
  status: number;
  headers: Record<string, string>;
  /** Inflated; empty for 304. */
  body: Uint8Array;
  /** Address of the last hop. */
  url: string;
  /** Where permanent redirects (301, 308) led, when every hop up to there was permanent. */
  movedTo?: string;
};

/** The only way out. Throws HttpError when there is no answer or it may not be had; an HTTP status is an answer. */
export type Http = {
  request: (request: HttpRequest) => Promise<HttpAnswer>;
};

/**
 * Spacing per politeness key: `enter` resolves when the request may start and answers how to report its end, or rejects
 * with HttpError('busy') when that would be later than `deadlineMs` from now. The row in PostgreSQL behind it belongs to storage/.
 */
export type HostGate = {
  enter: (hostKey: string, deadlineMs: number) => Promise<(outcome: GateOutcome) => Promise<void>>;
};
/** What the host said: counts for the circuit and the whole host's pause. */
export type GateOutcome = { kind: 'ok' | 'failed' | 'limited'; retryAfterSeconds?: number };

export type HttpOptions = {
  /** Address where the operator of this installation can be reached; null: only hosts of FETCH_ALLOW are asked. */
  contact: string | null;
  version: string;
  allow: FetchAllow;
  gate?: HostGate;
  log?: { debug: (fields: object, message: string) => void };
  /** Shorter times for tests; never longer than `httpTimes`. */
  times?: Partial<HttpTimes>;
  /** Another resolver and another way to open sockets, for tests of the guard. */
  network?: { resolve?: Resolve; dial?: Dial };
};

export type HttpTimes = typeof httpTimes;
/** Design, section 8, and sources.md 1.3. */
export const httpLimits: HttpLimits = { maxBodyBytes: 10 * 1024 * 1024, totalMs: 20_000 };
export const httpTimes = { connectMs: 5_000, headersMs: 15_000, idleMs: 5_000, totalMs: httpLimits.totalMs };
const maxRedirects = 5;
const mostKeysKept = 10_000;

/**
 * The one guarded client: nothing else in the process opens a connection to a place that someone typed in. Every hop is checked
 * by scheme, port and address before a socket opens, waits its turn at the gate, and is read within the limits.
 */
export function createHttp(options: HttpOptions): Http & { close: () => Promise<void>; hostCount: () => number } {
  const { contact, version, allow, gate, log } = options;
  const times = { ...httpTimes, ...options.times };
  const exchange = createExchange({
    connect: guardedConnector({ allow, connectMs: times.connectMs, ...options.network }),
    headersMs: times.headersMs,
    idleMs: times.idleMs,
  });
  const userAgent = contact === null ? `Buitenwacht/${version}` : `Buitenwacht/${version} (+${contact})`;

  /** By origin, which is all that decides about an address; refusals are not kept. */
  const keys = new Map<string, string | null>();

  return { request, close: exchange.close, hostCount: exchange.hostCount };

  async function request(asked: HttpRequest): Promise<HttpAnswer> {
    const limits = {
      maxBodyBytes: Math.min(asked.limits?.maxBodyBytes ?? Number.POSITIVE_INFINITY, httpLimits.maxBodyBytes),
      totalMs: Math.min(asked.limits?.totalMs ?? Number.POSITIVE_INFINITY, times.totalMs),
    };
    try {
      return await follow(firstHop(asked, userAgent), limits);
    } catch (error) {
      log?.debug({ url: redactUrl(asked.url), reason: error instanceof HttpError ? error.reason : 'bug' }, 'no answer');
      throw error;
    }
  }

  async function follow(hop: Hop, limits: HttpLimits): Promise<HttpAnswer> {
    let key = check(hop.url);
    let leave = key === null ? null : await gate?.enter(key, limits.totalMs);
    // The time begins when the first request may start.
    const endsAt = performance.now() + limits.totalMs;
    let outcome: GateOutcome = { kind: 'failed' };
    try {
      for (let redirects = 0; ; redirects++) {
        outcome = { kind: 'failed' };
        const answer = await exchange.send(hop, { ...limits, totalMs: left(endsAt, hop) });
        outcome = outcomeOf(answer);
        if (!isRedirect(answer)) return carryOn(answer, hop);
        if (redirects === maxRedirects) throw tooMany(hop);
        hop = nextHop(hop, answer);
        const nextKey = check(hop.url);
        if (nextKey !== key) {
          const leaveLast = leave;
          leave = null;
          await leaveLast?.(outcome);
          key = nextKey;
          leave = key === null ? null : await gate?.enter(key, left(endsAt, hop));
        }
      }
    } catch (error) {
      // An answer that is too large or badly packed is still an answer of a host in good health.
      if (error instanceof HttpError && (error.reason === 'too-large' || error.reason === 'encoding')) {
        outcome = { kind: 'ok' };
      }
      throw error;
    } finally {
      await leave?.(outcome);
    }
  }

  /** Whether this address may be asked at all, before any look-up; answers its politeness key, null where there is none. */
  function check(url: URL): string | null {
    const known = keys.get(url.origin);
    if (known !== undefined) return known;
    const key = examine(url);
    if (keys.size >= mostKeysKept) keys.clear();
    keys.set(url.origin, key);
    return key;
  }

  function examine(url: URL): string | null {
    const { hostname } = url;
    const port = portOf(url);
    if (isAllowedHost(allow, hostname, port)) return null;
    const refusal = addressRefusal(url, allow);
    if (refusal === 'port') throw new HttpError(refusal, `${hostname}: port ${port} is not fetched`, hostname);
    if (refusal !== null) throw new HttpError(refusal, `${hostname} is not a public address`, hostname);
    if (contact === null) throw new HttpError('contact-missing', `${hostname}: no contact is configured`, hostname);
    return hostKeyOf(url, allow);
  }
}

function left(endsAt: number, { url: { hostname } }: Hop): number {
  const ms = endsAt - performance.now();
  if (ms <= 0) throw new HttpError('timeout', `${hostname}: too slow`, hostname);
  return ms;
}

function outcomeOf({ status, headers }: Incoming): GateOutcome {
  const seconds = retryAfterSeconds(headers['retry-after'], Date.now());
  const retry = seconds === null ? {} : { retryAfterSeconds: seconds };
  if (status === 429 || (status === 503 && seconds !== null)) return { kind: 'limited', ...retry };
  return { kind: status >= 500 ? 'failed' : 'ok' };
}

const tooMany = ({ url: { hostname } }: Hop) =>
  new HttpError('redirects', `${hostname}: more than ${maxRedirects} redirects`, hostname);
