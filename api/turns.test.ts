import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('whoever asks much waits for themselves, up to a bound, and nobody waits for them', async () => {
  const turns = createTurns(1, 1);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (asker: string) =>
    turns(asker, () => {
      begun.push(asker);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const all = [ask('joris'), ask('joris')];
  await expect(ask('joris')).rejects.toMatchObject({ code: 'busy' });
  all.push(ask('sanne'));
  expect(begun).toEqual(['joris', 'sanne']);
  ends[0]!();
  await all[0];
  await turn();
  expect(begun).toEqual(['joris', 'sanne', 'joris']);
  for (const end of ends) end();
  await Promise.all(all);
});

test('a turn that fails makes room', async () => {
  const turns = createTurns(1, 0);
  const fail = () => turns('joris', () => Promise.reject(new Error('no')));
  await expect(fail()).rejects.toThrow('no');
  await expect(fail()).rejects.toThrow('no');
});
