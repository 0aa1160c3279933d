import { EngineAwayError, type FacetCounts, type Hit, type Scope, type SearchEngine } from './engine.ts';
import { type Asked, type FoundPage, readPage } from './pages.ts';
import type { Plain } from './plain.ts';

/** Which engine answered, and whether the one that should have was away: the answer is as right, only slower. */
export type Answered = { engine: SearchEngine['name']; fellBack: boolean };

/**
 * Searches, whichever engine is there. Throws TooManyToRecheckError (search/engine.ts) where an answer would cost too much to be
 * right.
 */
export type Search = {
  page: (asked: Asked) => Promise<FoundPage & Answered>;
  /** The newest hits one by one, for feeds. */
  newest: (query: Plain, scope: Scope, limit: number) => Promise<Hit[]>;
  facets: (query: Plain, scope: Scope) => Promise<FacetCounts & Answered>;
  /** Whether PostgreSQL answers because Elasticsearch is away; takes half a second at most. */
  isDegraded: () => Promise<boolean>;
  close: () => Promise<void>;
};

/** So long a question waits for Elasticsearch, all it has to ask together. */
const withinMs = 1_500;
/** An engine that said so quickly that it is away costs nobody anything: it is asked again at once. */
const slowMs = 250;
/** Between two looks at an engine that hung. */
const restMs = 2_000;
const lookWithinMs = 500;

export type SearchOptions = {
  postgres: SearchEngine;
  /** Asked first, where there is one. */
  elasticsearch?: SearchEngine | null;
  /** Shorter in tests. */
  withinMs?: number;
  restMs?: number;
};

/**
 * One search above the engines. When Elasticsearch is away or takes too long PostgreSQL answers, which always has everything. Whoever
 * finds it hanging waits once; from then on nobody does, until it answers a question that nobody waits for.
 */
export function createSearch(options: SearchOptions): Search {
  const { postgres, elasticsearch = null } = options;
  const budgetMs = options.withinMs ?? withinMs;
  let isHanging = false;
  let looking: NodeJS.Timeout | null = null;
  let isClosed = false;

  async function ask<Answer>(question: (engine: SearchEngine) => Promise<Answer>): Promise<Answer & Answered> {
    if (elasticsearch && !isHanging) {
      const began = performance.now();
      try {
        return { ...(await inTime(question(elasticsearch), budgetMs)), engine: elasticsearch.name, fellBack: false };
      } catch (error) {
        if (!(error instanceof EngineAwayError)) throw error;
        if (performance.now() - began >= Math.min(slowMs, budgetMs)) rest(elasticsearch);
      }
    }
    return { ...(await question(postgres)), engine: postgres.name, fellBack: elasticsearch !== null };
  }

  /** Looked at once: it may be there for everything but the one question that was too hard. */
  function rest(engine: SearchEngine, forMs = 0): void {
    isHanging = true;
    if (looking || isClosed) return;
    looking = setTimeout(async () => {
      const answers = await isThere(engine, budgetMs);
      looking = null;
      if (answers) isHanging = false;
      else rest(engine, options.restMs ?? restMs);
    }, forMs);
    looking.unref();
  }

  return {
    page: (asked) => ask((engine) => readPage(engine, asked)),
    newest: async (query, scope, limit) =>
      (await ask(async (engine) => ({ hits: await engine.newest(query, scope, null, limit) }))).hits,
    facets: (query, scope) => ask((engine) => engine.facets(query, scope)),
    isDegraded: async () => elasticsearch !== null && (isHanging || !(await isThere(elasticsearch, lookWithinMs))),
    async close() {
      isClosed = true;
      if (looking) clearTimeout(looking);
      await elasticsearch?.close();
      await postgres.close();
    },
  };
}

const isThere = (engine: SearchEngine, ms: number): Promise<boolean> =>
  inTime(engine.newest({ kind: 'none' }, { circles: [] }, null, 1), ms).then(
    () => true,
    () => false,
  );

async function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineAwayError(`No answer within ${ms} ms`)), ms);
  });
  // Whoever comes second is not listened to any more.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
