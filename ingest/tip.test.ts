import { expect, test } from 'vitest';
import { readTipAddress, tipIdentity, tipOfText } from './tip.ts';

test.each([
  ['https://krant.example/artikel/1?utm_source=x#boven', 'https://krant.example/artikel/1'],
  ['  “https://krant.example/artikel”  ', 'https://krant.example/artikel'],
  ['<https://krant.example/artikel>', 'https://krant.example/artikel'],
  ['krant.example/artikel', 'https://krant.example/artikel'],
  ['krant.example', 'https://krant.example/'],
  ['krant.example:8080/a', 'https://krant.example:8080/a'],
  ['https://naam:geheim@krant.example/a', 'https://krant.example/a'],
  ['https://forum.example/draad/7#comment-12', 'https://forum.example/draad/7#comment-12'],
  ['HTTP://LOCALHOST/a', 'http://localhost/a'],
])('%s is the address %s', (written, address) => {
  expect(readTipAddress(written)).toBe(address);
});

test.each([
  '',
  '   ',
  'de krant van gisteren',
  'krant',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://krant.example/a',
  'file:///etc/passwd',
  'mailto:iemand@krant.example',
  'https://',
  'Kijk: https://krant.example/a',
  `https://krant.example/${'a'.repeat(5_000)}`,
])('"%s" is no address of the web', (written) => {
  expect(readTipAddress(written)).toBeNull();
});

test('words are known again however they are spaced and punctuated, and apart from an address', () => {
  expect(tipIdentity(null, 'De brug  is dicht!')).toEqual(tipIdentity(null, 'de brug is dicht'));
  expect(tipIdentity(null, '!!!')).not.toEqual(tipIdentity(null, '???'));
  expect(tipOfText('De brug is dicht', 'https://krant.example/a')).toEqual({
    namespace: 'tip:krant.example',
    externalId: 'https://krant.example/a',
    url: 'https://krant.example/a',
    text: 'De brug is dicht',
    kind: 'post',
  });
});
