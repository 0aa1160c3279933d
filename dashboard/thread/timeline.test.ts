import { expect, test } from 'vitest';
import type { Mention, Thread } from '../api.ts';
import type { Reply, ThreadEvent } from '../api-talk.ts';
import { copiesOf, newestOf, timelineOf } from './timeline.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
const mention = (minute: number, joined: string | null = null, fetched = minute) =>
  ({
    id: `m_${minute}`,
    publishedAt: at(minute),
    fetchedAt: at(fetched),
    joined: joined && { reason: joined },
  }) as Mention;
const reply = (minute: number, person = 'p_joris', circle = 'c_1') =>
  ({ id: `r_${minute}`, writtenAt: at(minute), person: { id: person }, circle: { id: circle }, own: false }) as Reply;
const event = (minute: number, person = 'p_joris') =>
  ({ kind: 'taken', at: at(minute), person: { id: person } }) as ThreadEvent;
const thread = (mentions: Mention[], replies: Reply[] = [], events: ThreadEvent[] = []) =>
  ({ mentions, replies, events, createdAt: at(0) }) as Thread;

const told = (one: Thread, since: number | null = null, hasEarlier = false) =>
  timelineOf(one, one.replies, { since: since === null ? null : at(since), meId: 'p_sanne', hasEarlier }).map(
    (moment) => {
      if (moment.kind === 'earlier' || moment.kind === 'new') return moment.kind;
      const minute = new Date(moment.at).getUTCMinutes();
      if (moment.kind !== 'reply') return `${moment.kind} ${minute}`;
      return `reply ${minute}${moment.isFirst ? ' first' : ''}${moment.isLast ? ' last' : ''}`;
    },
  );

test('outside, inside and events stand in order of time; a run of replies says once where it stands', () => {
  const one = thread([mention(12), mention(30)], [reply(20), reply(22), reply(40)], [event(21, 'p_x'), event(35)]);
  expect(told(one)).toEqual([
    'mention 12',
    'reply 20 first last',
    'event 21',
    'reply 22 first last',
    'mention 30',
    'event 35',
    'reply 40 first last',
  ]);
  expect(told(thread([mention(12)], [reply(20), reply(22), reply(23, 'p_joris', 'c_2')]))).toEqual([
    'mention 12',
    'reply 20 first',
    'reply 22 last',
    'reply 23 first last',
  ]);
});

test('copies are folded under the first, another message of the story is not', () => {
  const one = thread([mention(12), mention(13, 'same-text'), mention(14, 'by-hand')]);
  expect(told(one)).toEqual(['mention 12', 'mention 14']);
  expect(copiesOf(one).copies.map(({ id }) => id)).toEqual(['m_13']);
});

test('what is new since the last visit stands under a line, and the run it divides begins anew', () => {
  const one = thread([mention(12)], [reply(20), reply(22)]);
  expect(told(one, 21)).toEqual(['mention 12', 'reply 20 first last', 'new', 'reply 22 first last']);
});

test('there is no line when everything is new, nothing is, or only what one wrote or did oneself', () => {
  expect(told(thread([mention(12)], [reply(20)]), 5)).not.toContain('new');
  expect(told(thread([mention(12)], [reply(20)]), 30)).not.toContain('new');
  expect(told(thread([mention(12)], [reply(20)]))).not.toContain('new');
  expect(told(thread([mention(12)], [reply(20, 'p_sanne')], [event(21, 'p_sanne')]), 15)).not.toContain('new');
});

test('that there are earlier replies is said where they belong', () => {
  expect(told(thread([mention(12)], [reply(20)]), null, true)).toEqual([
    'mention 12',
    'earlier',
    'reply 20 first last',
  ]);
});

test('a thread is seen up to the newest of anything in it, by when we read it', () => {
  expect(newestOf(thread([mention(12, null, 50)], [reply(20)], [event(30)]))).toBe(at(50));
});
