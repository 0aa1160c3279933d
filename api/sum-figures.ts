import type { z } from '@hono/zod-openapi';
import { eachDay, type Period } from '#domain/period.ts';
import type { CountedFigures, DayCount } from '#storage/figures.ts';
import type { SourceFacts } from '#storage/stream-rows.ts';
import type { Figures } from './schema-figures.ts';

type Told = z.infer<typeof Figures>;
type Tones = Told['totals']['tones'];

/** Adds up what was counted: the period, the one before it, and every day, source and language; a day without anything is nought. */
export function sumFigures(counted: CountedFigures, period: Period) {
  const isNow = (row: { day: string | null }) => row.day !== null && row.day >= period.from;
  const mentionsOn = new Map(counted.mentions.map(({ day, mentions }) => [day, mentions]));
  const mentionsOf = (which: (row: { day: string | null }) => boolean) =>
    sum(counted.mentions.filter((row) => row.day !== null && which(row)).map(({ mentions }) => mentions));
  const now = counted.days.filter(isNow);
  const { unlisted, unanswered, ...earlier } = totalsOf(counted.days.filter((row) => !isNow(row)));
  const onDay = Map.groupBy(now, ({ day }) => day);
  return {
    totals: { mentions: mentionsOf(isNow), ...totalsOf(now) },
    before: { mentions: mentionsOf((row) => !isNow(row)), ...earlier },
    days: eachDay(period).map((day) => {
      const { stories, tones } = totalsOf(onDay.get(day) ?? []);
      return { day, mentions: mentionsOn.get(day) ?? 0, stories, tones };
    }),
    sources: sourcesOf(counted),
    languages: languagesOf(counted),
  };
}

function totalsOf(rows: readonly DayCount[]) {
  const of = (name: 'stories' | 'discussed' | 'answered' | 'unanswered' | 'unlisted') =>
    sum(rows.map((row) => row[name]));
  return {
    stories: of('stories'),
    discussed: of('discussed'),
    answered: of('answered'),
    unanswered: of('unanswered'),
    unlisted: of('unlisted'),
    tones: tonesOf(rows),
  };
}

function tonesOf(rows: readonly { tone: number | null; sure: boolean; stories: number }[]): Tones {
  const of = (tone: number | null, sure?: boolean) =>
    sum(rows.filter((row) => row.tone === tone && (sure ?? row.sure) === row.sure).map(({ stories }) => stories));
  const both = (tone: number) => ({ sure: of(tone, true), unsure: of(tone, false) });
  return { negative: both(-1), neutral: both(0), positive: both(1), unclear: of(null) };
}

function sourcesOf({ sources, mentions, named }: CountedFigures) {
  const facts = new Map<number, SourceFacts>(
    [...sources.map(({ source }) => source), ...named].map((one) => [one.id, one]),
  );
  const rows = Map.groupBy(sources, ({ source }) => source.id);
  const brought = new Map(mentions.map(({ sourceId, mentions }) => [sourceId, mentions]));
  return [...facts.values()]
    .map((source) => {
      const own = rows.get(source.id) ?? [];
      const stories = sum(own.map((row) => row.stories));
      return { source, mentions: brought.get(source.id) ?? 0, stories, tones: tonesOf(own) };
    })
    .sort((a, b) => b.stories - a.stories || b.mentions - a.mentions || a.source.label.localeCompare(b.source.label));
}

function languagesOf({ languages, mentions }: CountedFigures) {
  const stories = new Map(languages.map((row) => [row.language, row.stories]));
  const told = new Map(mentions.flatMap(({ language, mentions }) => (language === null ? [] : [[language, mentions]])));
  return [...new Set([...stories.keys(), ...told.keys()])]
    .map((language) => ({ language, mentions: told.get(language) ?? 0, stories: stories.get(language) ?? 0 }))
    .sort((a, b) => b.stories - a.stories || b.mentions - a.mentions || (a.language < b.language ? -1 : 1));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
