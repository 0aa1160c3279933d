import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { accessSearch } from '#api/access-search.ts';
import { createIds, createSeal } from '#api/ids.ts';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import type { Scope } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { compile } from '#search/postgres/compile.ts';
import { createPostgresEngine } from '#search/postgres/engine.ts';
import { createSearch, type Search } from '#search/search.ts';
import { createPerson } from '#storage/accounts.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { readFoundMentions } from '#storage/found.ts';
import { migrate } from '#storage/migrate.ts';
import { readDocuments } from '#storage/read-documents.ts';
import { readRows } from '#storage/stream.ts';
import { median, seeded } from './harness.ts';
import { anyRank, seedSearchWorld, wordOf } from './search-world.ts';

const sizes = {
  smoke: { mentions: 100_000, queries: 300, common: 12 },
  std: { mentions: 1_000_000, queries: 2_000, common: 40 },
};
type Size = keyof typeof sizes;
const pageSize = 50;
/** P12: ours against what nothing could do without, and so much more. */
const mostApiRatio = 1.25;
const mostApiMs = 3;
/** P13: best first and facets against what a textbook does. */
const mostSmartRatio = 0.1;

type World = { db: Database; search: Search; scope: Scope; personId: number };
type Times = { p50: number; p95: number };

/** P12 and P13 of performance.md on the embedded server; writes bench/results/. */
export const searchBenches = [
  { id: 'P12', title: 'search through the API against bare SQL', run: (size: Size) => inWorld(size, apiBench) },
  { id: 'P13', title: 'best first and facets against a textbook', run: (size: Size) => inWorld(size, smartBench) },
];

