import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayIn, eachDay, type Period, shifted } from '#domain/period.ts';
import { outsideCircle, toneNumbers } from '#storage/schema.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention, seedSource } from '#test/seed.ts';
import { seedCircle, seedReply } from '#test/seed-inside.ts';
import { accessStream, type Viewer } from './access.ts';
import { accessFigures } from './access-figures.ts';

/**
 * A small world of which every story is known, counted by hand in JavaScript (days by Intl, not PostgreSQL) and held against what
 * the route answers, and against what the stream lists for the same filter.
 */
type Story = {
  at: string;
  source: number;
  language: string;
  tone: number | null;
  sure: boolean;
  discussed: boolean;
  outcome: 'open' | 'answered' | 'unanswered' | null;
  copies: { at: string; source: number; language: string }[];
};
const world: Story[] = [];
let app: TestApp;
let manager: SeededPerson;
let closed: number;
let sources: number[];

// On both sides of the midnights round two clock changes and of the changes themselves, in Amsterdam (22:00, 23:00, 01:00 UTC) and the
// Azores, where clocks change at midnight (00:00, 01:00 UTC), to the microsecond.
const instants = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'].flatMap((day) =>
  [22, 23, 0, 1, 2].flatMap((hour) => {
    const sharp = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
    const minute = (ms: number) => new Date(sharp + ms).toISOString();
    return [
      minute(-60_000),
      minute(-1).replace('Z', '999Z'),
      minute(0),
      minute(0).replace('Z', '001Z'),
      minute(60_000),
      minute(1_800_000),
    ];
  }),
);

beforeAll(async () => {
  app = await testApp();
  manager = await seedPerson(app.db, { role: 'manager' });
  sources = [await seedSource(app.db, 'De Waardbode'), await seedSource(app.db, 'Forum', 'forum')];
  closed = await seedCircle(app.db, 'Directie');
  for (const [n, at] of instants.entries()) {
    const story: Story = {
      at,
      source: sources[n % 2]!,
      language: n % 3 === 0 ? 'en' : 'nl',
      tone: [-1, 0, 1, null][n % 4]!,
      sure: n % 5 !== 0,
      discussed: n % 6 === 0,
      outcome: ([null, 'open', 'answered', null, 'unanswered', null, null] as const)[n % 7]!,
      copies:
        n % 8 === 0
          ? [{ at: instants[(n + 7) % instants.length]!, source: sources[(n + 1) % 2]!, language: 'nl' }]
          : [],
    };
    world.push(story);
    const { threadId } = await seedMention(app.db, {
      sourceId: story.source,
      language: story.language,
      tone: story.tone,
      // The border itself is sure.
      confidence: story.sure ? 0.7 : 0.69,
      publishedAt: new Date(at),
      sortAt: at,
    });
    for (const copy of story.copies)
      await seedMention(app.db, {
        threadId,
        sourceId: copy.source,
        language: copy.language,
        publishedAt: new Date(copy.at),
        sortAt: copy.at,
      });
    const reply = { threadId, personId: manager.id, at: '2026-11-01T09:00:00Z' };
    if (story.discussed) await seedReply(app.db, reply);
    // Said and withdrawn, or said where the manager may not listen: not discussed.
    else if (n % 9 === 0) await seedReply(app.db, { ...reply, withdrawn: true });
    else if (n % 10 === 0) await seedReply(app.db, { ...reply, circleId: closed });
    if (story.outcome !== null)
      await sql`insert into cases (thread_id, state, waiting_since, closed_at, closed_by)
        values (${threadId}, ${story.outcome}, ${at}, ${story.outcome === 'open' ? null : at},
          ${story.outcome === 'open' ? null : manager.id})`.execute(app.db);
  }
});
afterAll(() => app.drop());

const days = new Map<string, string>();
function dayOf(at: string, timeZone: string): string {
  const known = days.get(timeZone + at);
  if (known !== undefined) return known;
  // A Date has no room for microseconds.
  const day = dayIn(new Date(at.replace(/(\.\d{3})\d+Z/, '$1Z')), timeZone);
  days.set(timeZone + at, day);
  return day;
}
const within = (at: string, { from, to }: Period, timeZone: string) => {
  const day = dayOf(at, timeZone);
  return day >= from && day <= to;
};

