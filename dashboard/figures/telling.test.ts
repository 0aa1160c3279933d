import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDay } from '#domain/period.ts';
import type { Figures } from '../api-figures.ts';
import { en } from '../words/en.ts';
import { nl } from '../words/nl.ts';
import { grainOf, groupsOf, toneGrainOf } from './days.ts';
import { daysTitle, doneTitle, languagesTitle, letter, sourcesTitle, toneTitle, topicsTitle } from './telling.ts';

type Tones = Figures['totals']['tones'];
const none: Tones = {
  negative: { sure: 0, unsure: 0 },
  neutral: { sure: 0, unsure: 0 },
  positive: { sure: 0, unsure: 0 },
  unclear: 0,
};
const storiesOf = ({ negative, neutral, positive, unclear }: Tones) =>
  [negative, neutral, positive].reduce((sum, { sure, unsure }) => sum + sure + unsure, unclear);

type Part = { stories: number; discussed: number; answered: number; tones: Tones };

/** Figures of a period in which everything was said on its first day, unless `days` says otherwise. */
function aFigures(now: Partial<Part>, before: Partial<Part> = {}, more: Partial<Figures> = {}): Figures {
  const part = (given: Partial<Part>) => {
    const tones = given.tones ?? { ...none, unclear: given.stories ?? 0 };
    const stories = storiesOf(tones);
    return { mentions: stories, discussed: 0, answered: 0, ...given, stories, tones };
  };
  const totals = { ...part(now), unanswered: 0, unlisted: 0 };
  const { from = '2026-10-26', to = '2026-11-22' } = more;
  return {
    timeZone: 'Europe/Amsterdam',
    today: '2026-11-23',
    countedAt: '2026-11-23T10:00:00Z',
    tooFewBelow: 20,
    totals,
    before: part(before),
    days: eachDay({ from, to }).map((day, n) =>
      n === 0
        ? { day, mentions: totals.mentions, stories: totals.stories, tones: totals.tones }
        : { day, mentions: 0, stories: 0, tones: none },
    ),
    sources: [],
    topics: [],
    languages: [],
    gaps: [],
    ...more,
    from,
    to,
  };
}

const small = fc.oneof(fc.constantFrom(0, 1, 2, 19, 20, 21), fc.nat({ max: 400 }));
const both = fc.record({ sure: small, unsure: small });
const anyPart = fc
  .record({ tones: fc.record({ negative: both, neutral: both, positive: both, unclear: small }), part: fc.nat(100) })
  .map(({ tones, part }) => {
    const stories = storiesOf(tones);
    return {
      tones,
      discussed: Math.floor((stories * part) / 100),
      answered: Math.floor((stories * (100 - part)) / 100),
    };
  });
const fewPart = fc
  .record({ negative: fc.nat(5), positive: fc.nat(5), neutral: fc.nat(5), unclear: fc.nat(4) })
  .map(({ negative, positive, neutral, unclear }) => {
    const tones = {
      negative: { sure: negative, unsure: 0 },
      neutral: { sure: 0, unsure: neutral },
      positive: { sure: positive, unsure: 0 },
      unclear,
    };
    return { tones, discussed: negative, answered: positive };
  });
const period = fc.constantFrom(
  { from: '2026-11-22', to: '2026-11-22' },
  { from: '2026-11-23', to: '2026-11-23' },
  { from: '2026-11-16', to: '2026-11-22' },
  { from: '2026-10-26', to: '2026-11-22' },
  { from: '2025-11-24', to: '2026-11-24' },
);
const languages = fc.constantFrom<Figures['languages']>(
  [],
  [{ language: 'nl', stories: 3, mentions: 3 }],
  [{ language: 'und', stories: 300, mentions: 3 }],
  [{ language: 'qqq', stories: 30, mentions: 3 }],
);
const sources = fc.array(small, { maxLength: 3 }).map((counts) =>
  counts
    .sort((a, b) => b - a)
    .map((stories, n) => ({
      source: { id: `s_${n}`, label: `Bron ${n}`, kind: 'news' as const },
      stories,
      mentions: stories,
      tones: none,
    })),
);

const topics = sources.map((rows) =>
  rows.map(({ source: _, ...row }, n) => ({
    topic: { id: `o_${n}`, name: `onderwerp ${n}`, kind: 'theme' as const, colour: 'teal' as const },
    ...row,
  })),
);

