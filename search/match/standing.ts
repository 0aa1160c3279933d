import type { SearchDocument } from '#domain/search-document.ts';
import type { Plain } from '../plain.ts';
import { compile, type Test } from './compile.ts';
import { factsOf } from './facts.ts';
import { createFiles } from './files.ts';
import { createFrequencies } from './frequencies.ts';
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

type Entry = {
  id: number;
  plain: Plain;
  test: Test;
  /** Where it is filed; null: it must be tried on every document. */
  keys: readonly Key[] | null;
  /** The number of the last document it was tried on, so that a query found by two keys is tried once. */
  asked: number;
  /** Tried in vain since it was filed, and how often that may be before other keys are looked for. */
  vain: number;
  patience: number;
};

/** A query tried so often in vain is filed anew under what was rare in the documents since; then twice as often, and so on. */
const firstPatience = 2;
/** After these, one document in eight is noted. */
const notedFirst = 2_000;
const noteEach = 8;

/**
 * Many standing queries asked of one document after another. Each is filed under keys it cannot do without (required.ts), so a document
 * tries only those of which it has a key, and those that have none. Which keys are rare is learned from the documents. Queries
 * come and go one at a time.
 */
export function createStanding(queries: Iterable<StandingQuery> = []): Standing {
  const entries = new Map<number, Entry>();
  const always = new Set<Entry>();
  const files = createFiles<Entry>();
  const frequencies = createFrequencies();
  let serial = 0;

  function add({ id, plain }: StandingQuery): void {
    refuseWhatChanges(plain);
    remove(id);
    const entry: Entry = { id, plain, test: compile(plain), keys: null, asked: 0, vain: 0, patience: firstPatience };
    entries.set(id, entry);
    file(entry);
  }

  function remove(id: number): void {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    takeOut(entry);
  }

  function file(entry: Entry): void {
    entry.keys = requiredKeys(entry.plain, frequencies.perThousand);
    if (entry.keys) for (const key of entry.keys) files.put(key, entry);
    else always.add(entry);
  }

  function takeOut(entry: Entry): void {
    if (entry.keys) for (const key of entry.keys) files.take(key, entry);
    else always.delete(entry);
  }

  function fileAnew(entry: Entry): void {
    takeOut(entry);
    file(entry);
    entry.vain = 0;
    entry.patience *= 2;
  }

  function match(document: SearchDocument): number[] {
    serial++;
    if (serial <= notedFirst || serial % noteEach === 0) frequencies.note(document);
    const facts = factsOf(document);
    const found: number[] = [];
    const misfiled: Entry[] = [];
    const tryOne = (entry: Entry) => {
      if (entry.asked === serial) return;
      entry.asked = serial;
      if (entry.test(facts)) found.push(entry.id);
      else if (++entry.vain === entry.patience && entry.keys) misfiled.push(entry);
    };
    files.each(document, tryOne);
    for (const entry of always) tryOne(entry);
    for (const entry of misfiled) fileAnew(entry);
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

/** What changes beside a document asks for no new match, so an answer once given would go stale. */
function refuseWhatChanges(plain: Plain): void {
  if (plain.kind === 'topic' || plain.kind === 'circle' || plain.kind === 'status')
    throw new Error(`A standing query cannot ask about ${plain.kind}`);
  if (plain.kind === 'not') refuseWhatChanges(plain.of);
  if (plain.kind === 'and' || plain.kind === 'or') for (const one of plain.of) refuseWhatChanges(one);
}
