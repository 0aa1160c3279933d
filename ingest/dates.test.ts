import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corporaDir } from '#test/xss-payloads.ts';
import { readDate } from './dates.ts';

const iso = (raw: string, hostname: string | null = null): string | null =>
  readDate(raw, { hostname })?.toISOString().replace('.000Z', 'Z') ?? null;

test.each([
  ['Mon, 23 Nov 2026 10:15:30 +0100', '2026-11-23T09:15:30Z'],
  ['23 Nov 26 10:15 EST', '2026-11-23T15:15:00Z'],
  ['2026-11-23T10:15:30.5+01:00', '2026-11-23T09:15:30.500Z'],
  ['20261123T101530Z', '2026-11-23T10:15:30Z'],
  ['2026-327', '2026-11-23T00:00:00Z'],
  ['2026-11-23 10:15:30', '2026-11-23T10:15:30Z'],
  ['November 23rd, 2026 at 9:05 PM', '2026-11-23T21:05:00Z'],
  ['Mon Nov 23 2026 10:15:30 GMT+0100 (Central European Standard Time)', '2026-11-23T09:15:30Z'],
  ['1795428930', '2026-11-23T10:15:30Z'],
  ['23. Dezember 2026', '2026-12-23T00:00:00Z'],
])('reads %j', (raw, expected) => {
  expect(iso(raw)).toBe(expected);
});

test.each([
  ['maandag 23 november 2026 om 10:15 uur', '2026-11-23T09:15:00Z'],
  ['ma 23 nov. 2026 10.15 u', '2026-11-23T09:15:00Z'],
  ['1 mrt 2026', '2026-02-28T23:00:00Z'],
  ['1 mei 2026 12:00', '2026-05-01T10:00:00Z'],
  ['5 okt 2026 12:00', '2026-10-05T10:00:00Z'],
  ['05-11-2026', '2026-11-04T23:00:00Z'],
  ['05/11/2026 10:00', '2026-11-05T09:00:00Z'],
  ['5.11.26', '2026-11-04T23:00:00Z'],
])('reads %j on a Dutch site in Dutch time', (raw, expected) => {
  expect(iso(raw, 'nieuws.example.nl')).toBe(expected);
});

test('a date without a zone follows summer and winter time to the hour', () => {
  expect(iso('2026-03-29 01:59:59', 'a.nl')).toBe('2026-03-29T00:59:59Z');
  expect(iso('2026-03-29 03:00:00', 'a.be')).toBe('2026-03-29T01:00:00Z');
  expect(iso('2026-10-25 01:59:59', 'a.nl')).toBe('2026-10-24T23:59:59Z');
  expect(iso('2026-10-25 03:00:00', 'a.nl')).toBe('2026-10-25T02:00:00Z');
  expect(iso('2026-07-01 12:00:00', 'a.example.com')).toBe('2026-07-01T12:00:00Z');
});

test('dashes are day first everywhere, slashes where the site is not American', () => {
  expect(iso('05-11-2026', 'a.example.com')).toBe('2026-11-05T00:00:00Z');
  expect(iso('05/11/2026', 'a.example.com')).toBe('2026-05-11T00:00:00Z');
  expect(iso('05/11/2026', 'a.example.de')).toBe('2026-11-05T00:00:00Z');
  expect(iso('23/11/2026', 'a.example.com')).toBe('2026-11-23T00:00:00Z');
});

test.each([
  '',
  '   ',
  'gisteren',
  '2 uur geleden',
  '0',
  '1',
  '29-02-2026',
  '32 jan 2026',
  '2026-13-01',
  'nov 2026',
  '25:00',
  'NaN',
])('does not make up a date for %j', (raw) => {
  expect(readDate(raw, { hostname: null })).toBeNull();
});

test('a hundred thousand characters of anything cost nothing', () => {
  const pumps = ['1', ' ', '-', ':', 'a', '(', '+01:00 ', '1:', '1-', 'jan ', '2026-', '.'].map((one) =>
    one.repeat(100_000 / one.length),
  );
  const began = performance.now();
  for (const pump of pumps) readDate(pump, { hostname: 'a.nl' });
  expect(performance.now() - began).toBeLessThan(50);
});

const file = join(corporaDir, 'dates', 'feedparser-dates.tsv');
describe.skipIf(!existsSync(file))("feedparser's date strings (CORPORA_DIR)", () => {
  const rows = (): { input: string; expected: string }[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => ({ input: row.split('\t')[1] ?? '', expected: row.split('\t')[2] ?? '' }));

  test('what is no date never becomes one', () => {
    const invalid = rows().filter(({ expected }) => expected === '');
    expect(invalid).toHaveLength(26);
    expect(invalid.filter(({ input }) => readDate(input, { hostname: null }) !== null)).toEqual([]);
  });

  test('the others are read, but for languages we do not know and ISO 8601 without a century', () => {
    const missed = rows()
      .filter(({ input, expected }) => expected !== '' && iso(input)?.replace(/\.\d+Z/, 'Z') !== expected)
      .map(({ input }) => input);
    expect(missed).toEqual([
      'Κυρ, 11 Ιούλ 2004 12:00:00 EST',
      '2004-július-13T9:15-05:00',
      '-0312',
      '031231',
      '03-12-31',
      '-03-12',
      '03335',
      '2004-05-25 오후 11:23:17',
      '2004년 05월 28일  01:31:15',
    ]);
  });
});
