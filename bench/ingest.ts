import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { connectorFor } from '#ingest/registry.ts';
import { createIngestThread } from '#ingest/thread.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { migrate } from '#storage/migrate.ts';
import { ensurePartitions } from '#storage/partitions.ts';
import { claimDue } from '#storage/source-polls.ts';
import { addSources } from '#storage/sources.ts';
import { loadMatching, type Matching } from '#workers/match-topics.ts';
import { leaseSeconds, pollBatch } from '#workers/poll.ts';
import { type FeedServer, pseudoWord, startFeedServer, vocabularySize } from './feeds.ts';
import type { Bench, Size } from './harness.ts';
import { ingestNaively, naiveTable } from './ingest-naive.ts';
import { topicQueries } from './topic-queries.ts';

const itemsPerFeed = 50;
const newPerRound = 5;
const feedCount = { smoke: 40, std: 400 };
const naive = 'naive loop';
/** As workers/workers.ts has it. */
const pollJobs = 3;
const sourcesPerJob = 200;

/** P1: cold tables, every item of every feed is new. */
export const ingestCold: Bench = {
  id: 'P1',
  title: 'ingest, all new: language, sentiment, joining, tsvector, change rows',
  unit: 'entries',
  targets: [{ peer: naive, now: 10, goal: 25, is: 'at-least' }],
  async open(size) {
    const world = await openWorld(size);
    await world.server.show(0, itemsPerFeed);
    return {
      ...world.shared,
      sides: [
        { name: 'buitenwacht', reset: world.emptyOurs, run: () => world.pollAll() },
        { name: naive, reset: world.emptyNaive, run: world.loopAll },
      ],
    };
  },
};

/** P2b: the ordinary case: in every feed of 50 items 5 are new and 45 are known. */
export const ingestTrickle: Bench = {
  id: 'P2b',
  title: 'ingest, 5 new and 45 known in every feed',
  unit: 'new entries',
  targets: [{ peer: naive, now: 10, goal: 25, is: 'at-least' }],
  async open(size) {
    const world = await openWorld(size);
    await world.server.show(0, itemsPerFeed);
    await world.pollAll();
    await world.loopAll();
    let shown = 0;
    return {
      ...world.shared,
      sides: [
        {
          name: 'buitenwacht',
          reset: async () => {
            shown += newPerRound;
            await world.server.show(shown, itemsPerFeed);
            await world.makeDue();
          },
          run: () => world.pollAll(),
        },
        { name: naive, reset: async () => undefined, run: world.loopAll },
      ],
    };
  },
};

const without = 'without topics';
const topicCount = 200;

/** P1-topics: what matching two hundred standing queries costs the cold run. */
export const ingestTopics: Bench = {
  id: 'P1-topics',
  title: `ingest, all new, with ${topicCount} topics against the same run without`,
  unit: 'entries',
  targets: [{ peer: without, now: 0.9, goal: 0.95, is: 'at-least' }],
  async open(size) {
    const world = await openWorld(size);
    await world.server.show(0, itemsPerFeed);
    const topics = topicQueries(topicCount, pseudoWord, vocabularySize);
    const none = await world.matching();
    await world.addTopics(topics);
    const all = await world.matching();
    let found = {};
    return {
      gate: async () => {
        const side = await world.countFound();
        if (side.mentions === 0 || side.matches > 0) throw new Error(`void: ${JSON.stringify(side)}`);
      },
      close: world.shared.close,
      notes: () => ({ topics: topicCount, ...found }),
      sides: [
        {
          name: 'buitenwacht',
          reset: world.emptyOurs,
          run: async () => {
            const stored = await world.pollAll(all);
            found = await world.countFound();
            return stored;
          },
        },
        { name: without, reset: world.emptyOurs, run: () => world.pollAll(none) },
      ],
    };
  },
};

