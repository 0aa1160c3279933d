import { setTimeout as later } from 'node:timers/promises';
import type { z } from '@hono/zod-openapi';
import { sourceHost } from '#domain/address-terms.ts';
import { preparedDocument } from '#domain/prepared-document.ts';
import { SourceError } from '#ingest/errors.ts';
import type { UnderstoodMention } from '#ingest/prepare.ts';
import { connectorFor } from '#ingest/registry.ts';
import { HttpError } from '#platform/http.ts';
import { foundWords } from '#search/found-words.ts';
import { matches } from '#search/match/matches.ts';
import type { Plain } from '#search/plain.ts';
import { readSource, type SourceRow } from '#storage/source-list.ts';
import type { Viewer } from './access.ts';
import { sourcesCalled, standingQuestion } from './access-topic-query.ts';
import { atMost } from './at-most.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import { presentSourceRef, webAddress } from './present.ts';
import type { FreshPreview, FreshPreviewRequest } from './schema-topics.ts';
import { reasons, sentences } from './sentences.ts';
import { textAround } from './text-around.ts';

type Previewing = Pick<Deps, 'db' | 'ids' | 'timeZone' | 'http' | 'readFeed' | 'prepare' | 'log'>;
type Told = z.infer<typeof FreshPreview>;
type Looked = Told['sources'][number] & { samples: (Told['samples'][number] & { order: number })[] };

const mostAtOnce = 2;
const mostSamples = 20;

/**
 * Makes the function that reads sources now and says what a query finds in them; nothing is stored. Two at most are under way: a slow site
 * keeps its place until it is really done with, and once the answer is given nothing more is begun for it.
 */
export function createFreshPreview(deps: Previewing, withinMs = 20_000) {
  const limited = atMost(mostAtOnce);
  return (_viewer: Viewer, asked: z.infer<typeof FreshPreviewRequest>, language: Language): Promise<Told> => {
    const over = new AbortController();
    return limited(async (keep) => {
      const sources = (await sourcesCalled(deps, asked.sources)) ?? [];
      const plain = await standingQuestion(deps, { query: asked.query, sources: null });
      const rows = await Promise.all(sources.map((id) => readSource(deps.db, id, 'desk')));
      const found = rows.filter((row) => row !== null);
      const looking = found.map((row) => look(until(deps, over.signal), row, plain, language));
      keep(Promise.all(looking));
      const answered = new AbortController();
      const late = later(withinMs, undefined, { signal: answered.signal }).catch(() => undefined);
      const looked = await Promise.all(
        found.map((row, n) => Promise.race([looking[n]!, late.then(() => tooLate(deps, row, language))])),
      );
      answered.abort();
      over.abort();
      return {
        samples: looked
          .flatMap(({ samples }) => samples)
          .sort((a, b) => b.order - a.order)
          .slice(0, mostSamples)
          .map(({ order: _, ...sample }) => sample),
        sources: looked.map(({ samples: _, ...source }) => source),
      };
    });
  };
}

/** The same means, until the signal: a step that is under way then ends by its own limits, and no other is begun. */
function until(deps: Previewing, over: AbortSignal): Previewing {
  const refuse = () => Promise.reject(new HttpError('timeout', 'The answer was given already'));
  return {
    ...deps,
    http: { request: (request) => (over.aborted ? refuse() : deps.http.request(request)) },
    readFeed: (...read) => (over.aborted ? refuse() : deps.readFeed(...read)),
    prepare: (...items) => (over.aborted ? refuse() : deps.prepare(...items)),
  };
}

/** Never rejects: what went wrong with one source is said beside it. */
async function look(deps: Previewing, row: SourceRow, plain: Plain, language: Language): Promise<Looked> {
  const source = presentSourceRef(deps.ids, row);
  try {
    const mentions = await readNow(deps, row);
    const host = sourceHost(row.settings);
    const from = { sourceId: row.id, sourceHost: host, isEdited: false, fetchedAt: new Date() };
    const matched = mentions.filter((mention) => matches(plain, preparedDocument(mention, from)));
    return {
      source,
      items: mentions.length,
      matched: matched.length,
      error: null,
      samples: matched.map((mention) => ({
        source,
        url: webAddress(mention.canonicalUrl),
        at: mention.publishedBy === 'observed' ? null : mention.publishedAt.toISOString(),
        language: mention.language,
        title: mention.title,
        ...textAround(mention.text, foundWords(plain, mention)),
        order: mention.publishedAt.getTime(),
      })),
    };
  } catch (error) {
    return { source, items: 0, matched: 0, error: whyNot(deps, error, language), samples: [] };
  }
}

/** As a poll reads a source that was never read before. */
async function readNow({ http, readFeed, prepare }: Previewing, row: SourceRow): Promise<UnderstoodMention[]> {
  const connector = connectorFor(row.connector);
  const settings = connector?.settings.safeParse(row.settings);
  if (!connector || !settings?.success)
    throw new SourceError('refused', 'This version cannot read such a source', { reason: 'connector' });
  const { items } = await connector.poll({
    http,
    settings: settings.data,
    namespace: `feed:${row.id}`,
    cursor: null,
    validators: {},
    readFeed,
  });
  const { hostname } = connector.address(settings.data);
  return await prepare(items ?? [], { fetchedAt: new Date(), hostname });
}

function tooLate(deps: Previewing, row: SourceRow, language: Language): Looked {
  const source = presentSourceRef(deps.ids, row);
  return { source, items: 0, matched: 0, error: reasons.timeout![language], samples: [] };
}

function whyNot({ log }: Previewing, error: unknown, language: Language): string {
  const reason =
    error instanceof HttpError
      ? error.reason
      : error instanceof SourceError
        ? (error.detail.reason ?? error.kind)
        : null;
  if (reason === null) log.error({ err: error }, 'looking into a source broke');
  return reasons[reason ?? '']?.[language] ?? sentences.unreachable[language].title;
}
