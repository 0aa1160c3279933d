import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveClient, maxWaitingBytes, writeDeadlineMs } from './client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (chunk: { value?: Uint8Array | undefined }) => new TextDecoder().decode(chunk.value);

test('frames come out in the order in which they went in, waiting or not', async () => {
  const client = createLiveClient(() => undefined, undefined);
  client.write(bytes('1'));
  client.write(bytes('2'));
  const reader = client.body.getReader();
  expect(text(await reader.read())).toBe('1');
  expect(text(await reader.read())).toBe('2');
  const third = reader.read();
  client.write(bytes('3'));
  client.write(bytes('4'));
  expect(text(await third)).toBe('3');
  expect(text(await reader.read())).toBe('4');
});

test('a reader that lets too much wait is dropped, once, and takes nothing more', () => {
  const gone = vi.fn();
  const abort = vi.fn();
  const client = createLiveClient(gone, abort);
  expect(client.write(new Uint8Array(maxWaitingBytes))).toBe(true);
  expect(client.write(bytes('x'))).toBe(false);
  expect(client.write(bytes('x'))).toBe(false);
  expect(gone).toHaveBeenCalledTimes(1);
  expect(abort).toHaveBeenCalledTimes(1);
});

test('a reader that takes nothing for longer than a write may last is dropped', () => {
  const gone = vi.fn();
  const client = createLiveClient(gone, () => undefined);
  client.write(bytes('x'));
  vi.advanceTimersByTime(writeDeadlineMs);
  client.checkDeadline(Date.now());
  expect(gone).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  client.checkDeadline(Date.now());
  expect(gone).toHaveBeenCalledTimes(1);
});

test('a reader that took everything may wait for hours', async () => {
  const gone = vi.fn();
  const client = createLiveClient(gone, () => undefined);
  const reader = client.body.getReader();
  const first = reader.read();
  client.write(bytes('x'));
  await first;
  vi.advanceTimersByTime(10 * writeDeadlineMs);
  client.checkDeadline(Date.now());
  expect(gone).not.toHaveBeenCalled();
});

test('a reader that leaves, and a stream that ends, are each told once', async () => {
  const gone = vi.fn();
  const client = createLiveClient(gone, undefined);
  await client.body.cancel();
  client.end();
  expect(gone).toHaveBeenCalledTimes(1);
  const other = createLiveClient(gone, undefined);
  const reader = other.body.getReader();
  other.end();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
  expect(gone).toHaveBeenCalledTimes(2);
});
