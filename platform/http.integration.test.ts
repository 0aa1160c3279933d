import { createServer } from 'node:http';
import { connect } from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answer, type HostileServer, startHostileServer } from '#test/hostile-server.ts';
import { parseFetchAllow } from './address.ts';
import { createHttp, type GateOutcome, type HostGate, HttpError, httpLimits, httpTimes } from './http.ts';

let server: HostileServer;
let other: HostileServer;
let http: ReturnType<typeof createHttp>;

beforeAll(async () => {
  const behaviours = {
    feed: (socket: Parameters<typeof answer>[0], request: string) =>
      /if-none-match: "v1"\r\n/.test(request)
        ? answer(socket, 304, { etag: '"v1"' })
        : answer(socket, 200, { etag: '"v1"', 'set-cookie': 'a=1', 'x-two': 'a\r\nx-two: b' }, 'body'),
    status: (socket: Parameters<typeof answer>[0], _request: string, path: string) => {
      const [status = '', header = '', value = ''] = decodeURIComponent(path).split('|');
      answer(socket, Number(status), header === '' ? {} : { [header]: value }, status === '204' ? '' : 'text');
    },
    packed: (socket: Parameters<typeof answer>[0], _request: string, path: string) =>
      answer(socket, 200, { 'content-encoding': path }, pack[path]!(Buffer.from('Grüß Gott'.repeat(500)))),
  };
  server = await startHostileServer(behaviours);
  other = await startHostileServer({}, '127.0.0.2');
  http = createHttp({ contact: null, version: '1.2.3', allow: parseFetchAllow('127.0.0.0/8') });
});
afterAll(async () => {
  await http.close();
  await server.close();
  await other.close();
});
beforeEach(() => {
  server.requests.splice(0);
  other.requests.splice(0);
});

const pack: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: zlib.gzipSync,
  'x-gzip': zlib.gzipSync,
  GZIP: zlib.gzipSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
  deflate: zlib.deflateSync,
  'deflate-raw': zlib.deflateRawSync,
  identity: (bytes) => bytes,
};
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof HttpError ? error.reason : String(error)),
  );
