import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Tip } from '../api-tips.ts';
import { outcomeOf } from './queries.ts';

const aTip = (state: Tip['state']): Tip => ({
  id: 'i_1',
  address: 'https://krant.example/a',
  text: null,
  note: null,
  state,
  error: null,
  threadId: null,
  title: null,
  replies: 0,
  case: null,
  madeAt: '2025-03-01T09:00:00Z',
  doneAt: null,
});
let asked = 0;

/** What the server answers to each asking in turn; the last one for ever. */
function answers(...states: (Tip['state'] | 'no answer' | 'not found')[]): void {
  vi.stubGlobal('fetch', async () => {
    const state = states[Math.min(asked, states.length - 1)]!;
    asked += 1;
    if (state === 'no answer') throw new TypeError('no network');
    const [status, body] = state === 'not found' ? [404, { code: 'not_found' }] : [200, aTip(state)];
    return new Response(JSON.stringify(body), { status });
  });
}

beforeEach(() => {
  asked = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a tip is asked for until somebody looked at it', async () => {
  answers('waiting', 'no answer', 'joined');
  const outcome = outcomeOf(aTip('waiting'), new AbortController().signal);
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await outcome)?.state).toBe('joined');
  expect(asked).toBe(3);
});

test('what takes longer than half a minute is left to the list', async () => {
  answers('waiting');
  const outcome = outcomeOf(aTip('waiting'), new AbortController().signal);
  await vi.advanceTimersByTimeAsync(32_000);
  expect(await outcome).toBeNull();
  expect(asked).toBeLessThanOrEqual(45);
});

test('a tip that is not there is not asked for again', async () => {
  answers('not found');
  const outcome = outcomeOf(aTip('waiting'), new AbortController().signal);
  const refused = expect(outcome).rejects.toMatchObject({ code: 'not_found' });
  await vi.advanceTimersByTimeAsync(5_000);
  await refused;
  expect(asked).toBe(1);
});

test('who leaves the page asks no more', async () => {
  answers('waiting');
  const leaving = new AbortController();
  const outcome = outcomeOf(aTip('waiting'), leaving.signal);
  const stopped = expect(outcome).rejects.toThrow();
  leaving.abort();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopped;
  expect(asked).toBe(0);
});