function byHand(period: Period, timeZone: string, filter: { source?: number; language?: string }) {
  const seenIn = (story: Story) => [story.source, ...story.copies.map(({ source }) => source)];
  const stories = (of: Period) =>
    world.filter(
      (story) =>
        within(story.at, of, timeZone) &&
        (filter.source === undefined || seenIn(story).includes(filter.source)) &&
        (filter.language === undefined || story.language === filter.language),
    );
  const mentions = (of: Period) =>
    world
      .flatMap((story) => [story, ...story.copies])
      .filter(
        (said) =>
          within(said.at, of, timeZone) &&
          (filter.source === undefined || said.source === filter.source) &&
          (filter.language === undefined || said.language === filter.language),
      );
  const tones = (of: Story[]) => {
    const count = (tone: number | null, sure?: boolean) =>
      of.filter((story) => story.tone === tone && (sure === undefined || story.sure === sure)).length;
    const both = (tone: number) => ({ sure: count(tone, true), unsure: count(tone, false) });
    return { negative: both(-1), neutral: both(0), positive: both(1), unclear: count(null) };
  };
  const totals = (of: Period) => ({
    mentions: mentions(of).length,
    stories: stories(of).length,
    discussed: stories(of).filter(({ discussed }) => discussed).length,
    answered: stories(of).filter(({ outcome }) => outcome === 'answered').length,
    tones: tones(stories(of)),
  });
  const now = stories(period);
  return {
    totals: {
      ...totals(period),
      unanswered: now.filter(({ outcome }) => outcome === 'unanswered').length,
      unlisted: 0,
    },
    before: totals(shifted(period, -1)),
    days: eachDay(period).map((day) => {
      const one = { from: day, to: day };
      return { day, mentions: mentions(one).length, stories: stories(one).length, tones: tones(stories(one)) };
    }),
    sources: sources
      .filter((id) => filter.source === undefined || filter.source === id)
      .map((id) => ({
        source: app.ids.encode('source', id),
        mentions: mentions(period).filter(({ source }) => source === id).length,
        stories: now.filter((story) => seenIn(story).includes(id)).length,
        tones: tones(now.filter((story) => seenIn(story).includes(id))),
      }))
      .filter((row) => row.mentions + row.stories > 0),
    languages: ['en', 'nl']
      .map((language) => ({
        language,
        mentions: mentions(period).filter((said) => said.language === language).length,
        stories: now.filter((story) => story.language === language).length,
      }))
      .filter((row) => row.mentions + row.stories > 0),
  };
}

type Filter = { source?: number; language?: string };
const encoded = ({ source, language }: Filter) => ({
  ...(source === undefined ? {} : { source: app.ids.encode('source', source) }),
  ...(language === undefined ? {} : { language }),
});

async function figures(timeZone: string, period: Period, filter: Filter = {}, viewer: Viewer = manager.viewer) {
  const told = await accessFigures({ ...app, timeZone }, viewer, { ...period, ...encoded(filter) });
  return { ...told, sources: told.sources.map((row) => ({ ...row, source: row.source.id })) };
}

