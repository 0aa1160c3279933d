import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import { createClient } from '#search/elasticsearch/client.ts';
import { listIndices, refresh, removeIndex } from '#search/elasticsearch/indices.ts';
import { indexVersions } from '#search/elasticsearch/stretches.ts';
import type { Database } from '#storage/database.ts';
import { versionsIn } from '#storage/search-source.ts';

/** The Elasticsearch that tests share; they keep apart by prefixes of their own, and never stop it. */
export const elasticsearchUrl = process.env.ELASTICSEARCH_URL;

/** The process group of an Elasticsearch that was started for nobody else (ENGINES_ROOT is set), so that it may be made to hang. */
export function serverOfOurs(): number | null {
  const root = process.env.ENGINES_ROOT;
  const file = root && join(root, 'elasticsearch.pid');
  return file && existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;
}

export type FreshIndices = { client: Client; prefix: string; drop: () => Promise<void> };

/** A prefix of the caller's own; `drop` takes away every index under it. */
export function freshIndices(url = elasticsearchUrl!): FreshIndices {
  const client = createClient(url);
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  return {
    client,
    prefix,
    async drop() {
      const straight = createClient(elasticsearchUrl!);
      for (const index of (await listIndices(straight, prefix)).every) await removeIndex(straight, index);
      await straight.close();
      await client.close();
    },
  };
}

/** What differs between the stored documents and the living index, as sentences; of worlds with ids below 10,000. */
export async function differences(db: Database, client: Client, prefix: string): Promise<string[]> {
  const { living } = await listIndices(client, prefix);
  if (living === null) return ['there is no index'];
  await refresh(client, living);
  const found: string[] = [];
  for (const kind of ['mention', 'reply'] as const) {
    const there = await indexVersions(client, living, { kind, stretch: 0 });
    const here = await versionsIn(db, kind, 0, 10_000);
    for (const [id, version] of here)
      if (there.get(id) !== version) found.push(`${kind} ${id} is ${there.get(id)} there and ${version} here`);
    for (const id of there.keys()) if (!here.has(id)) found.push(`${kind} ${id} is there and not here`);
  }
  return found;
}

export type ElasticProxy = {
  url: string;
  /** Takes requests and does nothing with them, as a stopped process does; after `thaw` it does them all. */
  freeze: () => void;
  thaw: () => void;
  /** Nobody listens. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Lets a bulk request through and loses its answer, for such a part of them. */
  loseAnswers: (part: number) => void;
  lost: () => number;
  close: () => Promise<void>;
};

/** Stands before the shared Elasticsearch and fails as one can, for one test and nobody else. */
export async function startElasticProxy(target = elasticsearchUrl!, random = Math.random): Promise<ElasticProxy> {
  let frozen: (() => void)[] | null = null;
  let part = 0;
  let lost = 0;
  const sockets = new Set<Socket>();

  const pass = (incoming: IncomingMessage, answer: ServerResponse) => {
    const onward = request(
      new URL(incoming.url!, target),
      { method: incoming.method, headers: incoming.headers },
      (response) => {
        if (incoming.url!.includes('/_bulk') && random() < part) {
          lost += 1;
          response.resume();
          response.on('end', () => incoming.socket.destroy());
          return;
        }
        answer.writeHead(response.statusCode!, response.headers);
        response.pipe(answer);
      },
    );
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  };
  const server = createServer((incoming, answer) => {
    if (frozen) frozen.push(() => pass(incoming, answer));
    else pass(incoming, answer);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    freeze: () => {
      frozen = [];
    },
    thaw() {
      const waiting = frozen ?? [];
      frozen = null;
      for (const go of waiting) go();
    },
    stop,
    start: async () => {
      if (!server.listening) await listen(port);
    },
    loseAnswers: (newPart) => {
      part = newPart;
    },
    lost: () => lost,
    close: async () => {
      if (server.listening) await stop();
    },
  };
}
