import { languageTerm } from '#domain/field-terms.ts';
import { dayFrom, dayIn } from '#domain/period.ts';
import { tokens } from '#domain/tokens.ts';
import type { Plain, Word } from '#search/plain.ts';
import { daysOf, moves, startOfDay } from './dates.ts';
import { fieldNames } from './fields.ts';
import { limits } from './limits.ts';
import { type NamedKind, type Names, nameKey } from './names.ts';
import { type Parsed, parse } from './parse.ts';
import { isRefused, type More, problemAt } from './problems.ts';
import { type Field, isStatus, type Leaf, type Place, type Problem, type Query, type QueryLanguage } from './query.ts';
import { closedValues } from './values.ts';

/** What a query is for: a `standing` one is asked of whatever comes in, a `search` once, of what is there. */
export type Use = 'standing' | 'search';

export type Surroundings = {
  names: Names;
  now: Date;
  /** IANA name: days begin and end there. */
  timeZone: string;
  use: Use;
  /** All stems a folded word stands for, for the loose words of a search (domain/stems.ts). */
  stemsOf: (word: string) => string[];
  /** The name of the topic or search this is the query of, so that it cannot hold itself. */
  within?: string;
  /** For what could stand where something is wrong. */
  language?: QueryLanguage;
};

export type Plainly = { kind: 'plain'; plain: Plain } | { kind: 'refused'; problems: Problem[] };

/**
 * A parsed query as the three compilations take it. Refused when a name means nothing to who asks, when sub-queries run in a ring, when
 * a standing query asks after what changes by itself or only says what it is not, and when it would cost too much.
 */
export function toPlain(query: Query, surroundings: Surroundings): Plainly {
  const { within, use } = surroundings;
  const work: Work = {
    ...surroundings,
    problems: [],
    operands: 0,
    prefixes: 0,
    ring: within ? [within] : [],
    at: null,
    parsed: new Map(),
  };
  const plain = plainOf(query, work);
  if (use === 'standing' && !isRefused(work.problems) && !looksForSomething(plain)) wrong(work, 'only_not', query);
  return isRefused(work.problems) ? { kind: 'refused', problems: work.problems } : { kind: 'plain', plain };
}

type Work = Surroundings & {
  problems: Problem[];
  operands: number;
  prefixes: number;
  /** Names of the queries we are in. */
  ring: string[];
  /** Where the outermost sub-query stands: what is wrong within has no other place in this text. */
  at: Place | null;
  /** Sub-queries by name: the same one may stand in many places. */
  parsed: Map<string, Parsed>;
};

const nothing: Plain = { kind: 'none' };

function wrong(work: Work, code: Problem['code'], place: Place, more?: More): Plain {
  work.problems.push(problemAt(code, work.at ?? place, more));
  return nothing;
}

function plainOf(query: Query, work: Work): Plain {
  if (isOver(work)) return nothing;
  switch (query.kind) {
    case 'and':
    case 'or':
      return joined(
        query.kind,
        query.of.map((part) => plainOf(part, work)),
      );
    case 'not':
      return { kind: 'not', of: plainOf(query.of, work) };
    case 'field':
      return fieldOf(query.field, query, work);
    default:
      return wordsOf(query, query, work);
  }
}

/** Refused once, and then nothing more is worked out: sub-queries within sub-queries double with every step. */
function isOver(work: Work): boolean {
  return work.problems.some(({ code }) => code === 'too_many' || code === 'too_many_prefixes');
}

/** Counts what is asked for, and refuses it once it is too much. */
function spend(work: Work, place: Place, operands: number, prefixes = 0): void {
  work.operands += operands;
  work.prefixes += prefixes;
  if (isOver(work)) return;
  if (work.operands > limits.expanded) wrong(work, 'too_many', place, { facts: { most: limits.expanded } });
  else if (work.prefixes > limits.prefixes)
    wrong(work, 'too_many_prefixes', place, { facts: { most: limits.prefixes } });
}

function joined(kind: 'and' | 'or', parts: readonly Plain[]): Plain {
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind, of };
}

function wordsOf(leaf: Exclude<Leaf, { kind: 'field' }>, place: Place, work: Work): Plain {
  const words = leaf.kind === 'near' ? [leaf.first, leaf.second] : leaf.words;
  spend(work, place, words.length, words.filter(({ prefix }) => prefix).length);
  if (leaf.kind === 'near') {
    const { first, second, most, ordered } = leaf;
    return { kind: 'near', first, second, most, ordered };
  }
  if (leaf.kind === 'phrase') return inARow(words);
  if (words.length === 1) return asTyped(words[0]!, work);
  return isHyphened(leaf.text) ? joined('or', [inARow(words), asTyped(asOne(words), work)]) : inARow(words);
}

const inARow = (words: readonly Word[]): Plain =>
  words.length === 1 ? { kind: 'word', word: words[0]! } : { kind: 'phrase', words };

/** A word by itself: in the search box its other forms as well. */
function asTyped(word: Word, { use, stemsOf }: Work): Plain {
  const stems = use === 'search' && !word.prefix ? stemsOf(word.text) : [];
  return stems.length === 0 ? { kind: 'word', word } : { kind: 'loose', text: word.text, stems };
}

