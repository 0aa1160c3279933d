import type { IdKind, Ids } from '#api/ids.ts';
import type { Database } from '#storage/database.ts';
import type { SeededPerson } from './people.ts';

/** Who asks: somebody of every kind. The newcomer is a colleague who never was in what is hidden: of others their own export keeps what they did there. */
export type Viewers = Record<
  'employee' | 'communication' | 'administrator' | 'member' | 'guest' | 'alumnus' | 'newcomer',
  SeededPerson
>;

/** What a world has that can be asked for by number. */
export type Shared = {
  viewers: Viewers;
  /** Of whom those who answer the outside. */
  desk: SeededPerson[];
  /** Colleagues whom nobody asks as: who is in what is hidden. */
  others: SeededPerson[];
  threads: number[];
  mentions: number[];
  replies: number[];
  circles: number[];
  invitations: number[];
  searches: number[];
  sources: number[];
  /** Of feeds, with who each belongs to. */
  tokens: Map<string, SeededPerson>;
  topics: number[];
};
/** What only another world has. */
export type Hidden = Omit<Shared, 'viewers' | 'desk' | 'others' | 'tokens' | 'sources'> & { tokens: string[] };

export type Request = { method?: string; path: string; body?: object; headers?: Record<string, string> };

export type World = {
  db: Database;
  url: string;
  /** Status, headers but the date, and every byte of the body but the moment of counting. */
  ask: (person: SeededPerson | null, request: Request) => Promise<string>;
  ids: Ids;
  encode: (kind: IdKind, id: number) => string;
  close: () => Promise<void>;
};

/** Words of both worlds, and those that stand in hidden things only. */
export const commonWords = [
  'brug',
  'sluis',
  'dicht',
  'klachten',
  'gemeente',
  'fiets',
  'verkeer',
  'omleiding',
  'wethouder',
  'bruggen',
];
export const hiddenWords = ['zwijgakkoord', 'reorganisatie', 'brugdossier', 'klachtenlek'];
export const hiddenName = 'Directieberaad';

/** Always the same numbers for one seed (mulberry32). */
export function chance(seed: number): { below: (most: number) => number; of: <T>(list: readonly T[]) => T } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { below, of: (list) => list[below(list.length)]! };
}

export type Chance = ReturnType<typeof chance>;
export const sentence = (dice: Chance, words: readonly string[], length: number) =>
  Array.from({ length }, () => dice.of(words)).join(' ');
export const moment = (dice: Chance) => new Date(Date.parse('2026-11-23T12:00:00Z') - dice.below(20 * 86_400_000));
