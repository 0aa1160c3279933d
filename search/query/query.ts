import type { MentionKind, Tone } from '#domain/mention.ts';
import type { ThreadStatus, Word } from '#search/plain.ts';

/** The language somebody reads and writes queries in: both are always understood, this one is printed and said. */
export type QueryLanguage = 'nl' | 'en';

/** Where something stands in the text, in UTF-16 code units as a browser counts them; `to` is the first unit after it. */
export type Place = { from: number; to: number };

/**
 * A query as it was written: what `parse` answers and `print` takes. Every node says where it stood. `and` and `or` have at least two
 * parts, none of them of their own kind; a `not` never holds a `not`.
 */
export type Query = Place &
  (Leaf | { kind: 'and'; of: readonly Query[] } | { kind: 'or'; of: readonly Query[] } | { kind: 'not'; of: Query });

/** What is looked for: words and fields. */
export type Leaf =
  /** `text` as written, without `#` and `*`: "Sluis-brug", which is two words in a row. */
  | { kind: 'word'; text: string; hashtag: boolean; words: readonly Word[] }
  /** `text` as written between the quotes, its `*` included. */
  | { kind: 'phrase'; text: string; words: readonly Word[] }
  | { kind: 'near'; text: string; first: Word; second: Word; most: number; ordered: boolean }
  | { kind: 'field'; field: Field };

/** `is:` asks after the thread's state, after an edit, and on which side something was said. */
export const states = ['open', 'taken', 'answered', 'unanswered', 'discussed', 'edited', 'outside', 'inside'] as const;
export type State = (typeof states)[number];
export const possessions = ['link', 'image', 'video', 'audio', 'title', 'rating', 'author', 'quote'] as const;
export type Possession = (typeof possessions)[number];
/** Everything in the list that is not a state of the thread. */
export const isStatus = (state: State): state is ThreadStatus =>
  state !== 'edited' && state !== 'outside' && state !== 'inside';

export type Field =
  /** All these words in the name or the handle of who wrote it. */
  | { name: 'author'; text: string }
  /** A hostname without www., lower case: it and everything below it. */
  | { name: 'site'; host: string }
  /** An address without scheme, www. and query: it and everything below it; its own, or one it links to. */
  | { name: 'url' | 'link'; address: string }
  /** ISO 639 code. */
  | { name: 'lang'; code: string }
  | { name: 'source' | 'topic' | 'in' | 'query'; called: string }
  | { name: 'type'; type: MentionKind | 'reply' }
  | { name: 'sentiment'; tone: Tone | 'unclear' }
  /** Out of five, both included. */
  | { name: 'rating'; least: number; most: number }
  | { name: 'has'; what: Possession }
  | { name: 'is'; state: State }
  | { name: 'before' | 'after' | 'when'; day: Day };
export type FieldName = Field['name'];

/** A day or a stretch of days, as written; what it is depends on today. */
export type Day =
  /** `2026`, `2026-11` or `2026-11-23`. */
  | { kind: 'date'; date: string }
  /** `7d`: so long before today. */
  | { kind: 'ago'; count: number; unit: 'day' | 'week' | 'month' | 'year' }
  /** Yesterday is 1 day back, this week 0 weeks. */
  | { kind: 'period'; unit: 'day' | 'week' | 'month' | 'quarter' | 'year'; back: number };

export const problemCodes = [
  'too_long',
  'too_deep',
  'too_many',
  'too_many_prefixes',
  'empty',
  'nothing',
  'ignored',
  'quote_open',
  'paren_open',
  'paren_close',
  'paren_empty',
  'operand_missing',
  'mixed',
  'lowercase_operator',
  'star_alone',
  'star_place',
  'prefix_short',
  'tilde',
  'near_words',
  'near_number',
  'bare_address',
  'unknown_field',
  'value_missing',
  'value_group',
  'value_unknown',
  'date_unknown',
  'rating_unknown',
  'host_unknown',
  'address_unknown',
  'author_unknown',
  'unknown_source',
  'unknown_topic',
  'unknown_circle',
  'unknown_query',
  'ring',
  'inner',
  'not_standing',
  'date_moves',
  'only_not',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/**
 * What is wrong with a query and where. An `error` refuses it; a `note` tells how it was read. `expected` is what could stand there, in
 * the asker's language; `facts` are what a sentence needs, and may hold what the asker wrote.
 */
export type Problem = Place & {
  code: ProblemCode;
  severity: 'error' | 'note';
  expected: string[];
  facts: Record<string, string | number>;
};

/** A stretch of the text to colour. */
export type Token = Place & {
  kind: 'word' | 'phrase' | 'operator' | 'parenthesis' | 'field' | 'value' | 'proximity' | 'ignored';
};
