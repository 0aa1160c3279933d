import { placeholder } from '#domain/reply-text.ts';
import type { Range } from '#search/found-words.ts';

export type FoundExcerpt = { excerpt: string; cut: { before: boolean; after: boolean }; ranges: Range[] };

/** Characters of the text in an excerpt, and how many of them stand before the first that was found. */
const mostCharacters = 280;
const lead = 80;
/** So far a cut moves to fall between words. */
const mostMoved = 24;

/**
 * The part of a text around the first of the ranges (in order, not overlapping), on one line, with the ranges that lie in it where
 * they then stand. A place of a reference (U+FFFC) becomes what `fill` says of it, by its place in the whole text.
 */
export function foundExcerpt(
  text: string,
  ranges: readonly Range[],
  fill: (place: number) => string = () => '',
): FoundExcerpt {
  const first = ranges[0]?.from ?? 0;
  const from = first <= lead ? 0 : startAt(text, first - lead, first);
  const to = text.length - from <= mostCharacters ? text.length : endAt(text, from + mostCharacters, first);
  let place = text.slice(0, from).split(placeholder).length - 1;
  let excerpt = '';
  // Where each character of the part stands on the line, and where the line ends.
  const at: number[] = [];
  for (const character of text.slice(from, to)) {
    for (let unit = 0; unit < character.length; unit += 1) at.push(excerpt.length + unit);
    if (character === placeholder) {
      excerpt += fill(place);
      place += 1;
    } else if (!/\s/.test(character)) excerpt += character;
    else if (excerpt !== '' && !excerpt.endsWith(' ')) excerpt += ' ';
  }
  at.push(excerpt.length);
  excerpt = excerpt.trimEnd();
  const shown = ranges.flatMap((range) => {
    if (range.from < from || range.from >= to) return [];
    const shifted = { from: at[range.from - from]!, to: at[Math.min(range.to, to) - from]! };
    return shifted.from < shifted.to && shifted.to <= excerpt.length ? [shifted] : [];
  });
  return { excerpt, cut: { before: from > 0, after: to < text.length }, ranges: shown };
}

/** After a space near here, else here; never inside a pair of surrogates, and never past what was found. */
function startAt(text: string, near: number, most: number): number {
  const space = text.slice(near, Math.min(near + mostMoved, most)).search(/\s/);
  return space >= 0 ? near + space + 1 : near + Number(isSecondHalf(text, near));
}

/** Before a space near here, else here. */
function endAt(text: string, near: number, least: number): number {
  const start = Math.max(near - mostMoved, least + 1);
  const space = text.slice(start, near).search(/\s\S*$/);
  return space >= 0 ? start + space : near - Number(isSecondHalf(text, near));
}

const isSecondHalf = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
};
