import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Rows } from '../api-query.ts';
import { Worded } from '../words/Worded.tsx';
import { isAskable, noRows, type Question, useQuestion } from './question.ts';

type Sent = { text?: string; builder?: Rows };
/** What was asked of the server, and how each is answered. */
let asked: { sent: Sent; answer: (reading: object) => void; fail: () => void }[];
let root: Root;
let now: { text: string; question: Question };
let isDrawn: boolean;

beforeEach(async () => {
  asked = [];
  isDrawn = false;
  vi.stubGlobal('fetch', (_: unknown, init: RequestInit) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const sent: Sent = JSON.parse(String(init.body));
    asked.push({
      sent,
      answer: (reading) =>
        resolve(Response.json({ text: sent.text ?? '', problems: [], tokens: [], builder: null, ...reading })),
      fail: () => reject(new TypeError('no network')),
    });
    return promise;
  });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <Worded>
      <Asking />
    </Worded>,
  );
  await vi.waitFor(() => expect(isDrawn).toBe(true));
});
afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function Asking() {
  const [text, setText] = useState('');
  now = { text, question: useQuestion(text, setText) };
  isDrawn = true;
  return null;
}

const rowsOf = (...any: string[]): Rows => ({ ...noRows, any });
const isAsked = async (count: number) => await vi.waitFor(() => expect(asked).toHaveLength(count));

test('text becomes rows, once it was read', async () => {
  expect(now.question.rows).toEqual(noRows);
  now.question.putText('brug OF pont');
  await isAsked(1);
  expect(asked[0]!.sent).toMatchObject({ text: 'brug OF pont' });
  expect(isAskable(now.question)).toBe(false);
  asked[0]!.answer({ builder: rowsOf('brug', 'pont') });
  await vi.waitFor(() => expect(now.question.rows).toEqual(rowsOf('brug', 'pont')));
  expect(isAskable(now.question)).toBe(true);
});

test('rows stand there at once and become text; an earlier answer that comes later changes nothing', async () => {
  now.question.putRows(rowsOf('brug'));
  await vi.waitFor(() => expect(now.question.rows).toEqual(rowsOf('brug')));
  now.question.putRows(rowsOf('brug', 'pont'));
  await isAsked(2);
  asked[1]!.answer({ text: 'brug OF pont', builder: rowsOf('brug', 'pont') });
  await vi.waitFor(() => expect(now.text).toBe('brug OF pont'));
  asked[0]!.answer({ text: 'brug', builder: rowsOf('brug') });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(now.text).toBe('brug OF pont');
  expect(now.question.rows).toEqual(rowsOf('brug', 'pont'));
  // What rows made need not be read as text again.
  expect(asked).toHaveLength(2);
});

test('text typed after rows were changed stays, whatever those rows would have made', async () => {
  now.question.putRows(rowsOf('brug'));
  await isAsked(1);
  now.question.putText('pont');
  asked[0]!.answer({ text: 'brug', builder: rowsOf('brug') });
  await isAsked(2);
  expect(now.text).toBe('pont');
  expect(asked[1]!.sent).toMatchObject({ text: 'pont' });
});

test('without an answer what was put down stays, and can be tried again', async () => {
  now.question.putRows(rowsOf('brug'));
  await isAsked(1);
  asked[0]!.fail();
  await vi.waitFor(() => expect(now.question.isFailed).toBe(true));
  expect(now.question.rows).toEqual(rowsOf('brug'));
  now.question.retry();
  await isAsked(2);
  asked[1]!.answer({ text: 'brug', builder: rowsOf('brug') });
  await vi.waitFor(() => expect(now.text).toBe('brug'));
  expect(now.question.isFailed).toBe(false);
});

test('what is wrong cannot be asked; what only deserves a remark can', async () => {
  for (const [severity, askable] of [
    ['error', false],
    ['note', true],
  ] as const) {
    const problems = [{ severity, code: 'x', from: 0, to: 1, expected: [], message: 'Nee.' }];
    now.question.putText(`brug ${severity}`);
    await vi.waitFor(() => expect(asked.at(-1)?.sent.text).toBe(`brug ${severity}`));
    asked.at(-1)!.answer({ problems });
    await vi.waitFor(() => expect(now.question.reading).not.toBeNull());
    expect(isAskable(now.question)).toBe(askable);
  }
});

test('rows may be changed only while they are those of the text that stands there', async () => {
  expect(now.question.areRowsNow).toBe(true);
  now.question.putText('brug');
  await isAsked(1);
  expect(now.question.areRowsNow).toBe(false);
  asked[0]!.answer({ builder: rowsOf('brug') });
  await vi.waitFor(() => expect(now.question.areRowsNow).toBe(true));
  now.question.putRows(rowsOf('brug', 'pont'));
  await vi.waitFor(() => expect(now.question.rows).toEqual(rowsOf('brug', 'pont')));
  expect(now.question.areRowsNow).toBe(true);
});
