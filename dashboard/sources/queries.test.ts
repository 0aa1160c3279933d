import { expect, test } from 'vitest';
import type { Source } from '../api.ts';
import { byUrgency, inOrderOf } from './queries.ts';

const source = (id: string, level: Source['health']['level']) => ({ id, label: id, health: { level } }) as Source;
const ids = (sources: Source[]) => sources.map(({ id }) => id);

test('what needs someone stands first, then by name', () => {
  const sources = [source('b', 'fine'), source('a', 'fine'), source('d', 'paused'), source('c', 'needs-you')];
  expect(ids(byUrgency(sources))).toEqual(['c', 'a', 'b', 'd']);
});

test('an order that was drawn is kept whatever became of the sources, and a new one stands at its head', () => {
  const sources = [source('a', 'paused'), source('c', 'needs-you'), source('new', 'new'), source('b', 'fine')];
  expect(ids(inOrderOf(['b', 'a', 'gone', 'c'], sources))).toEqual(['new', 'b', 'a', 'c']);
});
