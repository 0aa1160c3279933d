import { expect, test } from 'vitest';
import { replay } from './replay.ts';

const url = 'https://example.nl/a';

test('an address that was not recorded is refused, whatever it looks like', async () => {
  const http = replay({ [url]: { body: [] } });
  await expect(http.request({ url: `${url}?b` })).rejects.toThrow('nothing is recorded for https://example.nl/a?b');
  expect(http.asked).toEqual([`${url}?b`]);
});

test('several answers for one address come in turn, the last again and again', async () => {
  const http = replay({ [url]: [{ status: 429 }, { body: { ok: true } }] });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await http.request({ url })).status);
  expect(statuses).toEqual([429, 200, 200]);
});