/** Only letters, digits and hyphens: "sluis-brug" is written "sluisbrug" too, "AT&T" is not. */
const isHyphened = (text: string) => /^[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{N}\p{M}]+)+$/u.test(text);
/** As one word, no longer than a word of a document can be. */
const asOne = (words: readonly Word[]): Word => ({
  text: tokens(words.map(({ text }) => text).join(''))[0]!,
  prefix: words.at(-1)!.prefix,
});

const term = (text: string): Plain => ({ kind: 'term', term: text });
/** One of these, or all of these. */
const terms = (kind: 'and' | 'or', texts: readonly string[]): Plain => joined(kind, texts.map(term));

function fieldOf(field: Field, place: Place, work: Work): Plain {
  spend(work, place, 1);
  switch (field.name) {
    case 'author': {
      const words = tokens(field.text);
      spend(work, place, words.length - 1);
      return terms(
        'and',
        words.map((word) => `author:${word}`),
      );
    }
    case 'site':
      return term(`site:${field.host}`);
    case 'url':
    case 'link':
      return term(`${field.name}:${field.address}`);
    case 'lang':
      return term(languageTerm(field.code));
    case 'type':
      return term(`type:${field.type}`);
    case 'sentiment':
      return term(`sentiment:${field.tone}`);
    case 'has':
      return term(`has:${field.what}`);
    case 'rating':
      return terms('or', ratings.slice(field.least - 1, field.most));
    case 'is':
      if (field.state === 'outside' || field.state === 'inside') return term(`side:${field.state}`);
      if (!isStatus(field.state)) return term(`is:${field.state}`);
      return changing(field, place, work) ?? { kind: 'status', status: field.state };
    case 'before':
    case 'after':
    case 'when':
      return timeOf(field, place, work);
    case 'query':
      return innerOf(field.called, place, work);
    case 'source': {
      const ids = work.names.sources(field.called);
      if (ids.length === 0) return unknown(work, 'source', field.called, place);
      spend(work, place, ids.length - 1);
      return terms(
        'or',
        ids.map((id) => `source:${id}`),
      );
    }
    case 'topic':
    case 'in':
      return changing(field, place, work) ?? standingIn(field, place, work);
  }
}

const ratings = [1, 2, 3, 4, 5].map((stars) => `rating:${stars}`);

/** Refuses what changes without anything coming in, where nobody would look at it again. */
function changing(field: Field, place: Place, work: Work): Plain | null {
  if (work.use !== 'standing') return null;
  const language = work.language ?? 'nl';
  // Of the others, all values change; of this one, some do.
  const value = field.name === 'is' ? closedValues.is.print(field.state, language) : '';
  return wrong(work, 'not_standing', place, { facts: { field: `${fieldNames[field.name][language]}:${value}` } });
}

function standingIn({ name, called }: Extract<Field, { called: string }>, place: Place, work: Work): Plain {
  const kind = name === 'topic' ? 'topic' : 'circle';
  const id = work.names[kind](called);
  return id === null ? unknown(work, kind, called, place) : { kind, id };
}

function unknown(work: Work, kind: NamedKind, name: string, place: Place): Plain {
  return wrong(work, `unknown_${kind}`, place, { expected: work.names.suggestions(kind, name), facts: { name } });
}

function timeOf({ name, day }: Extract<Field, { name: 'before' | 'after' | 'when' }>, place: Place, work: Work): Plain {
  if (work.use === 'standing' && moves(day)) return wrong(work, 'date_moves', place);
  const { timeZone, now } = work;
  const { from, to } = daysOf(day, dayIn(now, timeZone));
  const begins = startOfDay(from, timeZone);
  if (name === 'before') return { kind: 'before', at: begins };
  if (name === 'after') return { kind: 'since', at: begins };
  return joined('and', [
    { kind: 'since', at: begins },
    { kind: 'before', at: startOfDay(dayFrom(to, 1), timeZone) },
  ]);
}

function innerOf(name: string, place: Place, work: Work): Plain {
  const { names, ring, language = 'nl' } = work;
  const round = ring.findIndex((each) => nameKey(each) === nameKey(name));
  if (round !== -1) return wrong(work, 'ring', place, { facts: { ring: [...ring.slice(round), name].join(' → ') } });
  if (ring.length >= limits.nested) return wrong(work, 'too_deep', place, { facts: { most: limits.nested } });
  const found = names.query(name);
  if (!found) return unknown(work, 'query', name, place);
  const parsed = work.parsed.get(nameKey(name)) ?? parse(found.text, { language });
  work.parsed.set(nameKey(name), parsed);
  const { query, problems } = parsed;
  if (!query || isRefused(problems)) return wrong(work, 'inner', place, { facts: { name } });
  const use = work.use === 'standing' ? 'standing' : found.use;
  const inner: Work = { ...work, use, ring: [...ring, name], at: work.at ?? place };
  const plain = plainOf(query, inner);
  work.operands = inner.operands;
  work.prefixes = inner.prefixes;
  return plain;
}

/** Whether something has to be there for it to hold: else it would hold of nearly everything. */
function looksForSomething(plain: Plain): boolean {
  if (plain.kind === 'and') return plain.of.some(looksForSomething);
  if (plain.kind === 'or') return plain.of.every(looksForSomething);
  return plain.kind !== 'not' && plain.kind !== 'all' && plain.kind !== 'since' && plain.kind !== 'before';
}
