import type { Rows } from '../api-query.ts';
import type { TopicSample } from '../api-topics.ts';
import type { Language } from '../preferences.ts';
import { languageName } from '../time.ts';
import type { Words } from '../words/nl.ts';
import { foundWords } from './Marked.tsx';

/** Why a sample is here, in sentences with ** around what is bold: the words found and the row each stands in. */
export function whyHere(sample: TopicSample, rows: Rows | null, words: Words, language: Language): string {
  const { bring, question } = words;
  const found = foundWords(sample.title, sample.text, sample.spans);
  const named = found.map((word) => {
    const row = rows && (['any', 'also'] as const).find((name) => rows[name].some((asked) => asksFor(asked, word)));
    return row ? bring.word(word, lowerFirst(question[row])) : `**${word}**`;
  });
  const name = sample.language === null ? null : languageName(sample.language, language);
  return [
    found.length === 0 ? bring.noWords : bring.because(listed(named, bring.and)),
    ...(rows && rows.not.length > 0 ? [bring.noneOf] : []),
    ...(name ? [bring.language(name)] : []),
  ].join(' ');
}

/**
 * Whether a word of the rows asks for a word as it was found. Only to say in which row it stands: the server decided that it
 * was found at all.
 */
function asksFor(asked: string, found: string): boolean {
  const [wanted, there] = [asked.replace(/^#/, '').replaceAll(/["“”„‟]/g, ''), found.replace(/^#/, '')].map(folded);
  return wanted!.endsWith('*') ? there!.startsWith(wanted!.slice(0, -1)) : wanted === there;
}

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[-\u2010\u2011\s]+/g, ' ')
    .trim();

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function listed(parts: readonly string[], and: string): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;
}

const shortest = 5;

/**
 * A word that would keep out samples that are not right and none of those that are: of those in most wrong ones the longest.
 * null when nothing tells them apart.
 */
export function wordToLeaveOut(right: readonly TopicSample[], wrong: readonly TopicSample[]): string | null {
  const kept = new Set(right.flatMap(wordsOf));
  const seen = new Map<string, number>();
  for (const sample of wrong) {
    const found = new Set(foundWords(sample.title, sample.text, sample.spans).map(folded));
    for (const word of new Set(wordsOf(sample)))
      if (!kept.has(word) && !found.has(word)) seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  const best = [...seen].sort(([a, n], [b, m]) => m - n || b.length - a.length || a.localeCompare(b))[0];
  return best?.[0] ?? null;
}

/** The words of its title, or of its text where it has none: there a topic shows soonest. */
const wordsOf = ({ title, text }: TopicSample): string[] =>
  folded(title ?? text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= shortest);
