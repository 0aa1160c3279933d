/**
 * Arrays as PostgreSQL sends them itself (array_recv), for what is long: as literals every text would be escaped here and read
 * sign by sign there, and a tsvector costs more to read than to store. `pg` passes a Buffer on as binary, for a parameter
 * cast to that array type.
 */

/** Numbers of built-in types, the same in every PostgreSQL (pg_type.dat). */
const textType = 25;
const tsvectorType = 3614;

/** For a parameter `::text[]`. The texts must be storable (mention-rows.ts). */
export function textArray(values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  const { array, start } = begin(textType, sizes);
  let at = start;
  for (const [index, value] of values.entries()) {
    at = array.writeInt32BE(sizes[index]!, at);
    if (value !== null) at += array.write(value, at);
  }
  return array;
}

/** Words and their places (domain/tokens.ts), those up to `titleEnd` with weight A; and lexemes that stand nowhere. */
export type Vector = {
  words: ReadonlyMap<string, readonly number[]>;
  titleEnd: number;
  lexemes: readonly string[];
};

/** For a parameter `::tsvector[]`. */
export const tsvectorArray = (vectors: readonly Vector[]): Buffer => packedTsvectorArray(vectors.map(tsvector));

/** The same, of what `tsvector` made of each. */
export function packedTsvectorArray(packed: readonly Buffer[]): Buffer {
  const { array, start } = begin(
    tsvectorType,
    packed.map(({ length }) => length),
  );
  let at = start;
  for (const one of packed) {
    at = array.writeInt32BE(one.length, at);
    at += one.copy(array, at);
  }
  return array;
}

/** For a parameter `::tsvector`. */
export function tsvector(vector: Vector): Buffer {
  const buffer = Buffer.allocUnsafe(tsvectorSize(vector));
  writeTsvector(buffer, 0, vector);
  return buffer;
}

/** An array of one dimension, from 1, of elements with these sizes (-1: null), its head written. */
function begin(elementType: number, sizes: readonly number[]): { array: Buffer; start: number } {
  const length = sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), 20);
  const array = Buffer.allocUnsafe(length);
  let start = array.writeInt32BE(1);
  start = array.writeInt32BE(sizes.includes(-1) ? 1 : 0, start);
  start = array.writeInt32BE(elementType, start);
  start = array.writeInt32BE(sizes.length, start);
  start = array.writeInt32BE(1, start);
  return { array, start };
}

function tsvectorSize({ words, lexemes }: Vector): number {
  let size = 4;
  for (const [word, positions] of words) size += byteLength(word) + 3 + 2 * positions.length;
  for (const lexeme of lexemes) size += byteLength(lexeme) + 3;
  return size;
}

/** The two highest bits of a place. */
const weightA = 0xc000;

/** The number of lexemes, then each as it is, a zero byte, how many positions, and these; tsvectorrecv puts them in order. */
function writeTsvector(to: Buffer, start: number, { words, titleEnd, lexemes }: Vector): number {
  let at = to.writeInt32BE(words.size + lexemes.length, start);
  for (const [word, positions] of words) {
    at = writeWord(to, at, word);
    to[at++] = 0;
    at = writeUInt16(to, at, positions.length);
    for (const position of positions) at = writeUInt16(to, at, position <= titleEnd ? position | weightA : position);
  }
  for (const lexeme of lexemes) {
    at = writeWord(to, at, lexeme);
    to[at++] = 0;
    at = writeUInt16(to, at, 0);
  }
  return at;
}

function writeUInt16(to: Buffer, at: number, value: number): number {
  to[at] = value >>> 8;
  to[at + 1] = value & 0xff;
  return at + 2;
}

/** Words are short and mostly ASCII: a call into the runtime for each costs more than the loop. */
function byteLength(word: string): number {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return Buffer.byteLength(word);
  return word.length;
}

function writeWord(to: Buffer, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code > 127) return at + to.write(word, at);
    to[at + i] = code;
  }
  return at + word.length;
}
