import { expect, test } from 'vitest';
import { createBodyMemory } from './http-memory.ts';

test('bodies beyond the shared memory wait, the oldest never does', async () => {
  const share = createBodyMemory(100);
  const resumed: string[] = [];
  const [oldest, second, third] = ['oldest', 'second', 'third'].map((name) => share(() => resumed.push(name)));
  expect(oldest!.take(60)).toBe(true);
  expect(second!.take(40)).toBe(true);
  expect(second!.take(1)).toBe(false);
  expect(third!.take(1)).toBe(false);
  expect(oldest!.take(500)).toBe(true);
  oldest!.release();
  expect(resumed).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(resumed).toEqual(['second', 'third']);
  expect(second!.take(500)).toBe(true);
  expect(third!.take(1)).toBe(false);
});

test('everything comes back once, also of bodies that gave up while waiting', async () => {
  const share = createBodyMemory(100);
  const resumed: string[] = [];
  const first = share(() => resumed.push('first'));
  const waiting = share(() => resumed.push('waiting'));
  first.take(100);
  waiting.take(1);
  waiting.release();
  first.release();
  first.release();
  await new Promise((resolve) => setImmediate(resolve));
  expect(resumed).toEqual([]);
  const [a, b] = [share(() => {}), share(() => {})];
  expect(a.take(50) && b.take(50)).toBe(true);
  expect(b.take(1)).toBe(false);
});
