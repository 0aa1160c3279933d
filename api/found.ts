import type { z } from '@hono/zod-openapi';
import type { Hit } from '#search/engine.ts';
import { foundWords } from '#search/found-words.ts';
import type { Plain } from '#search/plain.ts';
import type { FoundMention, FoundReply } from '#storage/found.ts';
import type { ReferenceFacts } from '#storage/reply-references.ts';
import { foundExcerpt } from './found-excerpt.ts';
import type { Ids } from './ids.ts';
import { presentCircleRef, presentPersonRef, presentSourceRef } from './present.ts';
import { wordsOf } from './reply-excerpt.ts';
import type { SearchHit } from './schema-search.ts';

/** What was found, by number, as its reader may see it now. */
export type Loaded = { mentions: ReadonlyMap<number, FoundMention>; replies: ReadonlyMap<number, FoundReply> };

/** A hit with its words around what was found; null when it went, or out of sight, since the engine saw it. */
export function presentHit(
  ids: Ids,
  query: Plain,
  { mentions, replies }: Loaded,
  { kind, id }: Pick<Hit, 'kind' | 'id'>,
): z.infer<typeof SearchHit> | null {
  if (kind === 'mention') {
    const mention = mentions.get(id);
    if (!mention) return null;
    const { title, author, source } = mention;
    const { highlights, ...around } = wordsAround(query, mention);
    return {
      kind,
      id: ids.encode('mention', id),
      author,
      source: source && presentSourceRef(ids, source),
      title,
      at: mention.at.toISOString(),
      ...around,
      highlights,
    };
  }
  const reply = replies.get(id);
  if (!reply) return null;
  const { highlights, ...around } = wordsAround(query, { ...reply, language: null }, (place) =>
    briefly(reply.references[place]),
  );
  return {
    kind,
    id: ids.encode('reply', id),
    person: presentPersonRef(ids, reply.person),
    circle: presentCircleRef(ids, reply.circle),
    title: reply.title,
    at: reply.at.toISOString(),
    ...around,
    highlights,
  };
}

/** A quote is left out: cut short, another's words would read as the writer's own. */
const briefly = (reference: ReferenceFacts | undefined): string =>
  reference?.kind === 'quote' ? '…' : (wordsOf(reference) ?? '…');

type Words = { title: string | null; text: string; language: string | null };
type Around = Pick<z.infer<typeof SearchHit>, 'excerpt' | 'cut' | 'highlights'>;

function wordsAround(query: Plain, found: Words, fill?: (place: number) => string): Around {
  const marked = foundWords(query, found);
  const inText = marked.filter(({ part }) => part === 'text');
  const { excerpt, cut, ranges } = foundExcerpt(found.text, inText, fill);
  const inTitle = marked.flatMap(({ part, from, to }) => (part === 'title' ? [{ part, from, to }] : []));
  return { excerpt, cut, highlights: [...inTitle, ...ranges.map((range) => ({ part: 'excerpt' as const, ...range }))] };
}
