import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draftKey, readDraft } from './drafts.ts';
import { leave, resume, whenPlaced } from './outbox.ts';

const sent: { key: string; text: string }[] = [];
let answers: (() => Promise<Response>)[] = [];
let number = 0;
const place = () => ({ personId: 'p_sanne', threadId: `t_${++number}` });
const reply = (where: { personId: string; threadId: string }, text: string) => ({
  ...where,
  key: `key-${text}`,
  body: { text, references: [], circle: 'c_1', audience: 'a' },
  composed: { text, tokens: [], quotes: [] },
  at: new Date().toISOString(),
});
const placed = async () => new Response('{"id":"r_1"}', { status: 201 });
const refused = async () => new Response('{"code":"audience_changed","title":"Nee"}', { status: 409 });
const noAnswer = async () => {
  throw new TypeError('no connection');
};

beforeEach(() => {
  localStorage.clear();
  sent.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit) => {
    sent.push({
      key: new Headers(init.headers).get('idempotency-key')!,
      text: JSON.parse(String(init.body)).text,
    });
    return await (answers.shift() ?? placed)();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a reply without an answer is sent again with the same key until the server has it, and placed once', async () => {
  const here = place();
  const placedReplies: unknown[] = [];
  whenPlaced((one) => placedReplies.push(one));
  answers = [noAnswer, noAnswer];
  leave(reply(here, 'Dag'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual(Array(3).fill({ key: 'key-Dag', text: 'Dag' }));
  expect(placedReplies).toHaveLength(1);
  expect(localStorage.length).toBe(0);
});

test('what was written first is sent first, whatever happens on the way', async () => {
  const here = place();
  answers = [noAnswer];
  leave(reply(here, 'een'));
  leave(reply(here, 'twee'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.map(({ text }) => text)).toEqual(['een', 'een', 'twee']);
});

test('refused, the text is back in the draft with what was written after it, in order', async () => {
  const here = place();
  answers = [refused];
  leave(reply(here, 'een'));
  leave(reply(here, 'twee'));
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toHaveLength(1);
  expect(readDraft(draftKey(here.personId, here.threadId))?.text).toBe('een\n\ntwee');
});

test('what was on its way when the page closed is sent with its own key; after half a day it is a draft again', async () => {
  const [fresh, old] = [place(), place()];
  const kept = (where: { personId: string; threadId: string }, at: string) =>
    localStorage.setItem(
      `buitenwacht.leaving ${where.personId} ${where.threadId}`,
      JSON.stringify([{ ...reply(where, 'Nog'), at }]),
    );
  kept(fresh, new Date().toISOString());
  kept(old, new Date(Date.now() - 13 * 3600_000).toISOString());
  resume(fresh.personId, fresh.threadId);
  resume(old.personId, old.threadId);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual([{ key: 'key-Nog', text: 'Nog' }]);
  expect(readDraft(draftKey(old.personId, old.threadId))?.text).toBe('Nog');
  expect(localStorage.getItem(`buitenwacht.leaving ${fresh.personId} ${fresh.threadId}`)).toBe(null);
});
