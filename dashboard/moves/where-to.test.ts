import { expect, test } from 'vitest';
import type { Move, MoveReply } from '../api-moves.ts';
import { nl } from '../words/nl.ts';
import { answerOf, whereTo, whoReads } from './where-to.ts';

const to: Move['to'] = { circle: null, kind: 'closed', colleagues: 12, guests: 1, audience: '' };
const reply = (state: MoveReply['state'], yours = true): MoveReply => ({
  id: 'r_1',
  person: { id: 'p_1', name: 'Anna', badges: [], guest: false },
  excerpt: '',
  writtenAt: '2026-11-23T12:00:00Z',
  state,
  yours,
});
const said = (...replies: MoveReply[]) => answerOf({ replies, titleOf: null });

test('a closed circle that the reader does not see has no name for them, only how many would newly read it', () => {
  expect(whereTo(to, nl)).toBe('een besloten kring');
  expect(whoReads(to, nl)).toBe('Nieuw lezen mee: 12 collega’s en 1 gast van buiten.');
});

test('a guest is told who could read there, and no numbers', () => {
  expect(whoReads({ ...to, kind: 'public', colleagues: null, guests: null }, nl)).toBe(
    'Daar leest iedereen die zich aanmeldt.',
  );
});

test('an answer stands only when it holds for everything that is yours', () => {
  expect(said(reply('asks'), reply('agreed'))).toBe('none');
  expect(said(reply('agreed'), reply('stays'))).toBe('yes');
  expect(said(reply('refused'), reply('agreed', false))).toBe('no');
  expect(said(reply('refused'), reply('agreed'))).toBe('mixed');
});

test('words that changed after a yes ask for it again', () => {
  expect(said(reply('agreed'), reply('changed'))).toBe('again');
});
