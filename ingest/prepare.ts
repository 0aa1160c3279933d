import type { PreparedMention, RawMention } from '#domain/mention.ts';
import { type NormalisedMention, normalise } from './normalise.ts';
import { loadLanguageDetector, understandLanguage } from './understand/language.ts';
import { understandSentiment } from './understand/sentiment.ts';

export type PrepareContext = {
  fetchedAt: Date;
  /** Of the source, for time zones and for `ref` in addresses. */
  hostname: string | null;
  /** What the source as a whole says it is written in; an item's own claim goes first. */
  language?: string;
};

/** A prepared mention but for the fingerprint, which belongs to the raw form and is made before (workers/poll-source.ts). */
export type UnderstoodMention = Omit<PreparedMention, 'fingerprint'>;

/**
 * Steps 3 and 4 of the walk over a batch: normalise, then understand. Pure but for the clock it is given, safe to repeat,
 * one answer for each item in the same order: no item is so bad that it has none.
 */
export async function prepareMentions(raws: RawMention[], context: PrepareContext): Promise<UnderstoodMention[]> {
  await loadLanguageDetector();
  return raws.map((raw) => understand(normalise(raw, context), raw.language ?? context.language));
}

function understand(mention: NormalisedMention, claim: string | undefined): UnderstoodMention {
  const whole = mention.title ? `${mention.title}\n${mention.text}` : mention.text;
  const { language, languageBy } = understandLanguage(whole, claim);
  return { ...mention, language, languageBy, sentiment: understandSentiment(whole, language) };
}
