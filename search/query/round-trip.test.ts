import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fromBuilder, toBuilder } from './builder.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { isRefused } from './problems.ts';
import type { Query, QueryLanguage } from './query.ts';
import { saidIn } from './said-in.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = process.env.FULL ? 10_000 : 1_000;
vi.setConfig({ testTimeout: 300_000 });
console.info(`queries made with SEED=${seed}`);
const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) => fc.assert(property, { seed, numRuns });

/** A query without where it stood. */
function bare(query: Query | null): unknown {
  if (!query) return null;
  const { from: _from, to: _to, ...rest } = query;
  if (rest.kind === 'and' || rest.kind === 'or') return { ...rest, of: rest.of.map(bare) };
  return rest.kind === 'not' ? { ...rest, of: bare(rest.of) } : rest;
}

const languages = fc.constantFrom<QueryLanguage>('nl', 'en');
/** Words that people write, and some that try to be something else. */
const word = fc.oneof(
  fc.constantFrom(
    'brug',
    'Sluis-brug',
    'klacht*',
    '#sluis',
    'AT&T',
    'één',
    'of',
    'And',
    '10:30',
    "d'r",
    'ﬁets',
    'ÅNGSTRÖM',
    '"AND"',
    'x–y',
    '#a-b*',
  ),
  fc.string({ unit: fc.constantFrom(...'abé1ß字-#&.,*:~\'"’😀ﬁ\u0301'), minLength: 1, maxLength: 8 }),
);
const phrase = fc
  .tuple(
    fc.array(fc.constantFrom('brug', 'te', 'koop,', 'Één', 'slui*', 'AT&T', '(', ')', 'OF', ':', '*', 'a'), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.constantFrom('', '', '~0', '~>5', '~10', '~x'),
  )
  .map(([words, near]) => `"${words.join(' ')}"${near}`);
const field = fc.constantFrom(
  'taal:nl',
  'lang:Engels',
  'bron:"Omroep (oost)"',
  'source:nos',
  'auteur:"Jan  Jansen"',
  'site:www.nos.nl',
  'url:"nl.wikipedia.org/wiki/Brug_(weg)"',
  'link:https://nos.nl/a/b?c',
  'type:wiki',
  'sentiment:negatief',
  'rating:<3',
  'waardering:2..4',
  'has:foto',
  'is:opgepakt',
  'topic:"a b"',
  'in:Verkeer',
  'query:mijn',
  'before:2026-11',
  'na:"vorige week"',
  'after:7d',
  'wanneer:1j',
  'when:"2 weken"',
  'when:eergisteren',
);
const text = fc.letrec((tie) => ({
  one: fc.oneof({ weight: 4, arbitrary: word }, phrase, field),
  group: fc.tuple(fc.constantFrom('', 'NOT ', '-', 'NIET '), tie('text')).map(([not, inner]) => `${not}(${inner})`),
  text: fc
    .array(
      fc.tuple(
        fc.constantFrom(' ', ' AND ', ' OR ', ' EN ', ' OF ', ' NOT ', ' -', '  '),
        fc.oneof({ depthSize: 'small' }, tie('one'), tie('group')),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.map(([operator, part], n) => (n === 0 ? part : `${operator}${part}`)).join('')),
})).text as fc.Arbitrary<string>;
const anything = fc.oneof(
  text,
  fc.string({ unit: fc.constantFrom(...'ab ()"*~>:-#ANDORéⓐ1“”\u0301\n'), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

test('what is printed is read as the same query, in both languages', () => {
  let valid = 0;
  check(
    fc.property(anything, languages, (written, language) => {
      const { query, problems } = parse(written, { language });
      if (!query || isRefused(problems)) return;
      valid += 1;
      const printed = print(query, language);
      const again = parse(printed, { language });
      expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(bare(again.query)).toEqual(bare(query));
      expect(print(again.query!, language)).toBe(printed);
      // Dutch and English say the same.
      expect(bare(parse(print(query, language === 'nl' ? 'en' : 'nl'), { language }).query)).toEqual(bare(query));
      expect(bare(parse(saidIn(written, language), { language }).query)).toEqual(bare(query));
    }),
  );
  expect(valid).toBeGreaterThan(numRuns / 4);
});

test('whatever is written, something is answered: problems and colours within the text, and the best reading can be used', () => {
  check(
    fc.property(anything, languages, (written, language) => {
      const { query, problems, tokens } = parse(written, { language });
      let end = 0;
      for (const { from, to } of tokens) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      for (const { from, to } of [...problems, { from: 0, to: end }]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(written.length);
      }
      if (query) expect(isRefused(parse(print(query, language), { language }).problems)).toBe(false);
      else expect(written.trim() === '' || isRefused(problems)).toBe(true);
    }),
  );
});

/** Whether a query holds of something of which these ones hold. */
function holds(query: Query, of: (one: string) => boolean): boolean {
  if (query.kind === 'and') return query.of.every((part) => holds(part, of));
  if (query.kind === 'or') return query.of.some((part) => holds(part, of));
  return query.kind === 'not' ? !holds(query.of, of) : of(print(query, 'en'));
}
const onesIn = (query: Query): string[] =>
  query.kind === 'and' || query.kind === 'or'
    ? query.of.flatMap(onesIn)
    : query.kind === 'not'
      ? onesIn(query.of)
      : [print(query, 'en')];

test('rows made of a query mean the query', () => {
  let built = 0;
  check(
    fc.property(text, languages, fc.infiniteStream(fc.boolean()), (written, language, coins) => {
      const { query, problems } = parse(written, { language });
      const builder = query && !isRefused(problems) ? toBuilder(query, language) : null;
      if (!query || !builder) return;
      built += 1;
      const back = parse(fromBuilder(builder, language), { language });
      expect(back.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(toBuilder(back.query!, language)).toEqual(builder);
      for (let n = 0; n < 8; n += 1) {
        const truth = new Map(onesIn(query).map((one) => [one, coins.next().value as boolean]));
        const of = (one: string) => truth.get(one)!;
        expect(holds(back.query!, of)).toBe(holds(query, of));
      }
    }),
  );
  expect(built).toBeGreaterThan(numRuns / 10);
});

test('whatever is typed into the rows makes a query without errors', () => {
  const chips = fc.array(fc.oneof(word, phrase, field, text), { maxLength: 4 });
  check(
    fc.property(fc.record({ any: chips, also: chips, not: chips, only: chips }), languages, (builder, language) => {
      const written = fromBuilder(builder, language);
      const { query, problems } = parse(written, { language });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(query === null).toBe(written === '');
      // Typed in Dutch or English: once it is a query it stays that one.
      if (query) expect(print(query, language)).toBe(written);
    }),
  );
});