const header = (request: string | undefined, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(request ?? '')?.[1]?.trimEnd();

test('the limits are those of the design, section 8', () => {
  expect(httpLimits).toEqual({ maxBodyBytes: 10 * 1024 * 1024, totalMs: 20_000 });
  expect(httpTimes).toEqual({ connectMs: 5_000, headersMs: 15_000, idleMs: 5_000, totalMs: 20_000 });
});

describe('asking', () => {
  test('we say who we are and whom to call, and carry no cookies', async () => {
    const named = createHttp({
      contact: 'mailto:web@voorbeeld.example',
      version: '1.2.3',
      allow: parseFetchAllow('127.0.0.0/8'),
    });
    const first = await named.request({ url: server.url('feed') });
    await named.request({ url: server.url('feed') });
    await named.close();
    expect(header(server.requests[0], 'user-agent')).toBe('Buitenwacht/1.2.3 (+mailto:web@voorbeeld.example)');
    expect(header(server.requests[0], 'accept-encoding')).toBe('gzip, br, zstd, deflate');
    expect(server.requests.join('')).not.toMatch(/cookie/i);
    expect(first.headers).toEqual({ 'content-length': '4', etag: '"v1"', 'x-two': 'a, b' });
  });

  test('validators go back byte for byte, entity tags outside ASCII included', async () => {
    const changed = await http.request({ url: server.url('feed'), headers: { 'if-none-match': '"v1"' } });
    expect(changed).toMatchObject({ status: 304, body: new Uint8Array(0), url: server.url('feed') });
    const odd = 'W/"caf\u00e9 \u00ff",x';
    const modified = 'Mon,  23 Nov 2026 10:00:00 +0100 ';
    await http.request({ url: server.url('feed'), headers: { 'If-None-Match': odd, 'if-modified-since': modified } });
    expect(header(server.requests[1], 'if-none-match')).toBe(odd);
    expect(server.requests[1]).toContain(`if-modified-since: ${modified}\r\n`);
  });

  test('a header that could smuggle a second one, or that is ours to set, is refused before anything is sent', async () => {
    const wrong: Record<string, string>[] = [
      { accept: 'a\r\nx-evil: 1' },
      { accept: 'a\nb' },
      { accept: 'a\0b' },
      { accept: 'caf\u00e9' },
      { 'if-none-match': '"\u2028"' },
      { 'x evil': '1' },
      { 'x\r\ny': '1' },
      { host: 'evil.example' },
      { Cookie: 'a=1' },
      { 'User-Agent': 'Mozilla' },
      { 'accept-encoding': 'br' },
      { 'Content-Length': '0' },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const headers of wrong) {
      expect(await reasonOf(http.request({ url: server.url('feed'), headers })), JSON.stringify(headers)).toBe(
        'protocol',
      );
    }
    expect(server.requests).toEqual([]);
  });

  test('line breaks in an address stay inside its request line', async () => {
    await http.request({ url: `${server.url('hello')}a%0d%0ax-evil:%201?q=\r\nx-evil: 1&b=é` });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]!.split('\r\n')[0]).toBe('GET /hello/a%0d%0ax-evil:%201?q=x-evil:%201&b=%C3%A9 HTTP/1.1');
  });

  test('HEAD has no body, POST sends one', async () => {
    expect((await http.request({ url: server.url('status', '200'), method: 'POST', body: 'a=é' })).status).toBe(200);
    expect(server.requests[0]).toContain('content-length: 4\r\n');
    const head = createServer((_request, response) =>
      response.writeHead(200, { 'content-length': '5', 'content-encoding': 'gzip' }).end(),
    );
    await new Promise<void>((resolve) => head.listen(0, '127.0.0.1', resolve));
    const { port } = head.address() as { port: number };
    expect(await http.request({ url: `http://127.0.0.1:${port}/`, method: 'HEAD' })).toMatchObject({
      status: 200,
      body: new Uint8Array(0),
    });
    head.closeAllConnections();
    head.close();
  });
});

describe('contact', () => {
  test('without one no public host is looked up or asked, an allowed one is', async () => {
    const asked: string[] = [];
    const anonymous = createHttp({
      contact: null,
      version: '1',
      allow: parseFetchAllow('127.0.0.1'),
      network: {
        resolve: async (name) => Array(asked.push(name)).fill('93.184.216.34'),
        dial: () => (target) => void asked.push(target.hostname),
      },
    });
    for (const url of ['https://voorbeeld.example/', 'http://93.184.216.34/', 'https://[2606:4700::1111]/']) {
      expect(await reasonOf(anonymous.request({ url }))).toBe('contact-missing');
    }
    await anonymous.close();
    expect(asked).toEqual([]);
    expect((await http.request({ url: server.url('hello') })).status).toBe(200);
  });
});

describe('reading', () => {
  test.each(Object.keys(pack).filter((name) => name !== 'deflate-raw'))('%s is inflated', async (coding) => {
    const { body } = await http.request({ url: server.url('packed', coding) });
    expect(text(body)).toBe('Grüß Gott'.repeat(500));
  });

  test('deflate without its zlib wrapping is read too', async () => {
    pack.deflate = zlib.deflateRawSync;
    const { body } = await http.request({ url: server.url('packed', 'deflate') });
    pack.deflate = zlib.deflateSync;
    expect(text(body)).toBe('Grüß Gott'.repeat(500));
  });

  test('an HTTP status is an answer, not an error', async () => {
    for (const status of [204, 206, 300, 400, 404, 410, 429, 500, 503]) {
      expect((await http.request({ url: server.url('status', String(status)) })).status).toBe(status);
    }
    expect((await http.request({ url: server.url('status', '302') })).status).toBe(302);
  });

  test('limits can be lowered for one request, not raised', async () => {
    const url = server.url('packed', 'gzip');
    expect(await reasonOf(http.request({ url, limits: { maxBodyBytes: 1_000 } }))).toBe('too-large');
    expect(await reasonOf(http.request({ url: server.url('br-bomb'), limits: { maxBodyBytes: 1e9 } }))).toBe(
      'too-large',
    );
    expect(await reasonOf(http.request({ url: server.url('never-answers'), limits: { totalMs: 50 } }))).toBe('timeout');
  });
});

