import { createServer, type Server, type Socket } from 'node:net';
import zlib from 'node:zlib';

/** What a server does to one request. `path` is the whole target after the first segment, with its query. */
export type Misbehaviour = (socket: Socket, request: string, path: string) => void;

export type HostileServer = {
  port: number;
  /** Address at which a misbehaviour of that name is waiting. */
  url: (name: string, rest?: string) => string;
  /** Everything that was asked, head and body as they came in. */
  requests: string[];
  close: () => Promise<void>;
};

/**
 * Starts a server on loopback that speaks just enough HTTP to misuse it: `/name/rest` runs `misbehaviours[name]`, or one of
 * `extra`. Requests are answered one at a time per connection; nothing is checked.
 */
export async function startHostileServer(
  extra: Record<string, Misbehaviour> = {},
  host = '127.0.0.1',
): Promise<HostileServer> {
  const behaviours = { ...misbehaviours, ...extra };
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/^content-length: *(\d+)/im.exec(received.slice(0, headEnd))?.[1] ?? 0);
      if (received.length < headEnd + 4 + length) return;
      const request = received;
      received = '';
      if (requests.length < 10_000) requests.push(request);
      const [, name = '', path = ''] = /^\S+ \/([^/? ]*)\/?(\S*)/.exec(request) ?? [];
      const behave = behaviours[name] ?? notFound;
      behave(socket, request, path);
    });
  });
  const port = await listen(server, 0, host);
  return {
    port,
    url: (name, rest = '') => `http://${host.includes(':') ? `[${host}]` : host}:${port}/${name}/${rest}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Resolves to the port once the server listens; rejects when the address cannot be bound. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** One whole, correct answer. */
export function answer(
  socket: Socket,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer = '',
): void {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers }).map(
    (h) => `${h[0]}: ${h[1]}\r\n`,
  );
  socket.write(`HTTP/1.1 ${status} Something\r\n${lines.join('')}\r\n`, 'latin1');
  if (bytes.length > 0) socket.write(bytes);
}

const notFound: Misbehaviour = (socket) => answer(socket, 404, {});
const ok = (headers = '') => `HTTP/1.1 200 OK\r\n${headers}\r\n`;
const redirect =
  (status: number): Misbehaviour =>
  (socket, _request, path) =>
    answer(socket, status, { location: decodeURIComponent(path) });

/** Writes again and again, as fast as the other side reads, until the connection ends. */
function pour(socket: Socket, head: string, next: () => string | Buffer): void {
  const flow = () => {
    for (let i = 0; i < 50; i++) if (socket.destroyed || !socket.write(next())) return;
    setImmediate(flow);
  };
  socket.write(head);
  socket.on('drain', flow);
  flow();
}

function drip(socket: Socket, head: string, next: () => string): void {
  socket.write(head);
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(next())), 1_000);
  socket.on('close', () => clearInterval(timer));
}

const megabyte = Buffer.alloc(1024 * 1024, 'a');
const makers = {
  gzip: zlib.gzipSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
  deflate: zlib.deflateSync,
};
const made = new Map<string, Buffer>();

/** 60 MB in a few hundred bytes (gzip: 60 kB); made once, which takes up to a second. */
export function bomb(coding: keyof typeof makers): Buffer {
  const bytes = made.get(coding) ?? makers[coding](Buffer.alloc(60 * megabyte.length));
  made.set(coding, bytes);
  return bytes;
}
const packed = (coding: keyof typeof makers) => (socket: Socket) =>
  answer(socket, 200, { 'content-encoding': coding }, bomb(coding));

/** The ways to misuse HTTP, by name. */
export const misbehaviours: Record<string, Misbehaviour> = {
  endless: (socket) => pour(socket, ok(), () => megabyte),
  'endless-chunked': (socket) =>
    pour(socket, ok('transfer-encoding: chunked\r\n'), () => `10000\r\n${'a'.repeat(65_536)}\r\n`),
  'tiny-chunks': (socket) => pour(socket, ok('transfer-encoding: chunked\r\n'), () => '1\r\na\r\n'.repeat(2_000)),
  'one-byte-a-second': (socket) => drip(socket, ok('content-length: 1000000\r\n'), () => 'a'),
  'one-header-a-second': (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n', () => 'x: y\r\n'),
  'huge-headers': (socket) =>
    pour(socket, 'HTTP/1.1 200 OK\r\n', () => `x-${'a'.repeat(1_000)}: ${'b'.repeat(1_000)}\r\n`),
  'many-headers': (socket) => socket.write(ok(`${'x: y\r\n'.repeat(200)}content-length: 0\r\n`)),
  'interim-flood': (socket) => pour(socket, '', () => 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  continue: (socket) => pour(socket, '', () => 'HTTP/1.1 100 Continue\r\n\r\n'),
  'length-too-long': (socket) => socket.end(`${ok('content-length: 1000\r\n')}short`),
  'length-too-short': (socket) => socket.end(`${ok('content-length: 5\r\n')}hello and more`),
  'length-huge': (socket) => socket.write(ok('content-length: 99999999999\r\n')),
  'length-twice': (socket) => socket.end(`${ok('content-length: 5\r\ncontent-length: 6\r\n')}hello!`),
  'length-and-chunks': (socket) =>
    socket.end(`${ok('content-length: 3\r\ntransfer-encoding: chunked\r\n')}5\r\nhello\r\n0\r\n\r\n`),
  'chunk-cut': (socket) => socket.end(`${ok('transfer-encoding: chunked\r\n')}ff\r\nhello`),
  'chunk-garbage': (socket) => socket.end(`${ok('transfer-encoding: chunked\r\n')}zz\r\nhello\r\n`),
  'not-http': (socket) => socket.end('220 mail.example ESMTP ready\r\n'),
  'closes-at-once': (socket) => socket.destroy(),
  resets: (socket) => socket.resetAndDestroy(),
  'never-answers': () => {},
  'stalls-in-body': (socket) => socket.write(`${ok('content-length: 100\r\n')}half`),
  upgrade: (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
  'gzip-garbage': (socket) => answer(socket, 200, { 'content-encoding': 'gzip' }, 'this was never gzip'),
  'gzip-cut': (socket) =>
    answer(socket, 200, { 'content-encoding': 'gzip' }, zlib.gzipSync('hello'.repeat(999)).subarray(0, 30)),
  'br-cut': (socket) => answer(socket, 200, { 'content-encoding': 'br' }, bomb('br').subarray(0, 20)),
  'zstd-cut': (socket) =>
    answer(
      socket,
      200,
      { 'content-encoding': 'zstd' },
      zlib.zstdCompressSync(Buffer.from('hello world, hello')).subarray(0, 20),
    ),
  'gzip-endless': (socket) => pour(socket, ok('content-encoding: gzip\r\n'), () => endlessGzip),
  'gzip-twice': (socket) => answer(socket, 200, { 'content-encoding': 'gzip, gzip' }, zlib.gzipSync(bomb('gzip'))),
  'gzip-twice-in-two-fields': (socket) =>
    socket.write(ok('content-encoding: gzip\r\ncontent-encoding: br\r\ncontent-length: 1\r\n')),
  'unknown-coding': (socket) => answer(socket, 200, { 'content-encoding': 'compress' }, 'x'),
  'gzip-bomb': packed('gzip'),
  'br-bomb': packed('br'),
  'zstd-bomb': packed('zstd'),
  'deflate-bomb': packed('deflate'),
  'gzip-bomb-members': (socket) =>
    answer(socket, 200, { 'content-encoding': 'gzip' }, Buffer.concat(Array(60).fill(zlib.gzipSync(megabyte)))),
  'not-modified-with-body': (socket) => socket.end('HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\nhello'),
  301: redirect(301),
  302: redirect(302),
  303: redirect(303),
  307: redirect(307),
  308: redirect(308),
  circle: (socket, _request, path) => answer(socket, 302, { location: `/circle/${path === 'a' ? 'b' : 'a'}` }),
  /** `/chain/7` redirects seven times and then says hello. */
  chain: (socket, _request, path) =>
    Number(path) === 0
      ? answer(socket, 200, {}, 'hello')
      : answer(socket, 301, { location: `/chain/${Number(path) - 1}` }),
  'redirect-with-endless-body': (socket, _request, path) =>
    pour(socket, `HTTP/1.1 302 Found\r\nlocation: ${decodeURIComponent(path)}\r\n\r\n`, () => megabyte),
  'cookie-redirect': (socket) => answer(socket, 302, { location: '/cookie-redirect/', 'set-cookie': 'seen=1' }),
  refresh: (socket, _request, path) => answer(socket, 200, { refresh: `0; url=${decodeURIComponent(path)}` }, 'hello'),
  hello: (socket) => answer(socket, 200, { 'content-type': 'text/plain' }, 'hello'),
};

/** Empty stored blocks: valid deflate that never ends and puts nothing out. */
const endlessGzip = Buffer.concat(Array(13_000).fill(Buffer.from([0, 0, 0, 0xff, 0xff])));
