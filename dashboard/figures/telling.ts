import type { Figures } from '../api-figures.ts';
import type { Language } from '../preferences.ts';
import { languageName } from '../time.ts';
import type { Words } from '../words/nl.ts';
import { balance, changeOf, fractionOf, peakOf, sureOf, toneShift } from './compare.ts';
import { dayName, type Group, isTooYoung, periodWords, rangeName } from './days.ts';

/**
 * What the figures say, in sentences. Below `tooFewBelow` stories nothing is said about shares or changes, and what differs by
 * no more than chance does is not called a difference.
 */

/** The two or three sentences that the page begins with; between ** what is set in bold. */
export function letter(figures: Figures, words: Words): string[] {
  const { totals, tooFewBelow } = figures;
  const { figures: say } = words;
  const { during } = periodWords(figures, words);
  const done = totals.discussed + totals.answered === 0 ? say.doneNothing : say.done(totals.discussed, totals.answered);
  if (totals.stories === 0) return [say.nothing(during)];
  if (totals.stories < tooFewBelow) return [say.few(during, totals.stories), done];
  return [...volume(figures, words), ...tone(figures, words), done];
}

function volume(figures: Figures, words: Words): string[] {
  const { totals, before, tooFewBelow } = figures;
  const { figures: say } = words;
  const period = periodWords(figures, words);
  const came = say.came(period.during, totals.stories);
  if (isTooYoung(figures)) return [came];
  if (before.stories < tooFewBelow) return [came, capital(say.fewBefore(period.before, before.stories))];
  const change = changeOf(totals.stories, before.stories);
  if (change === null) return [came, capital(say.noise(period.before, before.stories))];
  return [say.cameThan(period.during, totals.stories, say.change[change](period.before))];
}

function tone(figures: Figures, words: Words): string[] {
  const { totals, before, tooFewBelow } = figures;
  const { figures: say, tones } = words;
  // More than half in doubt: what was counted is a hunch.
  const doubt = sureOf(totals.tones) * 2 < totals.stories ? [say.toneDoubt] : [];
  if (before.stories < tooFewBelow || isTooYoung(figures)) return [say.toneNow[balance(totals.tones)], ...doubt];
  const { kind, certainty } = toneShift(totals, before);
  return [kind === 'same' ? say.tone.same : say.tone[kind](tones[certainty]), ...doubt];
}

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Over the stories in time: the day or week that stands out. */
export function daysTitle(figures: Figures, groups: readonly Group[], language: Language, words: Words): string {
  const { figures: say } = words;
  if (figures.totals.stories < figures.tooFewBelow) return say.tooFew;
  const peak = peakOf(groups.map(({ stories }) => stories));
  if (peak === null) return say.noPeak[groups.every(({ from, to }) => from === to) ? 'days' : 'weeks'];
  const [from, to] = [groups[peak[0]]!.from, groups[peak[1]]!.to];
  if (from === to) return say.peak(dayName(from, language, figures.today));
  return say.peakIn(rangeName({ from, to }, language, figures.today, words));
}

/** Over the tone: how it moved, or how it is where there is nothing to hold it against. */
export function toneTitle(figures: Figures, words: Words): string {
  const { totals, before, tooFewBelow } = figures;
  const { figures: say } = words;
  if (totals.stories < tooFewBelow) return say.tooFew;
  if (before.stories < tooFewBelow || isTooYoung(figures)) return say.toneTitleNow[balance(totals.tones)];
  return say.toneTitle[toneShift(totals, before).kind](periodWords(figures, words).before);
}

/** Over what became of the stories. */
export function doneTitle({ totals, tooFewBelow }: Figures, { figures: say }: Words): string {
  if (totals.stories < tooFewBelow) return say.tooFew;
  return say.wasDiscussed(say.fractions[fractionOf(totals.discussed, totals.stories)]);
}

/** Over the sources: the one that brought most of the stories, if one did. */
export function sourcesTitle({ totals, tooFewBelow, sources }: Figures, { figures: say }: Words): string {
  if (totals.stories < tooFewBelow) return say.tooFew;
  const told = sources.filter(({ stories }) => stories > 0);
  const [first, second] = told;
  if (!first) return say.tooFew;
  if (!second) return say.allFrom(first.source.label);
  return first.stories * 2 > totals.stories ? say.mostFrom(first.source.label) : say.fromMany(told.length);
}

/** Over the topics: the one that most of the stories are about. */
export function topicsTitle({ totals, tooFewBelow, topics }: Figures, { figures: say }: Words): string {
  const first = topics[0];
  if (totals.stories < tooFewBelow || !first || first.stories === 0) return say.tooFew;
  return say.mostAbout(first.topic.name);
}

/** Over the languages: how much is in the one heard most. */
export function languagesTitle(figures: Figures, language: Language, { figures: say }: Words): string {
  const { totals, tooFewBelow, languages } = figures;
  const first = languages[0];
  if (totals.stories < tooFewBelow || !first) return say.tooFew;
  const fraction = say.fractions[fractionOf(first.stories, totals.stories)];
  const name = languageName(first.language, language);
  return name === null ? say.isUnknown(fraction) : say.isIn(fraction, name);
}
