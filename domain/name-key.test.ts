import { expect, test } from 'vitest';
import { nameKey } from './name-key.ts';

test('names that read the same have one key', () => {
  const name = nameKey('Zoë van den Berg');
  for (const same of [
    'zoe van den berg',
    '  Zoë  van\u00A0den\u200B Berg ',
    'ZOE\u0308 VANDENBERG',
    'Zоë vаn dеn Bеrg',
    'Ｚｏë van-den.Berg',
  ])
    expect([same, nameKey(same)]).toEqual([same, name]);
  for (const other of ['Zoë van den Berge', 'Joë van den Berg', 'Berg van den Zoë'])
    expect(nameKey(other)).not.toBe(name);
});
