/** Languages in which the server speaks for itself; Dutch is the first and the default. */
export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];

/**
 * The language for our own sentences by Accept-Language (RFC 9110, 12.5.4): the one of ours with the highest weight, Dutch
 * when none or both equally. Anything malformed counts as absent.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const weights = new Map<string, number>();
  for (const part of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
    const language = range.split('-')[0]!;
    weights.set(language, Math.max(weights.get(language) ?? 0, quality === undefined ? 1 : Number(quality)));
  }
  const weigh = (language: Language) => weights.get(language) ?? weights.get('*') ?? 0;
  return weigh('en') > weigh('nl') ? 'en' : 'nl';
}
