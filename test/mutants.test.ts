import { expect, test } from 'vitest';
import { allMutants, mutantsIn, sources, unguarded } from './mutants.ts';
import { notSight, sameWithout } from './mutants-predicates.ts';

test('every query that keeps to what its reader may see has a mutant', () => {
  expect(sources().flatMap(({ file, source }) => unguarded(file, source))).toEqual([]);
  for (const { was, becomes } of allMutants()) expect(becomes).not.toBe(was);
});

test('a query of a new kind is noticed', () => {
  const line = 'where x.id in (select unnest(${' + 'circles}::int[]) offset 0) and y';
  expect(unguarded('x.ts', line)).toEqual([]);
  expect(unguarded('x.ts', line.replace('unnest', 'some'))).toHaveLength(1);
  expect(unguarded('x.ts', 'if (circles.includes(3)) show();')).toHaveLength(1);
});

test('every reason for no mutant is about words that stand there', () => {
  const bySource = new Map(sources().map(({ file, source }) => [file, source]));
  for (const { file, words } of [...notSight, ...sameWithout])
    expect(bySource.get(file), `${file}: ${words}`).toContain(words);
});

test('a predicate of sight is taken away where it stands', () => {
  const source = 'from a where p.circle_id = any(${' + 'circles}::int[]) and q';
  expect(mutantsIn('x.ts', source)).toMatchObject([{ at: 13, becomes: 'p.circle_id is not null' }]);
});
