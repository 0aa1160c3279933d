import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startDays } from './days.ts';

test('each new day is told once, and how long it takes is asked again after it', async () => {
  const waits = [1, 2, 3_600_000];
  const onDay = vi.fn(async () => undefined);
  const untilNext = vi.fn(async () => waits.shift() ?? 3_600_000);
  const days = startDays({ untilNext, onDay, onError: () => undefined });
  await vi.waitFor(() => expect(onDay).toHaveBeenCalledTimes(2));
  await vi.waitFor(() => expect(untilNext).toHaveBeenCalledTimes(3));
  await sleep(5);
  expect(onDay).toHaveBeenCalledTimes(2);
  await days.close();
});

test('a failure is told and does not end it', async () => {
  const untilNext = vi.fn(async () => 1);
  untilNext.mockRejectedValueOnce(new Error('away'));
  const onError = vi.fn();
  const onDay = vi.fn(async () => undefined);
  const days = startDays({ untilNext, onDay, onError });
  await vi.waitFor(() => expect(onDay).toHaveBeenCalled(), { timeout: 5_000 });
  expect(onError).toHaveBeenCalledTimes(1);
  await days.close();
});

test('closing while it waits ends it at once', async () => {
  const days = startDays({ untilNext: async () => 3_600_000, onDay: async () => undefined, onError: () => undefined });
  await days.close();
});
