import { expect, test } from 'vitest';
import type { StreamPage, ThreadRow } from '../api.ts';
import { newcomersOf, withNewcomers, withReplaced } from './pages.ts';

const row = (minute: number, title = `om ${minute}`) =>
  ({ id: `t_${minute}`, title, sortAt: new Date(minute * 60_000).toISOString() }) as ThreadRow;
const page = (minutes: number[], cursor: string | null = null): StreamPage => ({
  threads: minutes.map((minute) => row(minute)),
  cursor,
});
const pages = (...list: StreamPage[]) => ({
  pages: list,
  pageParams: [null, ...list.slice(0, -1).map(({ cursor }) => cursor)],
});
const minutesOf = (list: { pages: StreamPage[] }) =>
  list.pages.map(({ threads }) => threads.map(({ id }) => Number(id.slice(2))));

test('what came in since waits beside the list until it is asked for, then stands in order', () => {
  const old = pages(page([9, 8], 'a'), page([7, 6], 'b'));
  const head = page([12, 11, 9, 8], 'c');
  expect(newcomersOf(old, head).map(({ id }) => id)).toEqual(['t_12', 't_11']);
  const now = withNewcomers(old, head);
  expect(minutesOf(now)).toEqual([
    [12, 11, 9, 8],
    [7, 6],
  ]);
  expect(now.pages[0]!.cursor).toBe('a');
  expect(now.pageParams).toEqual(old.pageParams);
});

test('so much new that a gap would remain begins the list anew', () => {
  const now = withNewcomers(pages(page([9, 8], 'a'), page([7, 6])), page([30, 29, 28], 'z'));
  expect(minutesOf(now)).toEqual([[30, 29, 28]]);
  expect(now.pageParams).toEqual([null]);
});

test('an empty list takes in everything', () => {
  expect(minutesOf(withNewcomers(pages(page([])), page([3, 2])))).toEqual([[3, 2]]);
});

test('a row that changed is replaced where it stands, others stay the very same', () => {
  const old = pages(page([9, 8]), page([7]));
  const now = withReplaced(old, [{ threads: [row(7, 'anders'), row(99)], cursor: null }]);
  expect(now.pages[1]!.threads[0]!.title).toBe('anders');
  expect(now.pages[0]!.threads[0]).toBe(old.pages[0]!.threads[0]);
  expect(minutesOf(now)).toEqual([[9, 8], [7]]);
  expect(withReplaced(old, [page([9])])).toBe(old);
});
