import { addressTerm, siteTerm } from '#domain/address-terms.ts';
import { type MentionKind, mentionKinds, tones } from '#domain/mention.ts';
import { fold } from '#domain/tokens.ts';
import { possessions, type QueryLanguage, states } from './query.ts';

/** What a value is called in Dutch and English, and what else is understood. */
type Called = { nl: string; en: string; also?: readonly string[] };

const types: Record<MentionKind | 'reply', Called> = {
  article: { nl: 'artikel', en: 'article' },
  post: { nl: 'bericht', en: 'post' },
  comment: { nl: 'reactie', en: 'comment' },
  review: { nl: 'recensie', en: 'review', also: ['beoordeling'] },
  video: { nl: 'video', en: 'video' },
  audio: { nl: 'audio', en: 'audio', also: ['podcast'] },
  question: { nl: 'vraag', en: 'question' },
  answer: { nl: 'antwoord', en: 'answer' },
  issue: { nl: 'melding', en: 'issue' },
  'wiki-edit': { nl: 'wiki', en: 'wiki', also: ['wiki-edit'] },
  email: { nl: 'e-mail', en: 'email', also: ['mail'] },
  reply: { nl: 'collega', en: 'reply', also: ['colleague'] },
};
const sentiments: Record<(typeof tones)[number] | 'unclear', Called> = {
  negative: { nl: 'negatief', en: 'negative' },
  neutral: { nl: 'neutraal', en: 'neutral' },
  positive: { nl: 'positief', en: 'positive' },
  unclear: { nl: 'onduidelijk', en: 'unclear' },
};
const things: Record<(typeof possessions)[number], Called> = {
  link: { nl: 'link', en: 'link' },
  image: { nl: 'beeld', en: 'image', also: ['foto', 'afbeelding', 'photo'] },
  video: { nl: 'video', en: 'video' },
  audio: { nl: 'geluid', en: 'audio' },
  title: { nl: 'titel', en: 'title' },
  rating: { nl: 'waardering', en: 'rating' },
  author: { nl: 'auteur', en: 'author' },
  quote: { nl: 'citaat', en: 'quote' },
};
const isStates: Record<(typeof states)[number], Called> = {
  open: { nl: 'open', en: 'open' },
  taken: { nl: 'opgepakt', en: 'taken' },
  answered: { nl: 'beantwoord', en: 'answered' },
  unanswered: { nl: 'onbeantwoord', en: 'unanswered' },
  discussed: { nl: 'besproken', en: 'discussed' },
  edited: { nl: 'bewerkt', en: 'edited' },
  outside: { nl: 'buiten', en: 'outside' },
  inside: { nl: 'binnen', en: 'inside' },
};

/** A closed list of values, readable and printable in both languages. */
export type Values<V extends string> = {
  read: (written: string) => V | null;
  print: (value: V, language: QueryLanguage) => string;
  all: (language: QueryLanguage) => string[];
};

function listOf<V extends string>(order: readonly V[], called: Record<V, Called>): Values<V> {
  const byName = new Map<string, V>();
  for (const value of order)
    for (const name of [called[value].nl, called[value].en, ...(called[value].also ?? [])]) byName.set(name, value);
  return {
    read: (written) => byName.get(fold(written).trim()) ?? null,
    print: (value, language) => called[value][language],
    all: (language) => order.map((value) => called[value][language]),
  };
}

export const closedValues = {
  type: listOf([...mentionKinds, 'reply'], types),
  sentiment: listOf([...tones, 'unclear'], sentiments),
  has: listOf(possessions, things),
  is: listOf(states, isStates),
};

/** The languages people write in here, by code; others are understood by their code. */
const codes = (
  'nl en de fr fy es it pt pl tr ar af am az be bg bn ca cs da el et eu fa fi gu he hi hr hu hy id is ja ka kn ko ku ' +
  'lb lo lt lv ml mr ms no pa pap ro ru sk sl so sq sr sv ta te th ti tl uk ur vi yo zh'
).split(' ');
const displayed = {
  nl: new Intl.DisplayNames('nl', { type: 'language' }),
  en: new Intl.DisplayNames('en', { type: 'language' }),
};
const codeByName = new Map(
  codes.flatMap((code) => [displayed.nl, displayed.en].map((names) => [fold(names.of(code)!), code] as const)),
);

/** The code of a language somebody names or writes as a code ("nl-BE" is "nl"); null when it is neither. */
export function readLanguage(written: string): string | null {
  const text = fold(written).trim();
  const code = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?$/.test(text) ? text.split(/[-_]/)[0]! : null;
  return codeByName.get(text) ?? code;
}

/** A language by name: "Nederlands". */
export const languageName = (code: string, language: QueryLanguage): string => displayed[language].of(code) ?? code;
/** The codes of the languages most used, for who has to choose. */
export const usualLanguages: readonly string[] = codes.slice(0, 11);

/** `3`, `<3`, `>=4` or `2..4`, out of five; null when it is none of these, or holds no rating. */
export function readRating(written: string): { least: number; most: number } | null {
  const text = written.trim();
  const range = /^([1-5])(?:\.\.([1-5]))?$/.exec(text);
  const bound = /^([<>])(=?)([1-5])$/.exec(text);
  if (range) return ordered(Number(range[1]), Number(range[2] ?? range[1]));
  if (!bound) return null;
  const at = Number(bound[3]);
  const step = bound[2] ? 0 : 1;
  return bound[1] === '<' ? ordered(1, at - step) : ordered(at + step, 5);
}
const ordered = (least: number, most: number) => (least <= most ? { least, most } : null);

/** A hostname out of what somebody typed or pasted, without www.; null when it is none. */
export function readHost(written: string): string | null {
  const term = looksLikeAddress(written) ? siteTerm(written) : null;
  return term?.slice('site:'.length) ?? null;
}

/** Host and path of an address, without scheme, www., query and what follows `#`; null when it is none, or deeper than documents keep. */
export function readAddress(written: string): string | null {
  const term = looksLikeAddress(written) ? addressTerm('link', written) : null;
  if (!term) return null;
  const address = term.slice('link:'.length);
  const path = URL.parse(/^https?:/i.test(written) ? written : `https://${written}`)!.pathname;
  return path.split('/').filter(Boolean).length === address.split('/').length - 1 ? address : null;
}

/** A hostname has a dot and only what names may hold; browsers take far more for an address. */
const looksLikeAddress = (written: string) =>
  /^(?:https?:\/\/)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+\.?(?::\d{1,5})?(?:[/?#]\S*)?$/iu.test(written);
