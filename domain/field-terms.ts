import { fold, tokens } from './tokens.ts';

/** Terms of fields, as documents bear them and queries ask for them: both make them here. */

const tones = ['negative', 'neutral', 'positive'] as const;
/** -1, 0, 1; null is unclear. */
export const toneTerm = (tone: number | null): string => `sentiment:${tone === null ? 'unclear' : tones[tone + 1]}`;

export const languageTerm = (language: string): string => `lang:${language.toLowerCase()}`;

/** A rating as one to five stars, whatever the source counts to. */
export function ratingTerm({ value, best }: { value: number; best: number }): string {
  const stars = best > 0 ? Math.floor((value / best) * 5 + 0.5) : 1;
  return `rating:${Math.min(5, Math.max(1, stars))}`;
}

/** Each word of a name and a handle, and the handle whole: `author:jansen`, `author:jan@social.example`. */
export function authorTerms(name: string | null, handle: string | null): string[] {
  const words = [...tokens(name ?? ''), ...tokens(handle ?? '')];
  const whole = handle === null ? '' : fold(handle.trim().replace(/^@/, ''));
  // As long as any term may be (PostgreSQL refuses lexemes above 2,046 bytes).
  if (whole !== '' && whole.length <= mostTermUnits) words.push(whole);
  return [...new Set(words)].map((word) => `author:${word}`);
}

/** Longer than this no term is, counted in UTF-16 units without its field. */
export const mostTermUnits = 300;