describe('redirects', () => {
  const to = (status: number, url: string) => server.url(String(status), encodeURIComponent(url));

  test('five are followed, the sixth is not, and a circle is seen at once', async () => {
    const five = await http.request({ url: server.url('chain', '5') });
    expect(text(five.body)).toBe('hello');
    expect(await reasonOf(http.request({ url: server.url('chain', '6') }))).toBe('redirects');
    server.requests.splice(0);
    for (let length = 7; length <= 50; length++)
      await reasonOf(http.request({ url: server.url('chain', String(length)) }));
    expect(server.requests.length).toBe(44 * 6);
    server.requests.splice(0);
    expect(await reasonOf(http.request({ url: server.url('circle', 'a') }))).toBe('redirects');
    expect(await reasonOf(http.request({ url: server.url('cookie-redirect') }))).toBe('redirects');
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  test('only a chain that is permanent so far moves a source', async () => {
    const end = server.url('hello');
    const moved = async (url: string) => (await http.request({ url })).movedTo;
    expect(await moved(to(301, end))).toBe(end);
    expect(await moved(to(308, end))).toBe(end);
    expect(await moved(to(302, end))).toBeUndefined();
    expect(await moved(to(307, to(301, end)))).toBeUndefined();
    expect(await moved(to(301, to(302, end)))).toBe(to(302, end));
    expect(await moved(end)).toBeUndefined();
    expect((await http.request({ url: to(302, end) })).url).toBe(end);
  });

  test('a relative address, a fragment and raw UTF-8 in Location are read as browsers do', async () => {
    const { url } = await http.request({ url: to(302, '../hello/a#top') });
    expect(url).toBe(server.url('hello', 'a'));
    const utf8 = Buffer.from('/hello/café').toString('latin1');
    expect((await http.request({ url: to(302, utf8) })).url).toBe(server.url('hello', 'caf%C3%A9'));
  });

  test('a posted body is repeated at the same host only, and becomes a GET where HTTP says so', async () => {
    const post = (url: string) =>
      http.request({ url, method: 'POST', body: 'secret', headers: { 'content-type': 'text/plain' } });
    await post(to(307, server.url('hello')));
    expect(server.requests[1]).toMatch(/^POST .*secret$/s);
    expect(await reasonOf(post(to(308, other.url('hello'))))).toBe('redirects');
    expect(other.requests).toEqual([]);
    await post(to(303, other.url('hello')));
    expect(other.requests[0]).toMatch(/^GET /);
    expect(other.requests[0]).not.toMatch(/secret|content-type/);
  });

  test('credentials and validators stay with the host they were meant for', async () => {
    const headers = {
      authorization: 'Bearer secret',
      'if-none-match': '"x"',
      'x-api-key': 'secret',
      accept: 'text/xml',
    };
    await http.request({ url: to(302, server.url('hello')), headers });
    expect(header(server.requests[1], 'authorization')).toBe('Bearer secret');
    expect(header(server.requests[1], 'if-none-match')).toBe('"x"');
    await http.request({ url: to(302, other.url('hello')), headers });
    expect(other.requests[0]).not.toMatch(/secret|if-none-match/);
    expect(header(other.requests[0], 'accept')).toBe('text/xml');
    expect(header(other.requests[0], 'user-agent')).toBe('Buitenwacht/1.2.3');
  });

  test('a redirect to where nobody may go is an error with its own reason', async () => {
    expect(await reasonOf(http.request({ url: to(302, 'file:///etc/passwd') }))).toBe('scheme');
    expect(await reasonOf(http.request({ url: to(302, 'http://10.0.0.1/') }))).toBe('private-address');
    expect(await reasonOf(http.request({ url: to(302, 'http://[') }))).toBe('invalid-url');
    expect(await reasonOf(http.request({ url: to(302, 'https://voorbeeld.example/') }))).toBe('contact-missing');
  });
});

describe('the gate', () => {
  /** Public names that lead to the test servers: the one way to be a public host without leaving this machine. */
  function gated(options: { busy?: string } = {}) {
    const events: string[] = [];
    const gate: HostGate = {
      enter: async (key, deadlineMs) => {
        if (key === options.busy) throw new HttpError('busy', `${key} is busy`);
        events.push(`enter ${key} ${deadlineMs <= 20_000 && deadlineMs > 0}`);
        return async (outcome: GateOutcome) => void events.push(`leave ${key} ${JSON.stringify(outcome)}`);
      },
    };
    const client = createHttp({
      contact: 'https://x.example',
      version: '1',
      allow: parseFetchAllow(''),
      gate,
      network: {
        resolve: async () => ['93.184.216.34'],
        dial: () => (target, callback) => {
          if (target.hostname.startsWith('down')) return callback(new Error('down'), null);
          const socket = connect(
            target.hostname.startsWith('two') ? other.port : server.port,
            target.hostname.startsWith('two') ? '127.0.0.2' : '127.0.0.1',
          );
          socket.once('connect', () => {
            Object.defineProperty(socket, 'remoteAddress', { value: '93.184.216.34' });
            callback(null, socket);
          });
        },
      },
    });
    return { client, events };
  }

  test('is entered once per host key, not per hop, and hears how each went', async () => {
    const { client, events } = gated();
    const second = encodeURIComponent('http://two.other.example/hello/');
    const first = encodeURIComponent(`http://b.one.example/302/${second}`);
    await client.request({ url: `http://a.one.example/302/${first}` });
    expect(events).toEqual([
      'enter one.example true',
      'leave one.example {"kind":"ok"}',
      'enter other.example true',
      'leave other.example {"kind":"ok"}',
    ]);
    await client.close();
  });

  test('hears of failures and of limits with the time asked for', async () => {
    const { client, events } = gated();
    const outcome = async (url: string) => {
      events.splice(0);
      await reasonOf(client.request({ url, limits: { totalMs: url.includes('never-answers') ? 300 : 20_000 } }));
      return events.at(-1)!.replace(/^leave \S+ /, '');
    };
    const status = (text: string) => `http://a.one.example/status/${encodeURIComponent(text)}`;
    expect(await outcome('http://down.example/')).toBe('{"kind":"failed"}');
    expect(await outcome('http://a.one.example/never-answers/')).toBe('{"kind":"failed"}');
    expect(await outcome('http://a.one.example/not-http/')).toBe('{"kind":"failed"}');
    expect(await outcome(status('500'))).toBe('{"kind":"failed"}');
    expect(await outcome(status('503'))).toBe('{"kind":"failed"}');
    expect(await outcome(status('404'))).toBe('{"kind":"ok"}');
    expect(await outcome('http://a.one.example/br-bomb/')).toBe('{"kind":"ok"}');
    expect(await outcome('http://a.one.example/circle/a')).toBe('{"kind":"ok"}');
    expect(await outcome(status('429'))).toBe('{"kind":"limited"}');
    expect(await outcome(status('429|retry-after|120'))).toBe('{"kind":"limited","retryAfterSeconds":120}');
    expect(await outcome(status('503|retry-after|7'))).toBe('{"kind":"limited","retryAfterSeconds":7}');
    expect(await outcome(status('429|retry-after|999999999999'))).toBe('{"kind":"limited","retryAfterSeconds":86400}');
    expect(await outcome(status('429|retry-after|soon'))).toBe('{"kind":"limited"}');
    await client.close();
  });

  test('that is busy passes on its own word, and nothing is left open', async () => {
    const { client, events } = gated({ busy: 'other.example' });
    const there = encodeURIComponent('http://two.other.example/hello/');
    expect(await reasonOf(client.request({ url: `http://a.one.example/302/${there}` }))).toBe('busy');
    expect(events).toEqual(['enter one.example true', 'leave one.example {"kind":"ok"}']);
    await client.close();
  });

  test('is skipped for hosts of FETCH_ALLOW', async () => {
    const gate: HostGate = { enter: () => Promise.reject(new Error('asked')) };
    const client = createHttp({ contact: null, version: '1', allow: parseFetchAllow('127.0.0.1'), gate });
    expect((await client.request({ url: server.url('hello') })).status).toBe(200);
    await client.close();
  });
});

describe('errors', () => {
  test('name the host and never a secret of the address', async () => {
    const lines: string[] = [];
    const client = createHttp({
      contact: null,
      version: '1',
      allow: parseFetchAllow('127.0.0.0/8'),
      log: { debug: (fields, message) => void lines.push(`${message} ${JSON.stringify(fields)}`) },
    });
    const failures = [
      `${server.url('gzip-garbage')}?token=hunter2`,
      server.url('302', encodeURIComponent('http://10.0.0.1/?token=hunter2')),
      'http://user:hunter2@127.0.0.1/',
      'http://voorbeeld.example/?key=hunter2',
      'http://127.0.0.1:1/?key=hunter2',
    ];
    for (const url of failures) {
      const error = (await client.request({ url }).catch((thrown) => thrown)) as HttpError;
      expect(error).toBeInstanceOf(HttpError);
      expect(`${error.message} ${error.stack} ${String(error.cause)}`, url).not.toContain('hunter2');
    }
    await client.close();
    expect(lines).toHaveLength(failures.length);
    expect(lines.join('\n')).not.toContain('hunter2');
  });

  test('a plain server behind https and a closed port have their own reasons', async () => {
    const plain = createServer();
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    expect(await reasonOf(http.request({ url: `https://127.0.0.1:${port}/` }))).toBe('tls');
    plain.close();
    expect(await reasonOf(http.request({ url: 'http://127.0.0.1:1/' }))).toBe('connect');
  });
});

test('a name server that never answers costs the connect time and nobody else', async () => {
  const client = createHttp({
    contact: 'https://x.example',
    version: '1',
    allow: parseFetchAllow('127.0.0.0/8'),
    times: { connectMs: 1_000 },
    network: { resolve: () => new Promise(() => {}) },
  });
  const started = performance.now();
  let silentAnswers = 0;
  const silent = Array.from({ length: 40 }, async (_, i) => {
    const reason = await reasonOf(client.request({ url: `http://silent${i}.example/` }));
    silentAnswers++;
    return reason;
  });
  expect((await client.request({ url: server.url('hello') })).status).toBe(200);
  // It did not wait for them, however slow this machine is at the moment.
  expect(silentAnswers).toBe(0);
  expect(new Set(await Promise.all(silent))).toEqual(new Set(['timeout']));
  expect(performance.now() - started).toBeLessThan(5_000);
  await client.close();
});

test('no host stays behind once its idle connection is gone, and close ends what is left', async () => {
  const client = createHttp({ contact: null, version: '1', allow: parseFetchAllow('127.0.0.0/8') });
  const hosts = Array.from({ length: 300 }, (_, i) => `http://h${i}.localhost:${server.port}/hello/`);
  await Promise.all(hosts.map((url) => client.request({ url })));
  expect(client.hostCount()).toBeGreaterThan(200);
  await expect.poll(() => client.hostCount(), { timeout: 10_000 }).toBe(0);
  const open = client.request({ url: server.url('never-answers') });
  setTimeout(() => void client.close(), 50);
  expect(await reasonOf(open)).toBe('connect');
  expect(await reasonOf(client.request({ url: server.url('hello') }))).toBe('connect');
});
