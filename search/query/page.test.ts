import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { stemsOf } from '#domain/stems.ts';
import { fieldNames } from './fields.ts';
import { limits } from './limits.ts';
import { noNames } from './names.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { problemCodes } from './query.ts';
import { readQuery } from './read-query.ts';
import { referenceIn } from './reference.ts';
import { sentenceOf } from './sentences.ts';
import type { Use } from './to-plain.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/query-language.md'), 'utf8');

/** The examples of each table: what stands as code in its rows, by the heading of its last column. */
const tables = page.split('\n\n').flatMap((block) => {
  const rows = block.split('\n').filter((line) => line.startsWith('|'));
  const last = rows[0]?.split('|').at(-2)?.trim();
  return last ? [{ last, rows: rows.slice(2) }] : [];
});
const codes = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

/** Where every name is of something. */
const anyName = {
  ...noNames,
  sources: () => [1],
  topic: () => 2,
  circle: () => 3,
  query: () => ({ text: 'bridge', use: 'standing' }) as const,
};
function errorsIn(text: string, use: Use = 'search') {
  const now = new Date('2026-11-23T12:00:00Z');
  const read = readQuery(text, { names: anyName, now, timeZone: 'Europe/Amsterdam', use, stemsOf, language: 'en' });
  return read.kind === 'plain' ? [] : read.problems.map(({ code }) => code);
}

test('every example of the page is a query', () => {
  const examples = tables
    .filter(({ last }) => !last.startsWith('Why not'))
    .flatMap(({ rows }) => rows.flatMap((row) => codes(row)));
  expect(examples.length).toBeGreaterThan(60);
  expect(examples.filter((text) => errorsIn(text).length > 0)).toEqual([]);
  // What differs between the columns is only the language.
  for (const { last, rows } of tables)
    for (const row of rows)
      if (last === 'Finds' && codes(row).length === 2)
        expect(parse(codes(row)[1]!, { language: 'nl' }).query).not.toBeNull();
});

test('everything that the page says is refused is refused, and what it says instead is not', () => {
  const refusedIn = (last: string, use: Use) => {
    const rows = tables.filter((table) => table.last === last).flatMap((table) => table.rows);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) {
      const [, write, why] = row
        .split(' | ')
        .join('|')
        .split(/^\| |\|/);
      expect([write, errorsIn(codes(write!)[0]!, use).length > 0]).toEqual([write, true]);
      for (const text of codes(why!)) if (!text.endsWith(':')) expect([text, errorsIn(text, use)]).toEqual([text, []]);
    }
  };
  refusedIn('Why not', 'search');
  refusedIn('Why not in a topic', 'standing');
});

test('the bounds on the page are those there are', () => {
  const number = (value: number) => value.toLocaleString('en');
  for (const value of [limits.length, limits.operands, limits.expanded, limits.prefixes, limits.depth])
    expect(page).toContain(number(value));
});

test('the page and the reference beside the box know every field, value and form', () => {
  const en = referenceIn('en');
  expect(en.fields).toHaveLength(Object.keys(fieldNames).length);
  for (const { name, values } of en.fields) {
    expect(page).toContain(`\`${name}:`);
    if (['type', 'sentiment', 'has', 'is'].includes(name)) for (const value of values) expect(page).toContain(value);
  }
  for (const language of ['nl', 'en'] as const) {
    const { forms, fields } = referenceIn(language);
    for (const { write } of [...forms, ...fields.map(({ example }) => ({ write: example }))]) {
      expect([write, errorsIn(write)]).toEqual([write, []]);
      // An example is written as we would write it, in that language.
      if (!/[<#]|^.*".*" /.test(write))
        expect(print(parse(write, { language }).query!, language)).toBe(printedForm(write, language));
    }
    for (const { name, also, values } of fields)
      for (const value of values)
        for (const written of [name, ...also]) expect([value, errorsIn(`${written}:"${value}"`)]).toEqual([value, []]);
  }
});

/** Side by side is printed with its AND. */
const printedForm = (write: string, language: 'nl' | 'en') =>
  write.replace(/^(\w+) (\w+)$/, language === 'nl' ? '$1 EN $2' : '$1 AND $2');

test('every problem has a sentence in both languages', () => {
  const facts = { most: 1, length: 2, field: 'f', name: 'n', word: 'w', operator: 'o', ring: 'r' };
  for (const code of problemCodes) {
    const [nl, en] = [sentenceOf({ code, facts }, 'nl'), sentenceOf({ code, facts }, 'en')];
    expect(nl).not.toBe(en);
    for (const sentence of [nl, en]) expect(sentence).toMatch(/^[A-Z].*[.?)]$/);
    expect(nl + en).not.toContain('undefined');
  }
});
