import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { readFeed } from '#ingest/feed/read.ts';
import { prepareMentions } from '#ingest/prepare.ts';
import { connectorFor } from '#ingest/registry.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { claimDue } from '#storage/source-polls.ts';
import { addSource, type NewSource, pollNow } from '#storage/sources.ts';
import { loadMatching } from '#workers/match-topics.ts';
import { pollBatch } from '#workers/poll.ts';
import { workOff } from '#workers/topic-runs.ts';
import { type TestApp, testApp } from './api-app.ts';
import { aSource } from './builders.ts';

export type FeedItem = { id: string; title: string; text: string; link?: string; at?: Date };

/** The application with feeds it can really poll, and the workers of topics, run by hand. */
export type TopicWorld = {
  api: TestApp;
  /** Prepared items, for what may not be looked at twice. */
  prepared: () => number;
  follow: (path: string, items: readonly FeedItem[], more?: Partial<NewSource>) => Promise<number>;
  show: (path: string, items: readonly FeedItem[]) => void;
  /** Polls every source, whatever its time. */
  poll: () => Promise<void>;
  /** Does every run that somebody asked for. */
  runs: () => Promise<void>;
  /** Makes a topic and lets it collect; answers its public id. */
  topic: (name: string, query: string, more?: object) => Promise<string>;
  /** Titles of the stories in a topic's stream, newest first. */
  stories: (topicId: string, more?: string) => Promise<string[]>;
  mentionCalled: (title: string) => Promise<{ id: string; threadId: string }>;
  close: () => Promise<void>;
};

export const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

export async function topicWorld(): Promise<TopicWorld> {
  const feeds = new Map<string, readonly FeedItem[]>();
  const server = createServer((request, response) => {
    const items = feeds.get(request.url ?? '');
    response.writeHead(items ? 200 : 404, { 'content-type': 'application/rss+xml' });
    response.end(items ? rss(origin, items) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const allow = parseFetchAllow('127.0.0.1');
  const http = createHttp({ contact: null, version: '0', allow });
  const api = await testApp(http);
  const { db, ask } = api;
  const log = createLog('fatal');
  const timeZone = 'Europe/Amsterdam';
  const keys = createKeys(await installationSecret(db));
  let prepared = 0;
  const counting = {
    readFeed,
    prepare: (raws: Parameters<typeof prepareMentions>[0], context: Parameters<typeof prepareMentions>[1]) => {
      prepared += raws.length;
      return prepareMentions(raws, context);
    },
  };
  const deps = { db, keys, http, ingest: counting, connectorFor, allow, log };
  const sources: number[] = [];
  return {
    api,
    prepared: () => prepared,
    async follow(path, items, more = {}) {
      feeds.set(path, items);
      const settings = { url: `${origin}${path}` };
      const { id } = await addSource(db, aSource({ settings, place: `${origin}${path}`, label: path, ...more }));
      sources.push(id);
      return id;
    },
    show: (path, items) => feeds.set(path, items),
    async poll() {
      for (const id of sources) await pollNow(db, id);
      // What somebody changed just now is told a moment later; here it counts at once.
      const topics = { ready: () => loadMatching({ db, timeZone, log }) };
      const lease = crypto.randomUUID();
      const sourceIds = await claimDue(db, lease, 200, 60);
      await pollBatch({ ...deps, topics }, { lease, sourceIds }, new AbortController().signal);
    },
    runs: () => workOff({ db, timeZone, log }, new AbortController().signal),
    async topic(name, query, more = {}) {
      const made = await ask('POST', '/api/topics', { name, kind: 'theme', legalBasis: 'public-task', query, ...more });
      if (made.status !== 201) throw new Error(made.text);
      const started = await ask('POST', `/api/topics/${made.json.id}/start`, {});
      if (started.status !== 200) throw new Error(started.text);
      return made.json.id;
    },
    async stories(topicId, more = '') {
      const { json } = await ask('GET', `/api/stream?topic=${topicId}${more}`);
      return json.threads.map((thread: { title: string }) => thread.title);
    },
    async mentionCalled(title) {
      const { rows } = await sql<{ id: number; thread: number }>`
        select m.id, m.thread_id as thread from mentions m join mention_texts x on x.mention_id = m.id and x.edition = 0
        where x.title = ${title}`.execute(db);
      const { id, thread } = rows[0]!;
      return { id: api.ids.encode('mention', id), threadId: api.ids.encode('thread', thread) };
    },
    async close() {
      await http.close();
      server.close();
      await api.drop();
    },
  };
}

const rss = (origin: string, items: readonly FeedItem[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>De Waardbode</title><link>${origin}/</link>${items
    .map(
      ({ id, title, text, link = `${origin}/artikel/${id}`, at = hoursAgo(2) }) => `<item>
      <guid isPermaLink="false">${id}</guid><title>${title}</title><link>${link}</link>
      <description>${text}</description><pubDate>${at.toUTCString()}</pubDate></item>`,
    )
    .join('')}</channel></rss>`;
