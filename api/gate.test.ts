import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('two at a time go through, in the order they came, also past one that fails; more than may wait are refused', async () => {
  const gate = createGate(2, 2);
  const begun: string[] = [];
  const ends = new Map<string, (how?: Error) => void>();
  const enter = (name: string) =>
    gate(() => {
      begun.push(name);
      return new Promise<string>((resolve, reject) => ends.set(name, (how) => (how ? reject(how) : resolve(name))));
    });
  const all = ['a', 'b', 'c', 'd'].map(enter);
  await expect(enter('e')).rejects.toMatchObject({ code: 'busy' });
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')!(new Error('no'));
  await expect(all[1]).rejects.toThrow('no');
  expect(begun).toEqual(['a', 'b', 'c']);
  ends.get('a')!();
  await all[0];
  ends.get('c')!();
  ends.get('d')!();
  expect(await Promise.all([all[2], all[3]])).toEqual(['c', 'd']);
  ends.clear();
  const later = enter('f');
  ends.get('f')!();
  expect(await later).toBe('f');
});
