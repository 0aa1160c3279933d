import { expect, test } from 'vitest';
import { bookmarklet, sharedIn } from './shared.ts';

test.each([
  [
    'the bookmarklet: address, title and selection',
    { url: 'https://krant.example/a', title: 'Brug dicht', text: 'Ze zeiden' },
    'https://krant.example/a',
    'Ze zeiden',
  ],
  [
    'a phone that puts the link in the text',
    { text: 'Kijk https://krant.example/a?b=1.', title: '' },
    'https://krant.example/a?b=1',
    'Kijk .',
  ],
  ['a text that is only the link', { text: 'https://krant.example/a' }, 'https://krant.example/a', ''],
  [
    'a text that repeats the title',
    { url: 'https://krant.example/', title: 'Brug dicht', text: 'Brug dicht' },
    'https://krant.example/',
    '',
  ],
  [
    'words without a link keep their title',
    { title: 'Brug dicht', text: 'Drie weken' },
    '',
    'Brug dicht\n\nDrie weken',
  ],
  ['an address that is none', { url: 'javascript:alert(1)', text: 'x' }, '', 'x'],
  ['nothing at all', {}, '', ''],
])('%s', (_, query, address, text) => {
  expect(sharedIn(`?${new URLSearchParams(query as Record<string, string>)}`)).toEqual({ address, text });
});

test('what is longer than a tip may be is cut', () => {
  expect(sharedIn(`?text=${'a'.repeat(30_000)}`).text).toHaveLength(20_000);
});

test('the bookmarklet opens the tip page with the page one is on, whatever that is called', () => {
  const opened: string[] = [];
  const script = decodeURIComponent(bookmarklet('https://bw.example').slice('javascript:'.length));
  const run = new Function('open', 'location', 'document', 'getSelection', script);
  run(
    (address: string) => opened.push(address),
    { href: 'https://krant.example/a?b=1&c=2#d' },
    { title: 'Brug "dicht" & meer' },
    () => 'geen pont',
  );
  const { pathname, origin, search } = new URL(opened[0]!);
  expect([origin, pathname]).toEqual(['https://bw.example', '/tips']);
  expect(Object.fromEntries(new URLSearchParams(search))).toEqual({
    url: 'https://krant.example/a?b=1&c=2#d',
    title: 'Brug "dicht" & meer',
    text: 'geen pont',
  });
});
