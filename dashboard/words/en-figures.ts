import { count } from './en-counts.ts';
import type { nlFigures } from './nl-figures.ts';

const stories = (n: number) => (n === 1 ? '1 story' : `${count.format(n)} stories`);
const messages = (n: number) => (n === 1 ? '1 message' : `${count.format(n)} messages`);

export const enFigures: typeof nlFigures = {
  figures: {
    title: 'Figures',
    span: 'How long',
    spans: { week: 'Week', month: '4 weeks', quarter: 'Quarter', year: 'Year' },
    period: (from, to) => `${from} to ${to}`,
    previous: 'To the period before',
    next: 'To the period after',
    otherDays: 'Other days',
    from: 'From',
    to: 'Up to and including',
    show: 'Show',
    badPeriod: 'Choose a first day and a day after it, at most 366 days together.',
    allSources: 'All sources',
    allTopics: 'All topics',
    allLanguages: 'All languages',
    loading: 'Counting the figures …',
    failed: 'The figures could not be counted',
    failedKept: 'Nothing was changed.',
    during: { week: 'In one week', month: 'In four weeks', quarter: 'In thirteen weeks', year: 'In 52 weeks' },
    duringDays: (n) => (n === 1 ? 'On one day' : `In ${n} days`),
    before: {
      week: 'in the week before',
      month: 'in the four weeks before',
      quarter: 'in the thirteen weeks before',
      year: 'in the 52 weeks before',
    },
    beforeDays: (n) => (n === 1 ? 'on the day before' : `in the ${n} days before`),

    tooFew: 'Too few to say anything about',
    fewHere: 'too few',
    nothing: (during) => `${during} no story came in from outside.`,
    few: (during, n) => `${during} **${stories(n)}** came in from outside: too few to say anything about.`,
    came: (during, n) => `${during} **${stories(n)}** came in from outside.`,
    cameThan: (during, n, than) => `${during} **${stories(n)}** came in from outside, ${than}.`,
    change: {
      muchLess: (before) => `less than half as many as ${before}`,
      half: (before) => `about half as many as ${before}`,
      less: (before) => `clearly fewer than ${before}`,
      bitLess: (before) => `a little fewer than ${before}`,
      same: (before) => `about as many as ${before}`,
      bitMore: (before) => `a little more than ${before}`,
      more: (before) => `clearly more than ${before}`,
      nearlyTwice: (before) => `nearly twice as many as ${before}`,
      twice: (before) => `twice as many as ${before}`,
      overTwice: (before) => `more than twice as many as ${before}`,
      manyTimes: (before) => `more than three times as many as ${before}`,
    },
    noise: (before, n) => `${before} there were ${count.format(n)}: that difference says nothing yet.`,
    fewBefore: (before, n) =>
      n === 0
        ? `${before} nothing came, so there is nothing to compare with yet.`
        : `${before} there ${n === 1 ? 'was 1' : `were ${n}`}, too few to compare with.`,
    tone: {
      negative: (certainty) => `The tone became **more negative, ${certainty}**.`,
      positive: (certainty) => `The tone became **more positive, ${certainty}**.`,
      same: 'The tone stayed about the same.',
    },
    toneNow: {
      negative: 'The tone is **more often negative than positive**.',
      positive: 'The tone is **more often positive than negative**.',
      even: 'The tone is negative about as often as positive.',
    },
    toneDoubt: 'Of most stories the tone is uncertain or unclear: read this as a hunch.',
    done: (discussed, answered) =>
      `**${count.format(discussed)}** ${discussed === 1 ? 'was' : 'were'} discussed inside, **${count.format(answered)}** got an answer outside.`,
    doneNothing: 'Nothing was discussed inside or answered outside yet.',

    fractions: {
      none: 'no story at all',
      few: 'hardly a story',
      tenth: 'about one story in ten',
      fifth: 'about one story in five',
      quarter: 'about one story in four',
      third: 'about one story in three',
      half: 'about half of the stories',
      twoThirds: 'about two stories in three',
      threeQuarters: 'about three stories in four',
      nineTenths: 'about nine stories in ten',
      nearlyAll: 'nearly every story',
      all: 'every story',
    },
    peak: (day) => `A peak on ${day}`,
    peakIn: (days) => `A peak from ${days}`,
    noPeak: { days: 'No day stands out', weeks: 'No week stands out' },
    toneTitle: {
      negative: (before) => `More often negative than ${before}`,
      positive: (before) => `More often positive than ${before}`,
      same: (before) => `About the same tone as ${before}`,
    },
    toneTitleNow: {
      negative: 'More often negative than positive',
      positive: 'More often positive than negative',
      even: 'Negative about as often as positive',
    },
    wasDiscussed: (fraction) => `Discussed inside: ${fraction}`,
    mostFrom: (source) => `Most stories came from ${source}`,
    allFrom: (source) => `All stories came from ${source}`,
    fromMany: (n) => `The stories came from ${count.format(n)} sources; none brought half`,
    isIn: (fraction, language) => `In ${language}: ${fraction}`,
    isUnknown: (fraction) => `In a language we do not recognise: ${fraction}`,

    per: {
      days: 'Stories per day; lighter behind them all messages, copies included.',
      weeks: 'Stories per week; lighter behind them all messages, copies included.',
    },
    perInTable: {
      days: 'Stories per day, and all messages, copies included.',
      weeks: 'Stories per week, and all messages, copies included.',
    },
    tonePer: {
      days: 'Stories per day: positive above the line, negative below. Hatched is uncertain.',
      weeks: 'Stories per week: positive above the line, negative below. Hatched is uncertain.',
      whole: 'Stories of the whole period: positive above the line, negative below. Hatched is uncertain.',
    },
    toneInTable: {
      days: 'Stories per day. The number after the plus is uncertain.',
      weeks: 'Stories per week. The number after the plus is uncertain.',
      whole: 'Stories of the whole period. The number after the plus is uncertain.',
    },
    whatHappened: (n) => `What happened so far to the ${n === 1 ? 'story' : stories(n)}.`,
    bySource: 'Stories per source. A story counts for every source that brought it.',
    byTopic: 'Stories by topic. A story counts for every topic that found it.',
    mostAbout: (name) => `Most often it was about ‘${name}’`,
    byLanguage: 'Stories per language of the first message.',
    base: (n, mentions, sources) =>
      `${stories(n)}, in ${messages(mentions)} from ${sources === 1 ? '1 source' : `${count.format(sources)} sources`}.`,
    toneRest: (neutral, unclear) =>
      `Not drawn: ${count.format(neutral)} neutral, ${count.format(unclear)} of which the tone is unclear.`,
    toneFew: 'The tone of the stories.',
    toneFewNote: 'At a dot or “too few” there are fewer than 20.',
    gapNote: (since, source) => `Since ${since} we may be missing messages from ${source}.`,
    gapNoteMore: (since, n) => `Since ${since} we may be missing messages, from ${count.format(n)} sources.`,
    hatched: 'Hatched is incomplete.',
    todayNote: 'Today is not over yet.',
    otherSources: (n) =>
      n === 1 ? 'And 1 other source: see the table.' : `And ${count.format(n)} others: see the table.`,

    as: (title) => `Shown as: ${title}`,
    chart: 'Chart',
    table: 'Table',
    columns: {
      days: 'Day',
      weeks: 'Week',
      whole: 'Period',
      stories: 'Stories',
      mentions: 'Messages',
      negative: 'Negative',
      positive: 'Positive',
      neutral: 'Neutral',
      unclear: 'Unclear',
      step: 'Step',
      source: 'Source',
      language: 'Language',
    },
    plus: (n) => `+${n}`,
    ofUnsure: (n) => `, ${count.format(n)} uncertain`,
    unfinished: 'incomplete',
    steps: {
      came: 'came from outside',
      discussed: 'discussed inside',
      answered: 'answered outside',
      unanswered: 'deliberately not answered',
    },
    step: (n, what) => `**${n}** ${what}`,
    said: {
      stories: (when, n) => `${when}: ${stories(n)}`,
      negative: (when, n) => `${when}: ${stories(n)} of negative tone`,
      positive: (when, n) => `${when}: ${stories(n)} of positive tone`,
    },
    list: (what) => `${what}. See the list.`,

    quality: 'How good are these figures?',
    sourcesFine: 'No source has been out of reach for over a day',
    sourcesFineWhy:
      'What a source says while it falters for a while, we mostly fetch afterwards. As far as we know nothing is missing.',
    sourcesFalter: (n) =>
      n === 1
        ? '1 source has been out of reach for over a day'
        : `${count.format(n)} sources have been out of reach for over a day`,
    sourcesFalterWhy: (names, since) => `${names}, since ${since}. So we may be missing messages.`,
    andMore: (names, n) => `${names} and ${count.format(n)} others`,
    seeSources: 'See the sources',
    sureTitle: (n, all) => `Tone fairly certain for ${count.format(n)} of ${count.format(all)}`,
    sureWhy: 'Of the rest the tone is uncertain or unclear. A computer judges, not a person.',
    goneTitle: (n) => `The text of ${stories(n)} is gone`,
    goneWhy: 'We keep texts for 180 days. These stories count, but no longer stand in the list behind the figure.',
    countedTitle: 'How we count',
    countedWhy: (zone, n) =>
      `A story counts once, on the day of its first message (time of ${zone}). Below ${n} we say nothing about shares.`,
  },
};
