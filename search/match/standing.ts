import type { SearchDocument } from '#domain/search-document.ts';
import type { Plain } from '../plain.ts';
import { compile, type Test } from './compile.ts';
import { type Facts, factsOf } from './facts.ts';
import { createPrefixes } from './prefixes.ts';
import { type Key, requiredKeys } from './required.ts';

export type StandingQuery = { id: number; plain: Plain };

export type Standing = {
  /** Ids of the queries that hold of this document, ascending. */
  match: (document: SearchDocument) => number[];
  /** Adds a query, in the place of the one with the same id if there is one. */
  add: (query: StandingQuery) => void;
  remove: (id: number) => void;
  readonly size: number;
};

/** `asked`: the number of the last document it was tried on, so that a query found by two keys is tried once. */
type Entry = { id: number; test: Test; keys: readonly Key[] | null; asked: number };
type Lists = {
  get: (text: string) => Entry[] | undefined;
  set: (text: string, list: Entry[]) => unknown;
  delete: (text: string) => unknown;
};

/**
 * Many standing queries asked of one document after another. Each is filed under keys it cannot do without (required.ts), so a document
 * tries only those of which it has a key, and those that have none. Queries come and go one at a time.
 */
export function createStanding(queries: Iterable<StandingQuery> = []): Standing {
  const entries = new Map<number, Entry>();
  const always = new Set<Entry>();
  const words = new Map<string, Entry[]>();
  const terms = new Map<string, Entry[]>();
  const stems = new Map<string, Entry[]>();
  const prefixes = createPrefixes<Entry[]>();
  const lists: Record<Key['in'], Lists> = {
    words,
    terms,
    stems,
    prefixes: { get: prefixes.at, set: prefixes.put, delete: prefixes.delete },
  };
  let prefixCount = 0;
  let serial = 0;

  function add({ id, plain }: StandingQuery): void {
    refuseWhatChanges(plain);
    remove(id);
    const keys = requiredKeys(plain);
    const entry: Entry = { id, test: compile(plain), keys, asked: 0 };
    entries.set(id, entry);
    if (!keys) always.add(entry);
    for (const key of keys ?? []) {
      const list = lists[key.in].get(key.text);
      if (list) list.push(entry);
      else lists[key.in].set(key.text, [entry]);
      if (key.in === 'prefixes') prefixCount++;
    }
  }

  function remove(id: number): void {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    always.delete(entry);
    for (const key of entry.keys ?? []) {
      const list = lists[key.in].get(key.text)!;
      list.splice(list.indexOf(entry), 1);
      if (list.length === 0) lists[key.in].delete(key.text);
      if (key.in === 'prefixes') prefixCount--;
    }
  }

  function match(document: SearchDocument): number[] {
    serial++;
    const facts = factsOf(document);
    const found: number[] = [];
    const tryAll = (list: Iterable<Entry>) => {
      for (const entry of list) tryOne(entry, facts, serial, found);
    };
    for (const word of document.words.keys()) {
      const list = words.get(word);
      if (list) tryAll(list);
      if (prefixCount > 0) prefixes.each(word, tryAll);
    }
    if (terms.size > 0) for (const term of document.terms) tryAll(terms.get(term) ?? none);
    if (stems.size > 0) for (const stem of document.stems) tryAll(stems.get(stem) ?? none);
    tryAll(always);
    return found.sort((a, b) => a - b);
  }

  for (const query of queries) add(query);
  return {
    match,
    add,
    remove,
    get size() {
      return entries.size;
    },
  };
}

const none: readonly Entry[] = [];

function tryOne(entry: Entry, facts: Facts, serial: number, found: number[]): void {
  if (entry.asked === serial) return;
  entry.asked = serial;
  if (entry.test(facts)) found.push(entry.id);
}

/** What changes beside a document asks for no new match, so an answer once given would go stale. */
function refuseWhatChanges(plain: Plain): void {
  if (plain.kind === 'topic' || plain.kind === 'circle' || plain.kind === 'status')
    throw new Error(`A standing query cannot ask about ${plain.kind}`);
  if (plain.kind === 'not') refuseWhatChanges(plain.of);
  if (plain.kind === 'and' || plain.kind === 'or') for (const one of plain.of) refuseWhatChanges(one);
}
