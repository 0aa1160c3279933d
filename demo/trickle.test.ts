import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readState, writeState } from './state.ts';
import { nextItem, startTrickle } from './trickle.ts';
import { outlets } from './world/outlets.ts';

const bornAt = new Date('2026-11-23T11:00:00Z');
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the world go on for `count` items. */
function run(count: number) {
  const history = { bornAt, published: new Map<string, Date>() };
  const order: string[] = [];
  for (let n = 0; n < count; n++) {
    const { id } = nextItem(outlets, history)!;
    order.push(id);
    history.published.set(id, new Date(bornAt.getTime() + n * 30_000));
  }
  return order;
}

test('the pool comes in the same order everywhere, each item once, and then the pager goes on for ever', () => {
  const order = run(80);
  expect(order).toEqual(run(80));
  expect(new Set(order).size).toBe(80);
  expect(order.slice(-3).every((id) => id.startsWith('112-waardstreek/bericht-'))).toBe(true);
});

test('answers come after what they answer, in their order', () => {
  const order = run(80);
  const replies = order.filter((id) => id.startsWith('wijkforum-de-hoven/omfietsen-'));
  expect(replies).toEqual([2, 3, 4, 5, 6].map((n) => `wijkforum-de-hoven/omfietsen-${n}`));
  const at = (id: string) => order.indexOf(`wijkforum-de-hoven/${id}`);
  expect(at('pont-update')).toBeLessThan(at('pont-update-2'));
});

test('something comes every minute, announced at the outlet that wrote it, and what it brings along happens too', () => {
  vi.useFakeTimers({ now: bornAt });
  const history = { bornAt, published: new Map<string, Date>() };
  const announced: string[] = [];
  const stop = startTrickle({
    outlets,
    history,
    publish: (id, at) => history.published.set(id, at),
    announce: ({ slug }) => announced.push(slug),
  });
  vi.advanceTimersByTime(40_000);
  expect(announced).toContain('waardstreek-vandaag'); // Its server began to refuse.
  vi.advanceTimersByTime(20 * 60_000);
  expect(history.published.size).toBeGreaterThanOrEqual(20);
  expect(history.published.size).toBeLessThanOrEqual(62);
  // Edits and withdrawals of what was there, and bert1961's second thoughts about an item of the pool.
  expect(announced.length).toBeGreaterThanOrEqual(history.published.size + 5);
  stop();
  const count = announced.length;
  vi.advanceTimersByTime(600_000);
  expect(announced).toHaveLength(count);
});

test('what came out is remembered; a damaged memory is an error, not a new birth', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-state-'));
  expect(readState(folder)).toBeNull();
  const state = { bornAt, port: 4711, talked: false, published: new Map([['waardbode/a', bornAt]]) };
  writeState(folder, state);
  expect(readState(folder)).toEqual(state);
  writeFileSync(join(folder, 'outside-world.json'), '{"bornAt"');
  expect(() => readState(folder)).toThrow();
  rmSync(folder, { recursive: true });
});
