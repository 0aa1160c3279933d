import {
  chance,
  commonWords,
  type Hidden,
  hiddenName,
  hiddenWords,
  type Request,
  type Shared,
  type World,
} from './worlds.ts';

export type AnyRequest = Request & { person: Shared['others'][number] | null };
type Dice = ReturnType<typeof chance>;

/** Requests as somebody curious makes them, each time the same for one seed: of what is there, of what is hidden and of what never was. */
export function anyRequests(seed: number, shared: Shared, hidden: Hidden, encode: World['encode']): () => AnyRequest {
  const dice = chance(seed);
  // Few enough that no address is asked to wait: when that ends is a matter of time.
  let feeds = 0;
  const feed = () => {
    feeds += 1;
    if (feeds > 150) return '/api/searches';
    return `/feeds/${either(dice, [...shared.tokens.keys()], hidden.tokens)}.${dice.of(['atom', 'json'])}`;
  };
  const thread = () => encode('thread', either(dice, shared.threads, hidden.threads));
  const mention = () => encode('mention', either(dice, shared.mentions, hidden.mentions));
  const circle = () =>
    encode('circle', either(dice, [1, 2, 3, ...shared.circles, ...shared.circles, ...shared.circles], hidden.circles));
  const topic = () => encode('topic', either(dice, shared.topics, [...hidden.topics, 77]));
  const source = () => encode('source', either(dice, shared.sources, []));
  const person = () => encode('person', dice.of([...shared.others, ...Object.values(shared.viewers)]).id);
  const kinds: (() => string)[] = [
    () =>
      `/api/search?q=${question(dice, shared)}&sort=${dice.of(['newest', 'best'])}&limit=${dice.of([1, 5, 20, 50])}`,
    () => `/api/search?q=${question(dice, shared)}`,
    () => `/api/search/facets?q=${question(dice, shared)}`,
    () => `/api/search/suggest?q=${typed(dice)}`,
    () => `/api/stream?${streamFilter(dice)}`,
    () => `/api/stream?circle=${circle()}&${streamFilter(dice)}`,
    () => dice.of(['/api/stream/counts', '/api/stream/facets', '/api/searches', '/api/tips', '/api/audiences']),
    () =>
      dice.of(['/api/inbox', '/api/inbox?unread=true', '/api/inbox/count', '/api/notice-levels', '/api/kept-threads']),
    () => dice.of(['/api/circles', '/api/me']),
    () => `/api/circles/${circle()}`,
    () =>
      `/api/circles/${circle()}/${dice.of(['members', 'frames', 'threads', 'threads?state=done', `as/${dice.of(['guest', 'colleague', 'outsider'])}`])}`,
    () => dice.of(['/api/sources', `/api/sources/${source()}`, `/api/sources/${source()}/naming`]),
    () => '/api/me/export',
    () => `/api/circles/${circle()}/invitations`,
    () => `/api/desk?list=${dice.of(['open', 'mine', 'answered', 'unanswered'])}`,
    () => `/api/people/names?q=${dice.of(['a', 'Ver', 'vertrokken', 'br', 'Otto', 'Hanna'])}`,
    () => `/api/people/names?q=${dice.of(['a', 'p', 'Otto', 'Hanna', 'ger'])}&circle=${circle()}`,
    () => `/api/threads/${thread()}`,
    () => `/api/threads/${thread()}/replies`,
    () => `/api/mentions/${mention()}`,
    () => `/api/mentions/${mention()}/invitations`,
    () => `/api/threads/${thread()}/topics`,
    () => `/api/searches/${encode('search', either(dice, shared.searches, hidden.searches))}`,
    feed,
    () => dice.of(['/api/topics', '/api/figures?from=2026-11-03&to=2026-11-23', `/api/figures?topic=${topic()}`]),
    () => `/api/topics/${topic()}${dice.of(['', '/runs'])}`,
    () => `/api/stream?topic=${topic()}&${streamFilter(dice)}`,
  ];
  /** Acts that are refused whoever asks, because what they name is not there for them. */
  const hiddenOne = <T>(list: readonly T[], never: T) => (dice.below(4) === 0 ? never : dice.of(list));
  const notTheirs = (kind: 'circle' | 'thread' | 'reply', list: readonly number[]) =>
    encode(kind, hiddenOne(list, 9_000_000));
  const acts: (() => Request & { person?: AnyRequest['person'] })[] = [
    () => ({
      method: 'PUT',
      path: `/api/threads/${notTheirs('thread', hidden.threads)}/attention`,
      body: { follows: true },
    }),
    // Who was in it may take back what they wrote there; the newcomer wrote nothing.
    () => ({
      person: shared.viewers.newcomer,
      method: 'DELETE',
      path: `/api/replies/${notTheirs('reply', hidden.replies)}`,
    }),
    () => ({ method: 'POST', path: `/api/replies/${notTheirs('reply', hidden.replies)}/hide`, body: { reason: 'x' } }),
    () => ({
      method: dice.of(['PATCH', 'POST']),
      path: `/api/circles/${notTheirs('circle', hidden.circles)}${dice.of(['', '/join', '/leave', '/archive', '/hand-over'])}`,
      body: { name: 'x', conclusion: 'x', to: person() },
    }),
    () => ({
      method: 'PUT',
      path: '/api/notice-levels',
      body: { circle: notTheirs('circle', hidden.circles), thread: null, level: 'all' },
    }),
    () => ({ method: 'POST', path: '/api/inbox/read', body: { items: [notTheirs('thread', hidden.threads)] } }),
    () => ({ method: 'POST', path: '/api/query', body: { query: decodeURIComponent(question(dice, shared)) } }),
    () => ({
      method: 'POST',
      path: '/api/topics/preview',
      body: { query: decodeURIComponent(question(dice, shared)) },
    }),
  ];
  const askers = [...Object.values(shared.viewers), ...Object.values(shared.viewers).slice(0, 4)];
  return () => {
    const language = dice.of([undefined, 'nl', 'en']);
    const headers = {
      ...(language ? { 'accept-language': language } : {}),
      ...(dice.below(20) === 0 ? { 'if-modified-since': 'Fri, 20 Nov 2026 09:00:00 GMT' } : {}),
    };
    const who = dice.below(40) === 0 ? null : dice.of(askers);
    if (dice.below(8) > 0) {
      const path = dice.of(kinds)();
      // Whoever reads an address reads what its owner sees.
      const owner = path.startsWith('/feeds/') ? shared.tokens.get(path.slice(7).replace(/\..*/, '')) : undefined;
      // Most of what a circle tells, it tells who is in it.
      const isInside = path.startsWith('/api/circles/') && dice.below(3) > 0;
      if (path === '/api/me/export') return { person: shared.viewers.newcomer, path, headers };
      return { person: owner ?? (isInside ? shared.viewers.member : who), path, headers };
    }
    const key = `00000000-0000-4000-8000-${String(dice.below(1e12)).padStart(12, '0')}`;
    return { person: who, ...dice.of(acts)(), headers: { ...headers, 'idempotency-key': key } };
  };
}

/** Of three, one is hidden, and some never were. */
function either<T extends number | string>(dice: Dice, shared: readonly T[], hidden: readonly T[]): T {
  const which = dice.below(6);
  if (which === 0) return (typeof shared[0] === 'number' ? 9_000_000 + dice.below(9) : 'A'.repeat(43)) as T;
  return dice.of(which < 3 && hidden.length > 0 ? hidden : shared);
}

const words = [...commonWords, ...hiddenWords];

export function question(dice: Dice, shared: Shared): string {
  const parts = Array.from({ length: 1 + dice.below(3) }, () => part(dice, shared));
  return encodeURIComponent(parts.join(dice.of([' ', ' ', ' OF ', ' AND '])));
}

function part(dice: Dice, { viewers }: Shared): string {
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
    () => `in:${dice.of(['iedereen', 'buiten', 'balie', 'Klankbord', hiddenName, 'Nergensberaad'])}`,
    () => `onderwerp:${dice.of(['Brug', hiddenName])}`,
    () => `zoekvraag:"${dice.of(['Brug', hiddenName, 'Zwijgakkoord', `Vraag 0 van ${viewers.communication.id}`])}"`,
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