async function openWorld(size: Size) {
  const feeds = feedCount[size];
  const server: FeedServer = await startFeedServer(feeds);
  const addresses = Array.from({ length: feeds }, (_, feed) => server.address(feed));
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-ingest-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const log = createLog('error');
  const postgres = await startPostgres({ dataDir, log });
  await migrate(postgres.url);
  const { db } = openDatabase(postgres.url, { max: 8, name: 'bench', onError: () => undefined });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(naiveTable);
  await ensurePartitions(db, new Date());
  const allow = parseFetchAllow('127.0.0.0/8');
  const http = createHttp({ contact: null, version: 'bench', allow });
  const ingest = createIngestThread();
  const deps = { db, keys: createKeys(await installationSecret(db)), http, ingest, connectorFor, allow, log };
  await addSources(
    db,
    addresses.map((url) => ({
      connector: 'feed',
      settings: { url },
      place: url,
      label: url,
      keeps: 'everything',
      hostKey: null,
    })),
  );
  const makeDue = async () => {
    await sql`update source_polls set next_poll_at = now()`.execute(db);
  };
  const matching = () => loadMatching({ db, timeZone: 'Europe/Amsterdam', log });
  const noTopics = await matching();
  const pollAll = async (topics: Matching = noTopics) => {
    let stored = 0;
    const polling = { ...deps, topics: { ready: async () => topics } };
    const work = async () => {
      for (;;) {
        const lease = randomUUID();
        const sourceIds = await claimDue(db, lease, sourcesPerJob, leaseSeconds);
        if (sourceIds.length === 0) return;
        await pollBatch(polling, { lease, sourceIds }, new AbortController().signal, (report) => {
          stored += report.new;
        });
      }
    };
    await Promise.all(Array.from({ length: pollJobs }, work));
    return stored;
  };
  const emptyOurs = async () => {
    await sql`truncate threads, placements, placement_sources, mentions, mention_keys, sightings, mention_texts, search_documents, join_keys, joined,
      mention_topics, placement_topics, changes cascade`.execute(db);
    await sql`update sources set etag = null, last_modified = null, body_hash = null, recent = '{}'`.execute(db);
    await makeDue();
  };
  const addTopics = async (queries: readonly string[]) => {
    for (const [n, query] of queries.entries()) {
      const { rows } = await sql<{ id: number }>`
        insert into topics (name, kind, colour, legal_basis, state, version)
        values (${`Topic ${n}`}, 'theme', 'teal', 'public-task', 'active', 1) returning id`.execute(db);
      await sql`insert into topic_versions (topic_id, version, query) values (${rows[0]!.id}, 1, ${query})`.execute(db);
    }
  };
  const countFound = async () => {
    const { rows } = await sql<{ mentions: number; matches: number }>`
      select (select count(*) from mentions)::int as mentions, (select count(*) from mention_topics)::int as matches`.execute(
      db,
    );
    return rows[0]!;
  };
  return {
    server,
    matching,
    addTopics,
    countFound,
    makeDue,
    pollAll,
    emptyOurs,
    emptyNaive: async () => {
      await client.query('truncate naive_items');
    },
    loopAll: () => ingestNaively(client, addresses),
    shared: {
      /** The same items with the same titles on both sides, and our copies in threads. */
      gate: async () => {
        const { rows } = await sql<{ ours: number; theirs: number; same: number; threads: number }>`
          select (select count(*) from mentions)::int as ours, (select count(*) from naive_items)::int as theirs,
            (select count(*) from mentions m join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
              join sources s on s.id = m.source_id
              join naive_items n on n.feed = s.place and n.link = m.canonical_url and n.title = x.title)::int as same,
            (select count(*) from threads)::int as threads`.execute(db);
        const [{ ours, theirs, same, threads }] = rows as [(typeof rows)[number]];
        if (ours !== theirs || same !== ours || threads >= ours) throw new Error(`void: ${JSON.stringify(rows[0])}`);
      },
      close: async () => {
        await ingest.close();
        await http.close();
        await client.end();
        await db.destroy();
        await postgres.stop();
        server.close();
        await rm(dataDir, { recursive: true, force: true });
      },
    },
  };
}