async function inWorld(size: Size, bench: (world: World, size: Size) => Promise<boolean>): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-search-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  try {
    await migrate(postgres.url);
    const { db } = openDatabase(postgres.url, { max: 4, name: 'bench', onError: () => undefined });
    const person = { name: 'Sanne', email: 'sanne@bench.example', role: 'employee', passwordHash: null } as const;
    const personId = (await createPerson(db, person))!;
    const circles = await seedSearchWorld(db, personId, sizes[size].mentions);
    const search = createSearch({ postgres: createPostgresEngine(db, (refs) => readDocuments(db, refs)) });
    const met = await bench({ db, search, scope: { circles }, personId }, size);
    await db.destroy();
    return met;
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What is asked for: a word as common as Zipf's law has it, two, a phrase, or one with a filter. */
function anyQuestion(random: () => number): { q: string; plain: Plain } {
  const word = () => wordOf(anyRank(random));
  const plainWord = (text: string): Plain => ({ kind: 'word', word: { text, prefix: false } });
  const [first, second] = [word(), word()];
  const which = random();
  if (which < 0.5) return { q: `"${first}"`, plain: plainWord(first) };
  if (which < 0.65)
    return { q: `"${first}" "${second}"`, plain: { kind: 'and', of: [plainWord(first), plainWord(second)] } };
  if (which < 0.75) {
    const words = [first, second].map((text) => ({ text, prefix: false }));
    return { q: `"${first} ${second}"`, plain: { kind: 'phrase', words } };
  }
  const [q, term] = which < 0.9 ? ['taal:nl', 'lang:nl'] : ['sentiment:negatief', 'sentiment:negative'];
  return { q: `"${first}" ${q}`, plain: { kind: 'and', of: [plainWord(first), { kind: 'term', term }] } };
}

/** The SQL that comes first to mind, with the same circles. */
async function bareRows(db: Database, plain: Plain, scope: Scope) {
  const { rows } = await sql<{ ref: number; threadId: number; sortAt: Date }>`
    select d.ref, d.thread_id as "threadId", d.sort_at as "sortAt" from search_documents d
    where d.circle_id = any(${scope.circles}::int[]) and ${compile(plain, scope).condition}
    order by d.sort_at desc, d.kind desc, d.ref desc limit ${pageSize}`.execute(db);
  return rows;
}

async function apiBench({ db, search, scope, personId }: World, size: Size): Promise<boolean> {
  const secret = Buffer.alloc(32, 1);
  const deps = { db, search, ids: createIds(secret), seal: createSeal(secret), timeZone: 'Europe/Amsterdam' };
  const viewer = {
    key: 'p1',
    personId,
    name: 'Sanne',
    colleague: true,
    rights: ['member', 'colleague'],
    circles: scope.circles,
  } as const;
  const random = seeded(5);
  const ours: number[] = [];
  const bare: number[] = [];
  const engine: number[] = [];
  for (let round = -20; round < sizes[size].queries; round++) {
    const { q, plain } = anyQuestion(random);
    const took = { ours: 0, bare: 0 };
    const sides = {
      ours: async () => {
        const page = await accessSearch(deps, viewer, { q, sort: 'newest', limit: pageSize });
        return page.threads.length;
      },
      bare: async () => {
        const rows = await bareRows(db, plain, scope);
        await Promise.all([
          readRows(
            db,
            { personId, circles: scope.circles },
            rows.map(({ threadId, sortAt }) => ({ id: threadId, sortAt })),
          ),
          readFoundMentions(
            db,
            scope.circles,
            rows.map(({ ref }) => ref),
          ),
        ]);
        return rows.length;
      },
    };
    const found: Record<string, number> = {};
    for (const side of round % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      const began = performance.now();
      found[side] = await sides[side]();
      took[side] = performance.now() - began;
    }
    if (found.ours !== found.bare) throw new Error(`void: ${q} found ${JSON.stringify(found)}`);
    if (round < 0) continue;
    ours.push(took.ours);
    bare.push(took.bare);
    const began = performance.now();
    await search.page({ query: plain, scope, sort: 'newest', after: null, limit: pageSize });
    engine.push(performance.now() - began);
  }
  const most = summary(bare).p95 * mostApiRatio + mostApiMs;
  const met = summary(ours).p95 <= most;
  return await tell('P12', size, { ours: summary(ours), bare: summary(bare), engine: summary(engine) }, { most, met });
}

/** Best first over all hits, and each facet by grouping all of them: what the manual suggests. */
async function textbook(db: Database, text: string, { circles }: Scope): Promise<number> {
  const hits = sql`search_documents d where d.words @@ ${`'${text}'`}::tsquery and d.circle_id = any(${circles}::int[])`;
  await sql`select d.ref, ts_rank(d.words, ${`'${text}'`}::tsquery) as rank from ${hits}
    order by rank desc, d.sort_at desc limit ${pageSize}`.execute(db);
  const { rows } = await sql<{ count: number }>`
    select d.kind, d.source_id, d.type, d.language, d.tone, d.circle_id, count(*)::int as count from ${hits}
    group by grouping sets ((), (d.kind), (d.source_id), (d.type), (d.language), (d.tone), (d.circle_id))`.execute(db);
  return Math.max(0, ...rows.map(({ count }) => count));
}

async function smartBench({ db, search, scope }: World, size: Size): Promise<boolean> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const best: number[] = [];
  const errors: number[] = [];
  const hits: number[] = [];
  for (let rank = -2; rank < sizes[size].common; rank++) {
    const text = wordOf(Math.abs(rank));
    const query: Plain = { kind: 'word', word: { text, prefix: false } };
    const began = performance.now();
    await search.page({ query, scope, sort: 'best', after: null, limit: pageSize });
    const between = performance.now();
    const { total, estimated } = await search.facets(query, scope);
    const ended = performance.now();
    const truth = await textbook(db, text, scope);
    if (rank < 0) continue;
    ours.push(ended - began);
    best.push(between - began);
    theirs.push(performance.now() - ended);
    hits.push(truth);
    errors.push(Math.abs(total - truth) / truth);
    if (!estimated && total !== truth) throw new Error(`void: ${text} counted ${total}, there are ${truth}`);
  }
  const ratio = summary(ours).p95 / summary(theirs).p95;
  const worst = Math.max(...errors);
  const met = ratio <= mostSmartRatio && worst <= 0.02;
  return await tell(
    'P13',
    size,
    { ours: summary(ours), best: summary(best), textbook: summary(theirs), hits: summary(hits) },
    {
      ratio,
      worstError: worst,
      met,
    },
  );
}

function summary(list: readonly number[]): Times {
  const sorted = list.toSorted((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)]! };
}

async function tell(
  bench: string,
  size: Size,
  figures: Record<string, Times>,
  verdict: { met: boolean; [name: string]: number | boolean },
): Promise<boolean> {
  const at = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const { mentions } = sizes[size];
  await writeFile(
    join(folder, `${bench}-${size}-${at.replaceAll(':', '-')}.json`),
    JSON.stringify({ schema: 1, bench, size, at, machine, mentions, figures, verdict }, null, 2),
  );
  const lines = Object.entries(figures).map(
    ([name, { p50, p95 }]) => `  ${name.padEnd(12)} p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}`,
  );
  process.stdout.write(
    `${bench}, ${mentions} mentions (${size}), ms\n${lines.join('\n')}\n  ${JSON.stringify(verdict)}\n`,
  );
  return verdict.met;
}
