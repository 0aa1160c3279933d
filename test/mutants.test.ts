import { expect, test } from 'vitest';
import { allMutants, mutantsIn } from './mutants.ts';

test('every query that keeps to what its reader may see has a mutant', () => {
  const mutants = allMutants();
  expect(mutants.length).toBeGreaterThan(40);
  expect(new Set(mutants.map(({ file }) => file)).size).toBeGreaterThan(20);
  for (const { was, becomes } of mutants) expect(becomes).not.toBe(was);
});

test('a predicate of sight is taken away where it stands', () => {
  const source = 'from a where p.circle_id = any(${' + 'circles}::int[]) and q';
  expect(mutantsIn('x.ts', source)).toMatchObject([{ at: 13, becomes: 'p.circle_id is not null' }]);
});
