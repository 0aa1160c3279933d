import type { Client } from '@elastic/elasticsearch';
import { sql } from 'kysely';
import { accessSearch } from '#api/access-search.ts';
import { createIds, createSeal } from '#api/ids.ts';
import { compile as compileForElasticsearch } from '#search/elasticsearch/compile.ts';
import { indexNames } from '#search/elasticsearch/names.ts';
import type { Scope } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { compile } from '#search/postgres/compile.ts';
import type { Search } from '#search/search.ts';
import type { Database } from '#storage/database.ts';
import { readFoundMentions } from '#storage/found.ts';
import { readRows } from '#storage/stream.ts';
import { seeded } from './harness.ts';
import { summary, tell } from './search-figures.ts';
import { anyRank, wordOf } from './search-world.ts';

export type SearchWorld = { db: Database; search: Search; scope: Scope; personId: number };
/** A mention that the engine was asked for by itself, without anything of ours around it. */
type Bare = { ref: number; threadId: number; sortAt: Date };
export type BareSearch = (plain: Plain, scope: Scope) => Promise<Bare[]>;
type Asked = { bench: string; size: string; mentions: number; queries: number };

const pageSize = 50;
/** Ours against what nothing could do without, and so much more. */
const mostRatio = 1.25;
const mostMs = 3;

/**
 * P12: a page of search through what the API does with it, against asking the engine the same with the same circles and loading the same
 * fifty threads. Writes bench/results/.
 */
export async function apiBench(
  { db, search, scope, personId }: SearchWorld,
  bareSearch: BareSearch,
  asked: Asked,
): Promise<boolean> {
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
  for (let round = -20; round < asked.queries; round++) {
    const { q, plain } = anyQuestion(random);
    const took = { ours: 0, bare: 0 };
    const sides = {
      ours: async () => {
        const page = await accessSearch(deps, viewer, { q, sort: 'newest', limit: pageSize });
        if (page.fellBack) throw new Error(`void: another engine answered ${q}`);
        return page.threads.length;
      },
      bare: async () => {
        const rows = await bareSearch(plain, scope);
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
  const most = summary(bare).p95 * mostRatio + mostMs;
  const ratio = summary(ours).p95 / summary(bare).p95;
  const met = summary(ours).p95 <= most;
  return await tell(asked, { ours: summary(ours), bare: summary(bare), engine: summary(engine) }, { most, ratio, met });
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
export const bareSql =
  (db: Database): BareSearch =>
  async (plain, scope) => {
    const { rows } = await sql<Bare>`
      select d.ref, d.thread_id as "threadId", d.sort_at as "sortAt" from search_documents d
      where d.circle_id = any(${scope.circles}::int[]) and ${compile(plain, scope).condition}
      order by d.sort_at desc, d.kind desc, d.ref desc limit ${pageSize}`.execute(db);
    return rows;
  };

/** One `_search` that answers no more than is needed to load what it found. */
export const bareElasticsearch =
  (client: Client, prefix: string): BareSearch =>
  async (plain, { circles }) => {
    const { hits } = await client.search({
      index: indexNames(prefix).read,
      query: { bool: { filter: [{ terms: { circle: [...circles] } }, compileForElasticsearch(plain, circles)] } },
      sort: [{ sortAt: 'desc' }, { kind: 'desc' }, { id: 'desc' }],
      size: pageSize,
      track_total_hits: false,
      _source: false,
      stored_fields: '_none_',
      docvalue_fields: ['threadId'],
    });
    return hits.hits.map(({ sort, fields }) => ({
      ref: Number(sort![2]),
      threadId: fields!.threadId[0],
      sortAt: new Date(Number(sort![0])),
    }));
  };
