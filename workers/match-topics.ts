import type { SearchDocument } from '#domain/search-document.ts';
import type { Log } from '#platform/log.ts';
import { spansOf } from '#search/match/spans.ts';
import { createStanding, type Standing } from '#search/match/standing.ts';
import type { Plain } from '#search/plain.ts';
import { standingNames, understand } from '#search/standing-question.ts';
import { topicsChannel } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { listen } from '#storage/listen.ts';
import type { TopicMatch } from '#storage/save-types.ts';
import { sourceNames } from '#storage/source-list.ts';
import { readQuestions } from '#storage/topics.ts';

/** What topics ask, held ready for what comes in. */
export type TopicMatcher = {
  /** As told up to now. Rejects when it was never known and the database is away. */
  ready: () => Promise<Matching>;
  close: () => Promise<void>;
};
export type Matching = {
  /** The topics that collect and hold of a document. */
  match: (document: SearchDocument) => TopicMatch[];
  /** False: a topic cannot be asked (a source it names is gone), so nobody knows what it would have found. */
  isWhole: boolean;
};

const againMs = 5_000;

/**
 * Compiles what topics ask once, and again whenever somebody changes one. What was known goes on counting until then, and while
 * the database is away.
 */
export function startTopicMatcher(deps: {
  db: Database;
  databaseUrl: string;
  timeZone: string;
  log: Log;
}): TopicMatcher {
  const { databaseUrl, log } = deps;
  let known: Matching | null = null;
  let loading: Promise<Matching> | null = null;
  let isStale = true;
  let timer: NodeJS.Timeout | undefined;

  function load(): Promise<Matching> {
    isStale = false;
    loading ??= loadMatching(deps)
      .then((matching) => {
        known = matching;
        loading = null;
        // Changed again while it was read.
        return isStale ? load() : matching;
      })
      .catch((error: unknown) => {
        loading = null;
        isStale = true;
        throw error;
      });
    return loading;
  }
  function reload(): void {
    isStale = true;
    clearTimeout(timer);
    load().catch((err: unknown) => {
      log.warn({ err }, 'cannot read what topics ask');
      timer = setTimeout(reload, againMs);
      timer.unref();
    });
  }
  const listener = listen(databaseUrl, topicsChannel, reload, (err) => log.warn({ err }, 'not listening'));
  return {
    ready: async () => {
      if (!loading && known && !isStale) return known;
      if (!known) return await load();
      // Better what was known a moment ago than nothing.
      return await load().catch(() => known!);
    },
    async close() {
      clearTimeout(timer);
      await listener.close();
      await loading?.catch(() => undefined);
    },
  };
}

/** What the topics that collect ask at this moment. */
export async function loadMatching({
  db,
  timeZone,
  log,
}: {
  db: Database;
  timeZone: string;
  log: Log;
}): Promise<Matching> {
  const [sources, all, active] = await Promise.all([
    sourceNames(db),
    readQuestions(db, 'all'),
    readQuestions(db, 'active'),
  ]);
  const names = standingNames(sources, all);
  const asked = new Map<number, { plain: Plain; version: number }>();
  const standing = createStanding();
  for (const question of active) {
    const read = understand(question, names, { timeZone });
    if (read.kind === 'plain') {
      asked.set(question.id, { plain: read.plain, version: question.version });
      standing.add({ id: question.id, plain: read.plain });
    } else {
      const problems = read.problems.map(({ code }) => code);
      log.error({ topicId: question.id, version: question.version, problems }, 'a topic cannot be asked');
    }
  }
  return { isWhole: asked.size === active.length, match: (document) => matchesOf(standing, asked, document) };
}

function matchesOf(
  standing: Standing,
  asked: ReadonlyMap<number, { plain: Plain; version: number }>,
  document: SearchDocument,
): TopicMatch[] {
  if (standing.size === 0) return [];
  return standing.match(document).map((topicId) => {
    const { plain, version } = asked.get(topicId)!;
    return { topicId, version, spans: spansOf(plain, document).flat() };
  });
}
