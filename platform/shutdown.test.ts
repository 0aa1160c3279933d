import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { closeInOrder } from './shutdown.ts';

const log = createLog('silent');

test('steps close one after the other, those that stand together at the same time', async () => {
  const said: string[] = [];
  const step = (name: string, ms: number) => ({
    name,
    withinMs: 1_000,
    close: async () => {
      said.push(`${name}…`);
      await sleep(ms);
      said.push(name);
    },
  });
  expect(await closeInOrder([[step('api', 20), step('workers', 5)], [step('database', 0)]], log)).toBe(true);
  expect(said).toEqual(['api…', 'workers…', 'workers', 'api', 'database…', 'database']);
});

test('a step that fails or hangs is left behind, and the database still gets its turn', async () => {
  let databaseClosed = false;
  const steps = [
    [
      { name: 'broken', withinMs: 1_000, close: () => Promise.reject(new Error('broken')) },
      { name: 'hangs', withinMs: 20, close: () => new Promise<void>(() => undefined) },
    ],
    [
      {
        name: 'database',
        withinMs: 1_000,
        close: async () => {
          databaseClosed = true;
        },
      },
    ],
  ];
  expect(await closeInOrder(steps, log)).toBe(false);
  expect(databaseClosed).toBe(true);
});
