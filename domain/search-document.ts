import { addressTerms, hostOf, linksIn, siteTerms } from './address-terms.ts';
import { authorTerms, languageTerm, ratingTerm, toneTerm } from './field-terms.ts';
import { documentStems } from './stems.ts';
import { vectorWords, wordPositions } from './tokens.ts';

/**
 * What the query language asks about: one mention, or one reply. The same in all three compilations: matched in memory,
 * stored as one vector in PostgreSQL, and sent to Elasticsearch.
 */
export type SearchDocument = {
  /** Words and every place where they stand, title first (wordPositions in domain/tokens.ts): more than a tsvector holds. */
  words: ReadonlyMap<string, readonly number[]>;
  /** PostgreSQL cannot answer phrases and proximity for it: it is matched again in memory. */
  inexact: boolean;
  /** Terms of fields: `lang:nl`, `source:12`, `type:review`, `sentiment:negative`, `rating:2`, `site:nos.nl`, `author:jansen`, `has:link` … */
  terms: readonly string[];
  /** Other forms of its words, for the search box: stems and parts of compounds. A word that is its own stem is not repeated. */
  stems: readonly string[];
  /** Milliseconds since 1970. */
  sortAt: number;
};

/** A mention as far as the query language knows it, before it is saved (workers) or as it is stored. */
export type MentionSaid = {
  kind: string;
  sourceId: number;
  /** Host of the source, for what has no address of its own (`sourceHost`). */
  sourceHost: string | null;
  url: string | null;
  title: string | null;
  /** Safe HTML (ingest/sanitise.ts), of which the links are read. */
  html: string | null;
  text: string;
  authorName: string | null;
  authorHandle: string | null;
  language: string | null;
  /** -1, 0, 1; null is unclear. */
  tone: number | null;
  rating: { value: number; best: number } | null;
  media: readonly { type: string }[];
  isEdited: boolean;
  /** Milliseconds since 1970. */
  sortAt: number;
};

/** A reply. Its text holds a placeholder for each reference (domain/reply-text.ts). */
export type ReplySaid = {
  /** Of a conversation that these words begin; of any other reply null. */
  title: string | null;
  text: string;
  authorName: string;
  hasQuote: boolean;
  isEdited: boolean;
  sortAt: number;
};

/** The document of a mention. */
export function mentionDocument(said: MentionSaid): SearchDocument {
  return documentOf(said, mentionTerms(said), said.language);
}

/** The document of a reply; nobody says in which language a colleague writes. */
export function replyDocument(said: ReplySaid): SearchDocument {
  return documentOf(said, replyTerms(said), null);
}

function documentOf(
  { title, text, sortAt }: { title: string | null; text: string; sortAt: number },
  terms: string[],
  language: string | null,
): SearchDocument {
  const words = wordPositions(title, text);
  return { words, inexact: vectorWords(words).inexact, terms, stems: documentStems(words.keys(), language), sortAt };
}

/** Terms of the fields of a mention, each once. */
export function mentionTerms(said: MentionSaid): string[] {
  const terms = new Set<string>(['side:outside', `type:${said.kind}`, `source:${said.sourceId}`, toneTerm(said.tone)]);
  if (said.language) terms.add(languageTerm(said.language));
  for (const term of authorTerms(said.authorName, said.authorHandle)) terms.add(term);
  const host = said.url === null ? said.sourceHost : hostOf(said.url);
  if (host !== null) for (const term of siteTerms(host)) terms.add(term);
  if (said.url !== null) for (const term of addressTerms('url', said.url)) terms.add(term);
  addLinks(terms, linksIn(said.html, said.text));
  if (said.rating) terms.add(ratingTerm(said.rating)).add('has:rating');
  for (const { type } of said.media) if (type !== 'file') terms.add(`has:${type}`);
  if (said.title) terms.add('has:title');
  if (said.authorName || said.authorHandle) terms.add('has:author');
  if (said.html !== null && /<(?:blockquote|q)>/.test(said.html)) terms.add('has:quote');
  if (said.isEdited) terms.add('is:edited');
  return [...terms];
}

/** Terms of the fields of a reply, each once. */
export function replyTerms(said: ReplySaid): string[] {
  const terms = new Set<string>(['side:inside', 'type:reply', 'has:author', ...authorTerms(said.authorName, null)]);
  addLinks(terms, linksIn(null, said.text));
  if (said.title) terms.add('has:title');
  if (said.hasQuote) terms.add('has:quote');
  if (said.isEdited) terms.add('is:edited');
  return [...terms];
}

function addLinks(terms: Set<string>, links: readonly string[]): void {
  if (links.length > 0) terms.add('has:link');
  for (const link of links) for (const term of addressTerms('link', link)) terms.add(term);
}
