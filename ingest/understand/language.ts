import type { PreparedMention } from '#domain/mention.ts';
import { amongDutch } from './close-to-dutch.ts';
import { type Detector, loadDetector } from './detector.ts';

/** Languages that are written here, and those whose script cannot be taken for another: more only makes short texts wrong. */
const candidates = `nl en de fr es it pt pl tr ro da sv no fi cs hu ru uk bg el ar fa he hi ur zh ja ko vi th`.split(
  ' ',
);
/** Codes that say "no language", or that a platform uses for its own purposes. */
const noClaim = /^(?:und|mul|mis|zxx|art|q[a-t][a-z])$/;
/** Fewer letters than this are a guess: "und" is the honest answer, and a source's claim the better one. */
const minLetters = 10;
const maxLooked = 600;
/** Of which the detector reads this much; more changes nothing. */
const maxDetected = 160;
/** From so many letters on the best language is well apart from the next. */
const longText = 60;
/** Distance between the best and the next language (0 to 1), read off corpora/langid: below this pairs of words go wrong. */
const minMargin = 0.02;
/** Nineteen of twenty right answers on sentences are above this. */
const clearMargin = 0.1;

type Detection = {
  language: string;
  /** Distance to the next language; asked only where it decides, because sorting the scores costs as much as finding them. */
  margin: () => number;
  letters: number;
};
let detect: Detector | null = null;
let loading: Promise<void> | null = null;

/**
 * Loads the language model (the n-grams of eld, small) on first use: 4 MB, and some 70 MB of RSS and 0.2 s while it
 * loads. Call it only in the ingest thread, which goes when it is idle.
 */
export function loadLanguageDetector(): Promise<void> {
  loading ??= loadDetector(candidates).then((loaded) => {
    detect = loaded;
  });
  return loading;
}

/**
 * Language of a text as an ISO 639 code, 'und' when it does not say. A source's claim is believed unless the text
 * clearly is something else: platforms fill in the language of the app.
 */
export function understandLanguage(text: string, claim?: string): Pick<PreparedMention, 'language' | 'languageBy'> {
  const claimed = claimOf(claim);
  const found = detectLanguage(text);
  if (claimed !== null && !contradicts(found, claimed)) return { language: claimed, languageBy: 'source' };
  return { language: found.language, languageBy: found.language === 'und' ? 'none' : 'detected' };
}

/** What the text itself says. Needs `loadLanguageDetector` first. */
export function detectLanguage(text: string): Detection {
  if (!detect) throw new Error('loadLanguageDetector has not finished');
  const words = wordsOf(text);
  const letters = lettersOf(words);
  if (letters < minLetters && !/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Kana}/u.test(words)) return unknown;
  const { language, margin } = detect(words.slice(0, maxDetected));
  if (language === '' || (letters < longText && margin() < minMargin)) return unknown;
  return { language: closer(language, words, margin), margin, letters };
}
const unknown: Detection = { language: 'und', margin: () => 0, letters: 0 };
/** What the detector makes of Frisian and Afrikaans when it does not say Dutch. */
const neighbours = new Set(['en', 'de', 'da', 'no', 'sv']);

/** The detector's answer, except where it may be one of the two languages it does not know. */
function closer(language: string, words: string, margin: () => number): string {
  if (language === 'nl') return amongDutch(words);
  if (!neighbours.has(language) || margin() >= clearMargin) return language;
  const small = amongDutch(words);
  return small === 'nl' ? language : small;
}

/** The words of the beginning: addresses, @names, #tags and numbers are in no language. */
function wordsOf(text: string): string {
  const head = text.slice(0, maxLooked);
  const words = /[@#\d]|:\/\/|www\./.test(head) ? head.replace(/(?:https?:\/\/|www\.)\S+|[@#]\S+|\d+/g, ' ') : head;
  return words.trim();
}

/** Exact for short texts, where it matters; long ones have enough. */
function lettersOf(words: string): number {
  return words.length > 120 ? words.length : (words.match(/\p{L}/gu)?.length ?? 0);
}

/** Primary language of a tag ("nl-BE" → "nl"), or null when it claims nothing. */
function claimOf(claim: string | undefined): string | null {
  const primary = /^([a-z]{2,3})(?:[-_]|$)/i.exec(claim?.trim() ?? '')?.[1]?.toLowerCase();
  return primary === undefined || noClaim.test(primary) ? null : primary;
}

/** Whether a text is so clearly something else that the claim is wrong. What the detector does not know it cannot deny. */
function contradicts(found: Detection, claimed: string): boolean {
  if (found.language === claimed || found.language === 'und' || found.letters < 2 * minLetters) return false;
  const known = candidates.includes(claimed) || claimed === 'fy' || claimed === 'af';
  return known && found.margin() >= clearMargin;
}
