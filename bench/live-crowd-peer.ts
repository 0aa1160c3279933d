// The least that could stand in our place: bare node:http that writes the frames it is told of to everyone in a class, at most ten
// a second, the same bytes to all. It knows nobody, looks nothing up and nobody can come back to it.
import { createServer, type ServerResponse } from 'node:http';

const tickMs = 100;
const id = 'x'.repeat(70);
const classes = new Map<number, Set<ServerResponse>>();
/** What waits, by class. */
let pending = new Map<number, string[]>();
let timer: NodeJS.Timeout | undefined;
let flushedAt = 0;

const server = createServer((request, response) => {
  const own = Number(request.headers['x-class'] ?? -1);
  if (own < 0) return response.end('ready');
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  response.write(`: \nid: ${id}\n\n`);
  const inClass = classes.get(own) ?? new Set();
  classes.set(own, inClass.add(response));
  return response.on('close', () => inClass.delete(response));
}).listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'));

process.on('message', ({ thread, to }: { thread: string; to: number[] }) => {
  for (const own of to) pending.set(own, [...(pending.get(own) ?? []), thread]);
  if (!timer) timer = setTimeout(flush, Math.max(0, flushedAt + tickMs - Date.now()));
});

function flush() {
  const now = pending;
  pending = new Map();
  timer = undefined;
  for (const [own, threads] of now) {
    const data = JSON.stringify({ threads, newThreads: 0, sources: [], circles: [], attention: false });
    const frame = Buffer.from(`event: change\nid: ${id}\ndata: ${data}\n\n`);
    for (const response of classes.get(own) ?? []) response.write(frame);
  }
  flushedAt = Date.now();
}
process.on('SIGTERM', () => {
  server.closeAllConnections();
  process.exit(0);
});
