import { expect, test } from 'vitest';
import { placeOf } from '../place.ts';
import { addressOf, filterOf, listAddress } from './address.ts';

const source = 's_AAAAAAAAAAAAAAAAAAAAAA';
const topic = 'o_BBBBBBBBBBBBBBBBBBBBBB';
const days = { from: '2026-11-01', to: '2026-11-07' };

test('the address keeps days and filter, and an address that cannot be right keeps what can', () => {
  const filter = { ...days, source, topic, language: 'nl' };
  expect(filterOf(addressOf(filter).split('?')[1]!)).toEqual(filter);
  expect(addressOf({})).toBe('/figures');
  expect(filterOf('from=2026-11-07&to=2026-11-01&language=nl')).toEqual({ language: 'nl' });
  expect(filterOf('from=2026-11-01')).toEqual({});
  expect(filterOf('from=2024-01-01&to=2026-11-01')).toEqual({});
  expect(filterOf('source=<script>&tone=negative')).toEqual({});
});

test('the list behind a figure has its days and its filter, and stands outside', () => {
  const href = listAddress({ from: '2026-01-01', to: '2026-12-31', source, topic, language: 'en' }, days, {
    tone: 'negative',
  });
  const [path, search] = href.split('?');
  expect(placeOf(path!, search!)).toEqual({
    page: 'stream',
    threadId: null,
    filter: { side: 'outside', ...days, source, topic, language: 'en', tone: 'negative' },
  });
  expect(listAddress({ source }, days, { source: 's_BBBBBBBBBBBBBBBBBBBBBB' })).toContain('s_BBBB');
});