const everything = (figures: Figures, language: 'nl' | 'en') => {
  const words = language === 'nl' ? nl : en;
  return [
    ...letter(figures, words),
    daysTitle(figures, groupsOf(figures, grainOf(figures)), language, words),
    daysTitle(figures, groupsOf(figures, toneGrainOf(figures)), language, words),
    toneTitle(figures, words),
    doneTitle(figures, words),
    sourcesTitle(figures, words),
    topicsTitle(figures, words),
    languagesTitle(figures, language, words),
  ];
};

test.each(['nl', 'en'] as const)('%s: whatever the figures, every sentence is whole', (language) => {
  fc.assert(
    fc.property(anyPart, anyPart, period, languages, sources, topics, (now, before, days, told, from, about) => {
      const sentences = everything(
        aFigures(now, before, { ...days, languages: told, sources: from, topics: about }),
        language,
      );
      for (const sentence of sentences) {
        expect(sentence).not.toMatch(/NaN|Infinity|undefined|null|\[object|-\d|\d\.\d{4}/);
        expect(sentence).toMatch(/^[\p{Lu}*\d]/u);
        expect((sentence.match(/\*\*/g) ?? []).length % 2).toBe(0);
      }
      expect(sentences.length).toBeLessThanOrEqual(12);
    }),
  );
});

const shares = {
  nl: /\b(?:een|twee|drie|negen) op de |%|keer zo|helft|half|evenveel|meer dan|minder dan|vaker|negatiever|positiever|meeste|bijna|alle /,
  en: /\bin (?:ten|five|four|three)\b(?! weeks)|%|twice|half|as many|more|fewer|most|nearly|all |every/i,
};
test.each(['nl', 'en'] as const)('%s: below twenty nothing is said about shares, whatever came before', (language) => {
  fc.assert(
    fc.property(fewPart, anyPart, period, languages, sources, (now, before, days, told, from) => {
      const figures = aFigures(now, before, { ...days, languages: told, sources: from });
      expect(figures.totals.stories).toBeLessThan(20);
      for (const sentence of everything(figures, language)) expect(sentence).not.toMatch(shares[language]);
    }),
  );
});

test('with too few before it a period is compared with nothing', () => {
  fc.assert(
    fc.property(anyPart, fewPart, (now, before) => {
      for (const sentence of letter(aFigures(now, before), nl))
        expect(sentence).not.toMatch(/ als in | dan in |werd|bleef/);
      expect(toneTitle(aFigures(now, before), nl)).not.toMatch(/ervoor/);
    }),
  );
});

const toned = (negative: number, positive: number, neutral: number, unsure = 0): Tones => ({
  negative: { sure: negative - unsure, unsure },
  positive: { sure: positive, unsure: 0 },
  neutral: { sure: neutral, unsure: 0 },
  unclear: 0,
});

test('four weeks read as a letter would say it', () => {
  const figures = aFigures({ tones: toned(190, 60, 162), discussed: 96, answered: 64 }, { tones: toned(50, 60, 80) });
  expect(letter(figures, nl)).toEqual([
    'In vier weken kwamen er **412 verhalen** van buiten, ruim twee keer zo veel als in de vier weken ervoor.',
    'De toon werd **negatiever, vrij zeker**.',
    '**96** zijn binnen besproken, **64** kregen buiten een antwoord.',
  ]);
  expect(toneTitle(figures, en)).toBe('More often negative than in the four weeks before');
  expect(doneTitle(figures, nl)).toBe('Binnen besproken: ongeveer een op de vier verhalen');
});

test('a tone that moved only in what we are unsure of is told as unsure', () => {
  const figures = aFigures({ tones: toned(120, 40, 40, 110) }, { tones: toned(20, 40, 140) });
  expect(letter(figures, nl)[1]).toBe('De toon werd **negatiever, onzeker**.');
});

test('what chance could have done is no finding', () => {
  const figures = aFigures({ tones: toned(10, 10, 10) }, { tones: toned(7, 8, 7) });
  expect(letter(figures, nl).slice(0, 3)).toEqual([
    'In vier weken kwamen er **30 verhalen** van buiten.',
    'In de vier weken ervoor waren het er 22: dat verschil zegt nog niets.',
    'De toon bleef ongeveer gelijk.',
  ]);
});

test('a day that is not over is not held against one that is', () => {
  const today = { from: '2026-11-23', to: '2026-11-23' };
  const figures = aFigures({ tones: toned(10, 10, 10) }, { tones: toned(70, 80, 70) }, today);
  expect(letter(figures, en)[0]).toBe('On one day **30 stories** came in from outside.');
  expect(toneTitle(figures, en)).toBe('Negative about as often as positive');
});
