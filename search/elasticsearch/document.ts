import type { SearchDocument } from '#domain/search-document.ts';
import { tokensInOrder } from '#domain/token-order.ts';
import { type DocumentKind, documentKinds } from '#search/engine.ts';

/** A document as it is to stand in the index; storage/search-source.ts reads it. */
export type IndexDocument = {
  kind: DocumentKind;
  id: number;
  threadId: number;
  circleId: number;
  /** Further circles in which it is read. */
  also: readonly number[];
  /** Where the outside of its thread stands; null: nowhere. */
  home: number | null;
  /** Milliseconds since 1970. */
  sortAt: number;
  sourceId: number | null;
  type: string;
  language: string | null;
  /** Absent from what has none: replies. */
  tone: 'negative' | 'neutral' | 'positive' | 'unclear' | null;
  topics: readonly number[];
  /** State of the thread's case. */
  caseState: string | null;
  /** Circles in which somebody replied in the thread. */
  discussedIn: readonly number[];
  version: number;
  /** Our tokens, in order. */
  titleTokens: readonly string[];
  textTokens: readonly string[];
  terms: readonly string[];
  /** Without the `~` they have in PostgreSQL. */
  stems: readonly string[];
};

/** The part of it that the query language asks about, of a document in memory. */
export const saidIn = ({ words, terms, stems, sortAt }: SearchDocument) => ({
  ...tokensInOrder(words, terms.includes('has:title')),
  terms,
  stems,
  sortAt,
});

export const documentId = (kind: DocumentKind, id: number): string => `${kind}-${id}`;

/** As it is sent (mappings.ts). */
export function elasticDocument(document: IndexDocument) {
  const { kind, id, version } = document;
  const title = document.titleTokens.join(' ');
  const text = document.textTokens.join(' ');
  return {
    kind: documentKinds[kind],
    id,
    threadId: document.threadId,
    circle: [document.circleId, ...document.also],
    home: document.home,
    sortAt: document.sortAt,
    // A title without words would still make a gap; the distance between positions is all that counts.
    words: title === '' ? text : [title, text],
    title,
    terms: document.terms,
    stems: document.stems,
    source: document.sourceId,
    type: document.type,
    language: document.language,
    tone: document.tone,
    topics: document.topics,
    status: statusValues(document),
    check: checkOf(id, version),
    version,
  };
}

function statusValues({ caseState, discussedIn }: IndexDocument): string[] {
  const discussed = discussedIn.map(discussedValue);
  return caseState === null ? discussed : [caseState, ...discussed];
}

export const discussedValue = (circleId: number): string => `discussed:${circleId}`;

/**
 * Below 2^31, so that sums over 100,000 documents stay exact in a double. The same in SQL (storage/search-source.ts): whoever changes
 * one changes the other.
 */
export function checkOf(id: number, version: number): number {
  return ((id % 1_000_003) * 7_919 + version * 104_729) % 2_147_483_647;
}
