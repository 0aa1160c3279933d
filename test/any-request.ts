import { chance, commonWords, type Hidden, hiddenName, hiddenWords, type Shared, type World } from './two-worlds.ts';

export type AnyRequest = { person: Shared['people'][number] | null; path: string; headers?: Record<string, string> };
type Dice = ReturnType<typeof chance>;

/** Requests as somebody curious makes them, each time the same for one seed: of what is there, of what is hidden and of what never was. */
export function anyRequests(seed: number, shared: Shared, hidden: Hidden, encode: World['encode']): () => AnyRequest {
  const dice = chance(seed);
  // Few enough that no address is asked to wait: when that ends is a matter of time.
  let feeds = 0;
  const feed = () => {
    feeds += 1;
    if (feeds > 150) return '/api/searches';
    return `/feeds/${either(dice, shared.tokens, hidden.tokens)}.${dice.of(['atom', 'json'])}`;
  };
  const kinds: (() => string)[] = [
    () =>
      `/api/search?q=${question(dice, shared)}&sort=${dice.of(['newest', 'best'])}&limit=${dice.of([1, 5, 20, 50])}`,
    () => `/api/search?q=${question(dice, shared)}`,
    () => `/api/search/facets?q=${question(dice, shared)}`,
    () => `/api/search/suggest?q=${typed(dice)}`,
    () => `/api/stream?${streamFilter(dice)}`,
    () => dice.of(['/api/stream/counts', '/api/stream/facets', '/api/searches', '/api/tips', '/api/audiences']),
    () => `/api/desk?list=${dice.of(['open', 'mine', 'answered', 'unanswered'])}`,
    () => `/api/people/names?q=${dice.of(['a', 'Ver', 'vertrokken', 'br'])}`,
    () => `/api/threads/${encode('thread', either(dice, shared.threads, hidden.threads))}`,
    () => `/api/threads/${encode('thread', either(dice, shared.threads, hidden.threads))}/replies`,
    () => `/api/mentions/${encode('mention', either(dice, shared.mentions, hidden.mentions))}`,
    () => `/api/searches/${encode('search', either(dice, shared.searches, hidden.searches))}`,
    feed,
    () => dice.of(['/api/topics', '/api/figures?from=2026-11-03&to=2026-11-23']),
    () => `/api/topics/${encode('topic', either(dice, shared.topics, [77]))}${dice.of(['', '/runs'])}`,
    () => `/api/stream?topic=${encode('topic', shared.topics[0]!)}&${streamFilter(dice)}`,
  ];
  return () => {
    const path = dice.of(kinds)();
    const language = dice.of([undefined, 'nl', 'en']);
    return {
      person: dice.below(40) === 0 ? null : dice.of(shared.people),
      path,
      ...(language ? { headers: { 'accept-language': language } } : {}),
    };
  };
}

/** Of three, one is hidden, and some never were. */
function either<T extends number | string>(dice: Dice, shared: readonly T[], hidden: readonly T[]): T {
  const which = dice.below(6);
  if (which === 0) return (typeof shared[0] === 'number' ? 9_000_000 + dice.below(9) : 'A'.repeat(43)) as T;
  return dice.of(which < 3 ? hidden : shared);
}

const words = [...commonWords, ...hiddenWords];

function question(dice: Dice, shared: Shared): string {
  const parts = Array.from({ length: 1 + dice.below(3) }, () => part(dice, shared));
  return encodeURIComponent(parts.join(dice.of([' ', ' ', ' OF ', ' AND '])));
}

function part(dice: Dice, { people }: Shared): string {
  const word = () => dice.of(words);
  const parts: (() => string)[] = [
    word,
    word,
    word,
    () => '*',
    () => `-${word()}`,
    () => `${word().slice(0, 2 + dice.below(4))}*`,
    () => `"${word()} ${word()}"`,
    () => `"${word()} ${word()}"~${dice.below(6)}`,
    () => `taal:${dice.of(['nl', 'en', 'de'])}`,
    () => `is:${dice.of(['open', 'taken', 'answered', 'discussed', 'inside', 'outside', 'edited'])}`,
    () => `bron:"${dice.of(['De Waardbode', 'Forum Lindewaard', hiddenName, 'Nergens'])}"`,
    () => `in:${dice.of(['iedereen', 'buiten', hiddenName, 'Nergensberaad'])}`,
    () => `onderwerp:${dice.of(['Brug', hiddenName])}`,
    () => `zoekvraag:"${dice.of(['Brug', hiddenName, 'Zwijgakkoord', `Vraag 0 van ${dice.of(people).id}`])}"`,
    () => `auteur:${dice.of(['jansen', 'Anna', 'Vertrokken'])}`,
    () => `soort:${dice.of(['artikel', 'reactie', 'article', 'reply'])}`,
    () => `${dice.of(['na', 'voor'])}:2026-11-${10 + dice.below(14)}`,
    () => `sentiment:${dice.of(['negative', 'positive', 'unclear'])}`,
    () => `has:${dice.of(['link', 'title', 'author', 'quote'])}`,
    () => dice.of(['(', '"', 'foo:bar', 'brug~', 'taal:']),
  ];
  return dice.of(parts)();
}

/** The beginning of a word, or a word with a slip in it. */
function typed(dice: Dice): string {
  const word = dice.of([...words, hiddenName.toLowerCase()]);
  const at = 1 + dice.below(word.length - 1);
  const slips = [word.slice(0, at), word.slice(0, at) + word.slice(at + 1), `${word.slice(0, at)}x${word.slice(at)}`];
  return encodeURIComponent(`${dice.of(['', 'brug ', 'bron:', 'zoekvraag:', 'onderwerp:'])}${dice.of(slips)}`);
}

function streamFilter(dice: Dice): string {
  const filters = [
    `side=${dice.of(['outside', 'inside'])}`,
    `language=${dice.of(['nl', 'en'])}`,
    `tone=${dice.of(['negative', 'unclear'])}`,
    'unread=true',
    'mine=true',
    `outcome=${dice.of(['discussed', 'answered'])}`,
    'from=2026-11-10&to=2026-11-20',
  ];
  return [`limit=${dice.of([5, 50])}`, ...filters.filter(() => dice.below(5) === 0)].join('&');
}