/** How many rows the stream lists, page by page. */
async function listed(timeZone: string, query: Record<string, unknown>, viewer: Viewer = manager.viewer) {
  const seen = new Set<string>();
  let rows = 0;
  for (let cursor: string | undefined, pages = 0; pages < 100; pages += 1) {
    const page = await accessStream({ ...app, timeZone }, viewer, {
      side: 'outside',
      limit: 7,
      cursor,
      ...query,
    } as never);
    for (const { id } of page.threads) seen.add(id);
    rows += page.threads.length;
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  expect(seen.size).toBe(rows);
  return rows;
}

const byId = <T extends { source: string }>(rows: T[]) => rows.toSorted((a, b) => (a.source < b.source ? -1 : 1));
const byLanguage = <T extends { language: string }>(rows: T[]) =>
  rows.toSorted((a, b) => (a.language < b.language ? -1 : 1));

const zones = ['Europe/Amsterdam', 'Atlantic/Azores'];
const periods: Period[] = [
  { from: '2026-03-29', to: '2026-03-29' },
  { from: '2026-03-28', to: '2026-03-30' },
  { from: '2026-10-25', to: '2026-10-25' },
  { from: '2026-10-24', to: '2026-10-24' },
  { from: '2026-10-20', to: '2026-10-26' },
  { from: '2026-01-01', to: '2026-12-31' },
];
const cases = zones.flatMap((zone) => periods.map((period) => [zone, period] as const));

test.each(cases)('%s, %o: every figure is the count by hand', async (zone, period) => {
  for (const filter of [{}, { source: sources[0]! }, { language: 'nl' }, { source: sources[1]!, language: 'en' }]) {
    const { totals, before, days, sources: told, languages } = await figures(zone, period, filter);
    const hand = byHand(period, zone, filter);
    expect({ totals, before, days }).toEqual({ totals: hand.totals, before: hand.before, days: hand.days });
    expect(byId(told)).toEqual(byId(hand.sources));
    expect(byLanguage(languages)).toEqual(byLanguage(hand.languages));
  }
});

test.each(cases)('%s, %o: every figure is as many as the stream lists for it', async (zone, period) => {
  for (const filter of [{}, { source: sources[0]! }]) {
    const told = await figures(zone, period, filter);
    const list = (query: Record<string, unknown> = {}) => listed(zone, { ...period, ...encoded(filter), ...query });
    const { tones, ...totals } = told.totals;
    expect(await list()).toBe(totals.stories);
    for (const outcome of ['discussed', 'answered', 'unanswered'] as const)
      expect(await list({ outcome })).toBe(totals[outcome]);
    for (const tone of Object.keys(toneNumbers) as (keyof typeof toneNumbers)[])
      expect(await list({ tone })).toBe(tones[tone].sure + tones[tone].unsure);
    expect(await list({ tone: 'unclear' })).toBe(tones.unclear);
    for (const row of told.sources) expect(await list({ source: row.source })).toBe(row.stories);
    for (const row of told.languages) expect(await list({ language: row.language })).toBe(row.stories);
    for (const row of told.days.filter(({ stories }, n) => stories > 0 || n < 3))
      expect(await list({ from: row.day, to: row.day })).toBe(row.stories);
    expect(told.days.reduce((sum, row) => sum + row.stories, 0)).toBe(totals.stories);
  }
});

test('what circles hide counts nowhere', async () => {
  const year = { from: '2026-01-01', to: '2026-12-31' };
  const blind = { ...manager.viewer, circles: manager.viewer.circles.filter((id) => id !== outsideCircle) };
  const { totals, sources: told, languages } = await figures('Europe/Amsterdam', year, {}, blind);
  expect(totals).toMatchObject({ mentions: 0, stories: 0, discussed: 0, answered: 0, unlisted: 0 });
  expect([told, languages]).toEqual([[], []]);
  const all = { ...manager.viewer, circles: [...manager.viewer.circles, closed] };
  const seen = await figures('Europe/Amsterdam', year);
  const more = await figures('Europe/Amsterdam', year, {}, all);
  expect(more.totals.discussed).toBeGreaterThan(seen.totals.discussed);
  expect(more.totals.discussed).toBe(await listed('Europe/Amsterdam', { ...year, outcome: 'discussed' }, all));
});

test('a period is refused when it is half one, turned round, longer than 366 days or before the calendar', async () => {
  const ask = (query: string) => app.as(manager)('GET', `/api/figures${query}`);
  for (const query of [
    '?from=2026-01-01',
    '?to=2026-01-01',
    '?from=2026-02-01&to=2026-01-31',
    '?from=2026-01-01&to=2027-01-02',
    '?from=0001-01-01&to=0001-01-02',
    '?from=2026-02-30&to=2026-03-01',
  ])
    expect([query, (await ask(query)).status]).toEqual([query, 400]);
  expect((await ask('?from=2026-01-01&to=2027-01-01')).json.days).toHaveLength(366);
  const { json } = await ask('');
  expect([json.days.length, json.to, json.before.stories >= 0]).toEqual([28, json.today, true]);
});

test('only who has the right to figures sees them', async () => {
  for (const [role, status] of [
    ['employee', 403],
    ['communication', 200],
    ['manager', 200],
    ['administrator', 200],
  ] as const)
    expect([role, (await app.as(await seedPerson(app.db, { role }))('GET', '/api/figures')).status]).toEqual([
      role,
      status,
    ]);
  expect((await app.as(null)('GET', '/api/figures')).status).toBe(401);
});
