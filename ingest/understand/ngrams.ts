import { readFile } from 'node:fs/promises';

/**
 * Which languages byte n-grams speak for. An n-gram is up to four bytes of UTF-8 and whether it begins and ends a word; found by
 * `place`, it has the weights from `from[place]` to `from[place + 1]`.
 */
export type Ngrams = {
  /** Codes of the languages, by their number in `language`. */
  codes: string[];
  /** Where an n-gram stands, -1 for one that says nothing. `edges`: 1 it begins a word, 2 it ends one. */
  place: (bytes: number, edges: number) => number;
  count: number;
  from: Uint32Array;
  language: Uint8Array;
  weight: Uint16Array;
};

/** Left out of every weight in the file, to keep it small (eld, calculateScores). */
const baseWeight = 53;

/**
 * Reads the n-grams of eld (the file of that size) for these languages only. As numbers in flat arrays instead of an object of
 * objects they take a tenth of the memory, and looking one up makes no string that the garbage collector has to find again.
 */
export async function readNgrams(size: 'small', candidates: readonly string[]): Promise<Ngrams> {
  const { dictionary } = (await import(besideEld('dictionary.js'))) as { dictionary: string[] };
  const source = await readFile(new URL(besideEld(`ngrams/${size}.js`)), 'utf8');
  const byteOf = new Map(dictionary.flatMap((letter, byte) => (letter === ' ' ? [] : [[letter, byte]])));
  const written = /languages:\{(.*?)\}/.exec(source)?.[1] ?? '';
  const codes = new Map([...written.matchAll(/(\d+):'([a-z]+)'/g)].map(([, id, code]) => [Number(id), code!]));
  const numbers = new Map([...codes].flatMap(([id, code]) => (candidates.includes(code) ? [[id, id] as const] : [])));

  const found: { bytes: number; edges: number; weights: number[] }[] = [];
  for (const [, quoted, bare, list = ''] of source.matchAll(/(?:'((?:[^'\\]|\\.)+)'|([^\s'{},:]+)):\{([\d:,]+)\}/g)) {
    const ngram = ngramOf(bare ?? quoted!.replace(/\\(.)/g, '$1'), byteOf);
    const weights = list.split(',').flatMap((pair) => {
      const [id, weight] = pair.split(':').map(Number) as [number, number];
      return numbers.has(id) ? [id, weight + baseWeight] : [];
    });
    if (ngram && weights.length > 0) found.push({ ...ngram, weights });
  }
  if (found.length < 10_000) throw new Error('The n-grams of eld are not where they were');
  const from = new Uint32Array(found.length + 1);
  for (const [index, { weights }] of found.entries()) from[index + 1] = from[index]! + weights.length / 2;
  const all = found.flatMap(({ weights }) => weights);
  return {
    codes: Array.from({ length: Math.max(...codes.keys()) + 1 }, (_, id) => codes.get(id) ?? ''),
    place: placesOf(found),
    count: found.length,
    from,
    language: Uint8Array.from(all.filter((_, index) => index % 2 === 0)),
    weight: Uint16Array.from(all.filter((_, index) => index % 2 === 1)),
  };
}

/** The package names its entries only; its version is exact in package.json, and a test compares us with its own detector. */
const besideEld = (file: string): string => new URL(`../${file}`, import.meta.resolve('eld')).href;

/** From eld's spelling, a letter for each byte and spaces for the edges of a word. */
function ngramOf(key: string, byteOf: ReadonlyMap<unknown, unknown>): { bytes: number; edges: number } | null {
  const edges = (key.startsWith(' ') ? 1 : 0) | (key.endsWith(' ') ? 2 : 0);
  const letters = [...key.slice(edges & 1, edges & 2 ? -1 : undefined)];
  if (letters.length === 0 || letters.length > 4) return null;
  let bytes = 0;
  for (const letter of letters) {
    const byte = byteOf.get(letter);
    if (typeof byte !== 'number') return null;
    bytes = (bytes << 8) | byte;
  }
  return { bytes: bytes >>> 0, edges };
}

/** A hash table with open addressing, at most half full. */
function placesOf(found: readonly { bytes: number; edges: number }[]): Ngrams['place'] {
  const size = 2 ** Math.ceil(Math.log2(found.length * 2));
  const keys = new Uint32Array(size);
  const marks = new Uint8Array(size);
  const places = new Int32Array(size).fill(-1);
  const slotOf = (bytes: number, edges: number): number => {
    let slot = (Math.imul(bytes ^ (edges << 29), 0x9e3779b1) >>> 8) & (size - 1);
    while (places[slot] !== -1 && (keys[slot] !== bytes || marks[slot] !== edges)) slot = (slot + 1) & (size - 1);
    return slot;
  };
  for (const [index, { bytes, edges }] of found.entries()) {
    const slot = slotOf(bytes, edges);
    keys[slot] = bytes;
    marks[slot] = edges;
    places[slot] = index;
  }
  return (bytes, edges) => places[slotOf(bytes, edges)]!;
}
