import { type Ngrams, readNgrams } from './ngrams.ts';

export type Detector = (text: string) => {
  /** ISO 639-1, '' when no candidate has anything of the text. */
  language: string;
  /** Distance of the best from the next language (0 to 1); asked only where it decides, because it costs as much again. */
  margin: () => number;
};

/** From here on the text ends at the next space, or at the next character (bytes, as eld has it). */
const cutAtSpace = 350;
const cutAnywhere = 380;
const maxWordBytes = 70;
/** Turns weight per n-gram into a score between 0 and 1 (eld, orderAndScale). */
const scoreScale = 25;

/**
 * The method of eld, Nito T.M., on its own n-grams and with its answers, which the test compares: every word is cut into
 * groups of four bytes that overlap by one, and each different group counts once for every language it is frequent in.
 */
export async function loadDetector(candidates: readonly string[]): Promise<Detector> {
  const ngrams = await readNgrams('small', candidates);
  const scores = new Uint32Array(ngrams.codes.length);
  const seen = new Uint32Array(ngrams.count);
  let round = 0;

  return (text) => {
    const bytes = bytesOf(text);
    round += 1;
    scores.fill(0);
    forEachNgram(bytes, (group, edges) => {
      const place = ngrams.place(group, edges);
      if (place < 0 || seen[place] === round) return;
      seen[place] = round;
      addWeights(ngrams, place, scores);
    });
    let best = 0;
    for (let id = 1; id < scores.length; id++) if (scores[id]! > scores[best]!) best = id;
    if (scores[best] === 0) return { language: '', margin: () => 0 };
    let next = 0;
    for (let id = 0; id < scores.length; id++) if (id !== best && scores[id]! > next) next = scores[id]!;
    const first = scores[best]!;
    return {
      language: ngrams.codes[best]!,
      margin: () => {
        const different = new Set<number>();
        forEachNgram(bytes, (group, edges) => different.add(group * 4 + edges));
        return scaled(first / different.size) - scaled(next / different.size);
      },
    };
  };
}

const scaled = (score: number): number => score / (score + scoreScale);

function addWeights({ from, language, weight }: Ngrams, place: number, scores: Uint32Array): void {
  const end = from[place + 1]!;
  for (let at = from[place]!; at < end; at++) scores[language[at]!]! += weight[at]!;
}

/** Words in small letters with one space between them; an apostrophe before a letter belongs to the word. */
function bytesOf(text: string): Buffer {
  return Buffer.from(
    text
      .replace(/[^\p{L}]+(?<!['`’])/gu, ' ')
      .trim()
      .toLowerCase(),
  );
}

/** Calls `visit` for every n-gram: its bytes as one number, and which edges of its word it has (ngrams.ts). */
function forEachNgram(bytes: Buffer, visit: (group: number, edges: number) => void): void {
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    // The first byte of a character, or the end: only there a text is cut.
    const isCut = at > cutAnywhere && (bytes[at]! & 0xc0) !== 0x80;
    if (at < bytes.length && bytes[at] !== 32 && !isCut) continue;
    if (at > start) ngramsOf(bytes, start, Math.min(at, bytes.length), visit);
    if (at > cutAtSpace) return;
    start = at + 1;
  }
}

function ngramsOf(bytes: Buffer, start: number, end: number, visit: (group: number, edges: number) => void): void {
  const length = Math.min(end - start, maxWordBytes);
  let at = 0;
  for (; at + 4 < length; at += 3) visit(groupOf(bytes, start + at, start + at + 4), at === 0 ? 1 : 0);
  // The last four bytes overlap with the ones before by whatever there is. Of a word cut short they are a group that no
  // language has: bytes 0 are nobody's.
  if (end - start > maxWordBytes) visit(0, 2);
  else visit(groupOf(bytes, Math.max(start, end - 4), end), at === 0 ? 3 : 2);
}

function groupOf(bytes: Buffer, from: number, to: number): number {
  let group = 0;
  for (let at = from; at < to; at++) group = (group << 8) | bytes[at]!;
  return group >>> 0;
}
