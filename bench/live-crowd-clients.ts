// A crowd of live clients in a process of its own, on bare sockets so that they cost little beside what they measure. Told by
// messages what to do; answers each with one.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Crowd = { port: number; clients: { header: string; class: number }[] };
export type Happened = { publicId: string; sentAt: number; classes: number[] };
export type Asked =
  | { ask: 'open'; side: string; crowd: Crowd }
  | { ask: 'begin'; side: string }
  | { ask: 'kill'; side: string; each: number }
  | { ask: 'report'; side: string; happened: Happened[] };
export type Report = {
  frames: number;
  p50: number;
  p95: number;
  max: number;
  lost: number;
  leaked: number;
  twice: number;
  resyncs: number;
  ended: number;
};

type Client = {
  header: string;
  class: number;
  address: string;
  socket: Socket | null;
  rest: string;
  lastId: string;
  /** Until the first frame after coming back: what that brings is late because nobody was there. */
  isCatchingUp: boolean;
  heard: number[];
  resyncAt: number;
};
type Side = {
  port: number;
  clients: Client[];
  data: Map<string, number>;
  arrived: number[][];
  resyncs: number;
  ended: number;
};

const sides = new Map<string, Side>();
const now = () => performance.timeOrigin + performance.now();
const comeBackMs = 500;

function open(side: Side, client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: side.port, localAddress: client.address });
    client.socket = socket;
    client.rest = '';
    const resume = client.lastId === '' ? '' : `Last-Event-ID: ${client.lastId}\r\n`;
    socket.write(`GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:${side.port}\r\n${client.header}\r\n${resume}\r\n`);
    const back = () => {
      if (client.socket !== socket) return;
      client.socket = null;
      client.isCatchingUp = true;
      side.ended += 1;
      setTimeout(() => void open(side, client).catch(() => undefined), comeBackMs);
    };
    socket.on('error', reject).on('close', back);
    socket.on('data', (bytes) => {
      if (take(side, client, bytes.toString('latin1'))) resolve();
    });
  });
}

/** Reads whole frames; true when the client knows its place. Which bytes frame a chunk is skipped: no frame is cut in two by them. */
function take(side: Side, client: Client, bytes: string): boolean {
  const text = client.rest === '' ? bytes : client.rest + bytes;
  let from = 0;
  for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n', from)) {
    const idAt = text.indexOf('id: ', from);
    // Held by nothing larger: a slice would keep the whole text.
    if (idAt >= 0 && idAt < end) {
      client.lastId = text.slice(idAt + 4, text.indexOf('\n', idAt));
      const dataAt = text.indexOf('data: ', idAt);
      if (dataAt >= 0 && dataAt < end) hear(side, client, text.slice(dataAt + 6, end));
      client.isCatchingUp = false;
    } else if (text.startsWith('HTTP/1.1 ', from) && !text.startsWith('200', from + 9))
      throw new Error(`a stream was answered ${text.slice(from, from + 60)}`);
    from = end + 2;
  }
  client.rest = text.slice(from);
  // The stream ended in good order; the connection would stay for another request.
  if (client.rest.endsWith('\r\n0\r\n\r\n')) client.socket?.destroy();
  return client.lastId !== '';
}

function hear(side: Side, client: Client, data: string) {
  if (data === '{}') {
    side.resyncs += 1;
    client.resyncAt = now();
    return;
  }
  let index = side.data.get(data);
  if (index === undefined) {
    index = side.arrived.push([]) - 1;
    side.data.set(data, index);
  }
  client.heard.push(index);
  if (!client.isCatchingUp) side.arrived[index]!.push(now());
}

function begin(side: Side) {
  side.data.clear();
  side.arrived = [];
  side.resyncs = 0;
  side.ended = 0;
  for (const client of side.clients) client.heard = [];
}

function report(side: Side, happened: Happened[]): Report {
  const byId = new Map(happened.map((one) => [one.publicId, one]));
  const threadsOf: string[][] = [];
  for (const [data, index] of side.data) threadsOf[index] = (JSON.parse(data) as { threads: string[] }).threads;
  const late: number[] = [];
  for (const [index, times] of side.arrived.entries())
    for (const id of threadsOf[index]!) {
      const sentAt = byId.get(id)?.sentAt;
      if (sentAt !== undefined) for (const time of times) late.push(time - sentAt);
    }
  late.sort((a, b) => a - b);
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? Number.NaN;
  let [frames, lost, leaked, twice] = [0, 0, 0, 0];
  for (const client of side.clients) {
    frames += client.heard.length;
    const told = client.heard.flatMap((index) => threadsOf[index]!);
    const heard = new Set(told);
    twice += told.length - heard.size;
    for (const { publicId, sentAt, classes } of happened) {
      const isFor = classes.includes(client.class);
      if (isFor && !heard.has(publicId) && sentAt > client.resyncAt) lost += 1;
      if (!isFor && heard.has(publicId)) leaked += 1;
    }
  }
  return {
    frames,
    p50: at(0.5),
    p95: at(0.95),
    max: at(1),
    lost,
    leaked,
    twice,
    resyncs: side.resyncs,
    ended: side.ended,
  };
}

async function answer(asked: Asked): Promise<unknown> {
  if (asked.ask === 'open') {
    const { port, clients } = asked.crowd;
    const made = clients.map((client, n) => ({
      ...client,
      // An address has its cap.
      address: `127.0.0.${1 + (n % 8)}`,
      socket: null,
      rest: '',
      lastId: '',
      isCatchingUp: false,
      heard: [],
      resyncAt: 0,
    }));
    const side = { port, clients: made, data: new Map(), arrived: [], resyncs: 0, ended: 0 };
    sides.set(asked.side, side);
    for (let n = 0; n < made.length; n += 50)
      await Promise.all(made.slice(n, n + 50).map((client) => open(side, client)));
    return made.length;
  }
  const side = sides.get(asked.side)!;
  if (asked.ask === 'begin') begin(side);
  else if (asked.ask === 'report') return report(side, asked.happened);
  else {
    for (const [n, client] of side.clients.entries()) if (n % asked.each === 0) client.socket?.destroy();
    await sleep(comeBackMs);
  }
  return null;
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (answered) => process.send?.({ answered }),
    (error: unknown) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});
process.on('SIGTERM', () => process.exit(0));
