import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { type Body, codingOf, collectBody, type Inflating, inflate } from './http-body.ts';
import { HttpError, toHttpError } from './http-error.ts';
import { createBodyMemory } from './http-memory.ts';

/** One request to one host, already allowed. `headers`: name, value, name, value. */
export type Outgoing = { url: URL; method: 'GET' | 'POST' | 'HEAD'; headers: string[]; body: string | undefined };
export type Incoming = { status: number; headers: Record<string, string>; body: Uint8Array };
export type Exchange = {
  send: (outgoing: Outgoing, limits: { maxBodyBytes: number; totalMs: number }) => Promise<Incoming>;
  close: () => Promise<void>;
  /** Hosts with a connection, for tests. */
  hostCount: () => number;
};

const maxHeaderBytes = 16 * 1024;
const maxHeaderFields = 100;
const maxInterimAnswers = 10;
/** A chunk costs the same whatever is in it: this many that hold less than this on average are work, not an answer. */
const crumbs = { chunks: 10_000, bytesEach: 16 };
/** Long enough for the next page or redirect, short enough that thousands of hosts do not stay connected. */
const keepAliveMs = 2_500;
const connectionsPerHost = 32;
const nothing = new Uint8Array(0);

/**
 * Sends single requests and reads their whole answers. Dispatches to undici directly instead of through `request`: every byte is
 * counted where it arrives, and a poll without news costs no stream.
 */
export function createExchange(options: {
  connect: buildConnector.connector;
  headersMs: number;
  idleMs: number;
}): Exchange {
  const agent = new Agent({
    connect: options.connect,
    allowH2: false,
    connections: connectionsPerHost,
    pipelining: 1,
    headersTimeout: options.headersMs,
    bodyTimeout: options.idleMs,
    maxHeaderSize: maxHeaderBytes,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
  });
  const shareMemory = createBodyMemory();

  return {
    close: () => agent.destroy(),
    hostCount: () => Object.keys(agent.stats).length,
    send: ({ url, method, headers, body }, { maxBodyBytes, totalMs }) =>
      new Promise((resolve, reject) => {
        const { hostname } = url;
        let controller: Dispatcher.DispatchController | null = null;
        let answer: Incoming | null = null;
        let wire: Body | null = null;
        let inflating: Inflating | null = null;
        let interimAnswers = 0;
        let chunks = 0;
        let wireBytes = 0;
        let isSettled = false;

        const share = shareMemory(() => (inflating ?? controller)?.resume());
        const timer = setTimeout(() => fail(timeout(hostname, totalMs)), totalMs);
        const settle = () => {
          isSettled = true;
          clearTimeout(timer);
          share.release();
        };
        const succeed = (incoming: Incoming) => {
          if (isSettled) return;
          settle();
          resolve(incoming);
        };
        const fail = (error: unknown) => {
          if (isSettled) return;
          settle();
          inflating?.cancel();
          const failure = toHttpError(error, hostname, answer !== null);
          controller?.abort(failure);
          reject(failure);
        };

        agent.dispatch(
          { origin: url.origin, path: url.pathname + url.search, method, headers, body: body ?? null },
          {
            onRequestStart(started) {
              controller = started;
              if (isSettled) started.abort(new Error('given up'));
            },
            onResponseStart(started, status, fields) {
              if (status < 200) {
                if (++interimAnswers > maxInterimAnswers) throw broken(hostname, 'endless interim answers');
                return;
              }
              if ((started.rawHeaders as unknown[]).length > 2 * maxHeaderFields) {
                throw broken(hostname, `more than ${maxHeaderFields} header fields`);
              }
              answer = { status, headers: joined(fields), body: nothing };
              if (isRedirect(answer)) {
                succeed(answer);
                // Its body is of no use, and reading it to its end may take for ever.
                if (answer.headers['content-length'] !== '0') started.abort(new Error('redirected'));
                return;
              }
              if (method === 'HEAD' || status === 204 || status === 304) return;
              codingOf(answer.headers['content-encoding'], hostname);
              const expectedBytes = Number(answer.headers['content-length']) || 0;
              if (expectedBytes > maxBodyBytes) throw tooLarge(hostname, maxBodyBytes);
              wire = collectBody(maxBodyBytes, share, hostname, expectedBytes);
            },
            onResponseData(started, chunk) {
              if (!wire || isSettled) return;
              wireBytes += chunk.length;
              if (++chunks > crumbs.chunks && wireBytes < chunks * crumbs.bytesEach) {
                throw broken(hostname, 'an answer in crumbs');
              }
              if (!wire.add(chunk)) started.pause();
            },
            onResponseEnd() {
              if (!answer || isSettled) return;
              const bytes = wire?.bytes() ?? nothing;
              const coding = bytes.length > 0 ? codingOf(answer.headers['content-encoding'], hostname) : null;
              const { status, headers } = answer;
              if (!coding) return succeed({ status, headers, body: bytes });
              inflating = inflate(bytes, coding, collectBody(maxBodyBytes, share, hostname), hostname);
              inflating.done.then((inflated) => succeed({ status, headers, body: inflated }), fail);
            },
            onResponseError: (_started, error) => fail(error),
          },
        );
      }),
  };
}

/** An answer that points elsewhere; 300, 304 and a redirect without an address are answers like any other. */
export const isRedirect = ({ status, headers }: Incoming) =>
  headers.location !== undefined && (status === 307 || status === 308 || (status >= 301 && status <= 303));

/** One string per name; cookies are not even looked at. */
function joined(fields: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined || name === 'set-cookie') continue;
    headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

const broken = (hostname: string, what: string) => new HttpError('protocol', `${hostname}: ${what}`, hostname);
const tooLarge = (hostname: string, bytes: number) =>
  new HttpError('too-large', `${hostname}: more than ${bytes} bytes`, hostname);
const timeout = (hostname: string, ms: number) =>
  new HttpError('timeout', `${hostname}: no whole answer within ${ms} ms`, hostname);
