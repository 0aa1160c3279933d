import type { z } from '@hono/zod-openapi';
import { eachDay, type Period } from '#domain/period.ts';
import type { CountedFigures, StoryCount } from '#storage/figures.ts';
import type { Figures } from './schema-figures.ts';

type Told = z.infer<typeof Figures>;
type Tones = Told['totals']['tones'];

/** Adds up what was counted: the period, the one before it, and every day, source, topic and language; a day without anything is nought. */
export function sumFigures(counted: CountedFigures, period: Period) {
  const isNow = ({ day }: { day: string | null }) => day !== null && day >= period.from;
  const isBefore = ({ day }: { day: string | null }) => day !== null && day < period.from;
  const mentions = (which: typeof isNow) => sum(counted.mentions.filter(which).map((row) => row.mentions));
  const { unlisted, unanswered, ...before } = totalsOf(counted.stories.filter(isBefore));
  const storiesOn = Map.groupBy(counted.stories, ({ day }) => day);
  const mentionsOn = Map.groupBy(counted.mentions, ({ day }) => day);
  return {
    totals: { mentions: mentions(isNow), ...totalsOf(counted.stories.filter(isNow)) },
    before: { mentions: mentions(isBefore), ...before },
    days: eachDay(period).map((day) => ({ day, ...rowOf(storiesOn.get(day), mentionsOn.get(day)) })),
    sources: sourcesOf(counted),
    topics: topicsOf(counted),
    languages: languagesOf(counted),
  };
}

function totalsOf(rows: readonly StoryCount[]) {
  const of = (name: 'discussed' | 'answered' | 'unanswered' | 'unlisted') => sum(rows.map((row) => row[name]));
  return {
    stories: storiesIn(rows),
    discussed: of('discussed'),
    answered: of('answered'),
    unanswered: of('unanswered'),
    unlisted: of('unlisted'),
    tones: tonesOf(rows),
  };
}

const storiesIn = (rows: readonly StoryCount[]) => sum(rows.map(({ stories }) => stories));

function tonesOf(rows: readonly StoryCount[]): Tones {
  const both = (tone: number) => {
    const own = rows.filter((row) => row.tone === tone);
    return { sure: storiesIn(own.filter(({ sure }) => sure)), unsure: storiesIn(own.filter(({ sure }) => !sure)) };
  };
  const unclear = storiesIn(rows.filter(({ tone }) => tone === null));
  return { negative: both(-1), neutral: both(0), positive: both(1), unclear };
}

function rowOf(stories: readonly StoryCount[] = [], mentions: readonly { mentions: number }[] = []) {
  return {
    mentions: sum(mentions.map((row) => row.mentions)),
    stories: storiesIn(stories),
    tones: tonesOf(stories),
  };
}

function sourcesOf({ stories, mentions, sources }: CountedFigures) {
  const told = Map.groupBy(stories, ({ sourceId }) => sourceId);
  const said = Map.groupBy(mentions, ({ sourceId }) => sourceId);
  return sources
    .map((source) => ({ source, ...rowOf(told.get(source.id), said.get(source.id)) }))
    .sort((a, b) => mostFirst(a, b) || a.source.label.localeCompare(b.source.label) || a.source.id - b.source.id);
}

function topicsOf({ stories, mentions, topics }: CountedFigures) {
  const told = Map.groupBy(stories, ({ topicId }) => topicId);
  const said = Map.groupBy(mentions, ({ topicId }) => topicId);
  return topics
    .map((topic) => ({ topic, ...rowOf(told.get(topic.id), said.get(topic.id)) }))
    .sort((a, b) => mostFirst(a, b) || a.topic.name.localeCompare(b.topic.name) || a.topic.id - b.topic.id);
}

function languagesOf({ stories, mentions }: CountedFigures) {
  const told = Map.groupBy(stories, ({ language }) => language);
  const said = Map.groupBy(mentions, ({ language }) => language);
  return [...new Set([...told.keys(), ...said.keys()])]
    .flatMap((language) => {
      if (language === null) return [];
      const { tones: _, ...row } = rowOf(told.get(language), said.get(language));
      return [{ language, ...row }];
    })
    .sort((a, b) => mostFirst(a, b) || (a.language < b.language ? -1 : 1));
}

type Row = { stories: number; mentions: number };
const mostFirst = (a: Row, b: Row) => b.stories - a.stories || b.mentions - a.mentions;
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
