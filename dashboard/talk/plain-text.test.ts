import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reference } from '../api-talk.ts';
import { type Block, type Inline, readPlainText, webAddress } from './plain-text.ts';

const joris: Reference = { kind: 'person', id: 'p_joris', name: 'Joris Aalbers' };
const quote: Reference = { kind: 'quote', id: 'm_1', threadId: 't_1', from: 0, to: 4, text: 'brug', source: 'Krant' };

const pieces = (block: Block): Inline[] =>
  block.kind === 'cited' ? [] : (block.kind === 'list' ? block.items : block.lines).flat();
const said = (block: Block): string =>
  block.kind === 'cited'
    ? '[citaat]'
    : (block.kind === 'list' ? block.items : block.lines)
        .map((line) =>
          line.map((piece) => (piece.kind === 'reference' ? `[${piece.reference.kind}]` : piece.text)).join(''),
        )
        .join('|');

test('paragraphs, lists and quotes are told apart by how a line begins', () => {
  const blocks = readPlainText('Dit is het:\n- een\n- twee\nen door.\n\n> zei hij\n> toen\nJa.', []);
  expect(blocks.map((block) => [block.kind, said(block)])).toEqual([
    ['paragraph', 'Dit is het:'],
    ['list', 'een|twee'],
    ['paragraph', 'en door.'],
    ['quote', 'zei hij|toen'],
    ['paragraph', 'Ja.'],
  ]);
});

test('a dash or a bracket inside a line is no list and no quote', () => {
  expect(readPlainText('-5 graden\n>hm\na - b', []).map(({ kind }) => kind)).toEqual(['paragraph']);
});

test('references stand where they were put, a quote on its own line as a block', () => {
  const blocks = readPlainText('\uFFFC\nDag \uFFFC, klopt \uFFFC?', [quote, joris, quote]);
  expect(blocks.map((block) => [block.kind, said(block)])).toEqual([
    ['cited', '[citaat]'],
    ['paragraph', 'Dag [person], klopt [quote]?'],
  ]);
});

test('a place without a reference says nothing and moves nothing', () => {
  expect(readPlainText('a \uFFFC b \uFFFC c', [joris]).map(said)).toEqual(['a [person] b  c']);
});

test.each([
  ['zie https://a.example/pad?x=1.', 'https://a.example/pad?x=1'],
  ['(https://a.example/x)', 'https://a.example/x'],
  ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
  ['HTTP://A.example', 'HTTP://A.example'],
])('an address ends where the sentence goes on: %s', (text, address) => {
  const links = readPlainText(text, [])
    .flatMap(pieces)
    .filter((piece) => piece.kind === 'link');
  expect(links.map((link) => link.text)).toEqual([address]);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'javascript:alert(1)',
        'http://',
        'https://',
        'https:javascript:x',
        'data:text/html,x',
        'http://[',
        'a.example',
        '@',
        '\u0000',
        '\n',
        ' ',
        '- ',
        '> ',
        '\uFFFC',
        '<a href="javascript:x">',
        '(',
        ')',
        '%00',
        '\\',
        '//',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

test('whatever is written, no link leads anywhere but to http or https, and no word is lost or added', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const blocks = readPlainText(text, []);
      for (const piece of blocks.flatMap(pieces))
        if (piece.kind === 'link') expect(new URL(piece.href).protocol).toMatch(/^https?:$/);
      const kept = blocks.flatMap(pieces).map((piece) => (piece.kind === 'reference' ? '' : piece.text));
      const bare = text
        .split('\n')
        .map((line) => line.replace(/^\s*[->]\s+/, ''))
        .join('');
      expect(kept.join('').replace(/\s/g, '')).toBe(bare.replace(/[\s\uFFFC]/g, ''));
    }),
    { numRuns: 500 },
  );
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'mailto:a@b.example', 'a.example', ''])(
  'is no web address: %s',
  (written) => expect(webAddress(written)).toBe(null),
);
