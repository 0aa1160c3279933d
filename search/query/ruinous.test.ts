import { expect, test } from 'vitest';
import { stemsOf } from '#domain/stems.ts';
import { fromBuilder } from './builder.ts';
import { readDay } from './dates.ts';
import { lex } from './lexer.ts';
import { limits } from './limits.ts';
import { type NamedQuery, type Names, noNames } from './names.ts';
import { print } from './print.ts';
import { readQuery } from './read-query.ts';
import { closedValues, readAddress, readHost, readLanguage, readRating } from './values.ts';
import { looksLikeAddress, looksLikeField, looksLikeNear, readPiece, readWords } from './words.ts';

/** Rows A8 and A9 of the reliability list: whoever may ask may ask this, and hears what is wrong at once. */
const worst = { queryMs: 100, regexMs: 50 };

/** Processor time of the quickest of three, so that a busy machine changes nothing. */
function cpuMs(run: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

const asked = { now: new Date('2026-11-23T12:00:00Z'), timeZone: 'Europe/Amsterdam', use: 'search', stemsOf } as const;
/** Everything that is done with a query, and the codes of what is wrong. */
function ask(text: string, names: Names = noNames): string[] {
  const read = readQuery(text, { ...asked, names });
  if (read.query) print(read.query, 'en');
  return read.kind === 'plain' ? [] : [...new Set(read.problems.map(({ code }) => code))];
}
const times = (count: number, text: string, between = '') => Array<string>(count).fill(text).join(between);
/** As much of it as fits. */
const full = (text: string) => text.repeat(limits.length).slice(0, limits.length);

const refused: [string, string, string][] = [
  ['ten thousand clauses', times(10_000, 'a', ' OR '), 'too_long'],
  ['as many clauses as fit', full('a OF '), 'too_many'],
  ['one clause too many', times(limits.operands + 1, 'brug', ' '), 'too_many'],
  ['a thousand fields', times(1_000, 'is:open', ' '), 'too_many'],
  ['a phrase of four thousand words', `"${times(3_900, 'a', ' ')}"`, 'too_many'],
  ['a word of four thousand words', times(3_900, 'a', '+'), 'too_many'],
  ['an author of a thousand names', `auteur:"${times(1_001, 'a', ' ')}"`, 'too_many'],
  ['parentheses a thousand deep', `${times(1_000, '(')}a${times(1_000, ')')}`, 'too_deep'],
  ['parentheses one too deep', `${times(33, '(')}a${times(33, ')')}`, 'too_deep'],
  ['only opening parentheses', full('('), 'too_deep'],
  ['negated parentheses a thousand deep', `${times(1_000, '-(')}a${times(1_000, ')')}`, 'too_deep'],
  ['only closing parentheses', full(')'), 'paren_close'],
  ['a star', '*', 'star_alone'],
  ['a star between quotes', '"*"', 'star_alone'],
  ['stars', full('* '), 'too_many'],
  ['a star after a letter', 'a*', 'prefix_short'],
  ['a star after an accent', '\u0301*', 'star_alone'],
  ['a star after a letter written wide', 'ａ*', 'prefix_short'],
  ['stars everywhere', times(limits.prefixes + 1, 'ab*', ' '), 'too_many_prefixes'],
  ['operators only', full('EN OF NIET '), 'operand_missing'],
];
const answered: [string, string][] = [
  ['no, a thousand times', `${times(1_500, 'NOT ')}a`],
  ['minuses', `${times(7_000, '-')}a`],
  ['parentheses at the bound', `${times(32, '(')}a${times(32, ')')}`],
  ['clauses at the bound', times(limits.operands, 'brug', ' OF ')],
  ['one long word', full('a')],
  ['hyphens', `${full('ab-').slice(0, 2_900)}ab`],
  ['spaces', full(' \u00a0\t')],
];
const strange: [string, string][] = [
  ['quotes', full('"')],
  ['quotes of all sorts', full('“a„')],
  ['proximity', full('"a b"~9 ')],
  ['tildes', full('~')],
  ['colons', full(':')],
  ['fields without values', full('taal:')],
  ['fields with spaces', full('taal: ')],
  ['a field of quotes', full('bron:"')],
  ['hashes', full('#')],
  ['marks without letters', full('\u0301')],
  ['one letter with all marks', `a${full('\u0301\u0327').slice(1)}`],
  ['letters that unfold into eighteen', full('\ufdfa')],
  ['letters that unfold, with a star', `${full('\ufdfa').slice(1)}*`],
  ['ligatures', full('ﬃ ')],
  ['half pairs', full('\ud800')],
  ['halves the wrong way round', full('\udc00\ud800 ')],
  ['from right to left', full('\u202e(\u2066')],
  ['nothing to see', full('\u200b\u2060')],
  ['operators written wide', full('ＡＮＤ ')],
  ['operators in Greek', full('ΑΝD ')],
  ['Hangul', full('\u1100\u1161\u11a8')],
  ['NUL', full('\0')],
  [
    'what objects are made of',
    '__proto__ constructor toString valueOf:x __proto__:x hasOwnProperty* is:constructor lang:__proto__',
  ],
];

test.each(refused)('%s: refused with the reason, at once', (_name, text, code) => {
  expect(ask(text)).toContain(code);
  expect(cpuMs(() => ask(text))).toBeLessThan(worst.queryMs);
});
test.each(answered)('%s: answered, at once', (_name, text) => {
  expect(ask(text)).toEqual([]);
  expect(cpuMs(() => ask(text))).toBeLessThan(worst.queryMs);
});
test.each(strange)('%s: whatever it means, at once', (_name, text) => {
  expect(ask(text)).toBeDefined();
  expect(cpuMs(() => ask(text))).toBeLessThan(worst.queryMs);
});

test('sub-queries that double, or are many, are refused before they are worked out', () => {
  const doubling = (times: number): Names => ({
    ...noNames,
    query: (name): NamedQuery => ({
      text:
        name === '0'
          ? 'a'
          : Array(times)
              .fill(`query:${Number(name) - 1}`)
              .join(' OF '),
      use: 'standing',
    }),
  });
  expect(ask('query:2', doubling(5))).toEqual([]);
  expect(ask('query:7', doubling(400))).toEqual(['too_many']);
  expect(ask('query:20', doubling(2))).toEqual(['too_deep']);
  expect(cpuMs(() => ask('query:7', doubling(400)))).toBeLessThan(worst.queryMs);
  expect(cpuMs(() => ask(times(400, 'query:7', ' '), doubling(400)))).toBeLessThan(worst.queryMs);
});

test('rows of a builder may hold anything', () => {
  const rows = { any: [full('('), full('"')], also: [full('a OR ')], not: [full('*')], only: [full('taal:')] };
  expect(cpuMs(() => fromBuilder(rows, 'nl'))).toBeLessThan(worst.queryMs);
});

test('no expression backtracks on 100,000 characters', () => {
  const pumps = [
    'a',
    '1',
    '-',
    '.',
    'a.',
    'a-',
    '/',
    ':',
    '~',
    '~1',
    '*',
    ' ',
    '\u00a0',
    '"',
    '>',
    'a ',
    '1 ',
    'http://',
    '\u0301',
    'é-',
  ];
  const ends = process.env.FULL ? ['', '!', '*', '~', ':', '.', ' x'] : ['!', '*'];
  const readers: Record<string, (text: string) => unknown> = {
    lex,
    readPiece,
    readWords,
    looksLikeAddress,
    looksLikeField,
    looksLikeNear,
    readDay,
    readHost,
    readAddress,
    readRating,
    readLanguage,
    readType: closedValues.type.read,
    hyphens: (text) => ask(text.replaceAll(/\s/g, '').slice(0, limits.length)),
  };
  const slow = pumps.flatMap((pump) =>
    ends.flatMap((end) => {
      const text = pump.repeat(Math.ceil(100_000 / pump.length)).slice(0, 100_000) + end;
      return Object.entries(readers).flatMap(([name, read]) => {
        const before = process.cpuUsage();
        read(text);
        const { user, system } = process.cpuUsage(before);
        // Only what was slow is tried again: there are many.
        if (user + system < worst.regexMs * 1_000) return [];
        const ms = cpuMs(() => read(text));
        return ms > worst.regexMs ? [`${name} ${JSON.stringify(pump)} ${end}: ${ms} ms`] : [];
      });
    }),
  );
  expect(slow).toEqual([]);
}, 60_000);
