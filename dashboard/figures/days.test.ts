import { expect, test } from 'vitest';
import { eachDay } from '#domain/period.ts';
import type { Figures } from '../api-figures.ts';
import { en } from '../words/en.ts';
import { nl } from '../words/nl.ts';
import { grainOf, groupsOf, incompleteDays, isTooYoung, rangeName, toneGrainOf } from './days.ts';

const no = { sure: 0, unsure: 0 };
function aFigures(from: string, to: string, perDay: (n: number) => number, more: Partial<Figures> = {}): Figures {
  const days = eachDay({ from, to }).map((day, n) => ({
    day,
    stories: perDay(n),
    mentions: 2 * perDay(n),
    tones: { negative: { sure: perDay(n), unsure: 0 }, neutral: no, positive: no, unclear: 0 },
  }));
  const stories = days.reduce((sum, row) => sum + row.stories, 0);
  const all = { stories, mentions: 2 * stories, discussed: 0, answered: 0 };
  const tones = { negative: { sure: stories, unsure: 0 }, neutral: no, positive: no, unclear: 0 };
  return {
    from,
    to,
    days,
    today: '2026-11-23',
    timeZone: 'Europe/Amsterdam',
    countedAt: '2026-11-23T10:00:00Z',
    tooFewBelow: 20,
    totals: { ...all, unanswered: 0, unlisted: 0, tones },
    before: { ...all, tones },
    sources: [],
    topics: [],
    languages: [],
    gaps: [],
    ...more,
  };
}

test('up to a month is drawn by day, more by seven days; nothing is lost on the way', () => {
  expect(grainOf({ from: '2026-10-24', to: '2026-11-23' })).toBe('days');
  expect(grainOf({ from: '2026-10-23', to: '2026-11-23' })).toBe('weeks');
  const figures = aFigures('2026-09-01', '2026-10-05', (n) => n);
  const weeks = groupsOf(figures, 'weeks');
  expect(weeks.map(({ from, to }) => [from, to])).toEqual([
    ['2026-09-01', '2026-09-07'],
    ['2026-09-08', '2026-09-14'],
    ['2026-09-15', '2026-09-21'],
    ['2026-09-22', '2026-09-28'],
    ['2026-09-29', '2026-10-05'],
  ]);
  expect(weeks.reduce((sum, { mentions }) => sum + mentions, 0)).toBe(figures.totals.mentions);
  expect(groupsOf(figures, 'whole')[0]!.tones).toEqual(figures.totals.tones);
});

test('tone is drawn as finely as there is something to say', () => {
  const four = (perDay: (n: number) => number) => toneGrainOf(aFigures('2026-10-27', '2026-11-23', perDay));
  expect(four(() => 25)).toBe('days');
  expect(four(() => 5)).toBe('weeks');
  expect(four(() => 1)).toBe('whole');
  // Weeks before anybody listened do not count.
  expect(toneGrainOf(aFigures('2025-11-25', '2026-11-23', (n) => (n > 320 ? 5 : 0)))).toBe('weeks');
});

test('days since a source stopped answering are incomplete, in the time zone of the figures, and so is today', () => {
  const source = { id: 's_1', label: 'De Waardbode', kind: 'news' as const };
  // 23:30 UTC is the next day in Amsterdam.
  const gaps = [{ source, since: '2026-11-20T23:30:00Z' }];
  const incomplete = (more: Partial<Figures>, to = '2026-11-25') => [
    ...incompleteDays(aFigures('2026-11-18', to, () => 1, more)),
  ];
  expect(incomplete({ gaps })).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
  expect(incomplete({})).toEqual(['2026-11-23']);
  expect(incomplete({}, '2026-11-22')).toEqual([]);
});

test('a few days are named as people do', () => {
  const name = (from: string, to: string) => rangeName({ from, to }, 'nl', '2026-11-23', nl);
  expect(name('2026-11-12', '2026-11-12')).toBe('12 november');
  expect(name('2026-11-10', '2026-11-16')).toBe('10 t/m 16 november');
  expect(name('2026-10-28', '2026-11-03')).toBe('28 oktober t/m 3 november');
  expect(rangeName({ from: '2025-12-28', to: '2026-01-03' }, 'en', '2026-11-23', en)).toBe(
    '28 December 2025 to 3 January',
  );
});

test('what is not over is too young to compare while it is much of the period', () => {
  const today = '2026-11-23';
  expect(isTooYoung({ from: today, to: today, today })).toBe(true);
  expect(isTooYoung({ from: '2026-11-17', to: today, today })).toBe(false);
  expect(isTooYoung({ from: '2026-10-01', to: '2026-11-24', today })).toBe(true);
  expect(isTooYoung({ from: '2026-11-22', to: '2026-11-22', today })).toBe(false);
});
