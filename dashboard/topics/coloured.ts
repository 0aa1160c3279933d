import type { Reading } from '../api-query.ts';

type Place = { from: number; to: number };
/** A stretch of the text, and what it is; `kind` null: nothing to colour. */
export type Stretch = { from: number; said: string; kind: Reading['tokens'][number]['kind'] | null; isWrong: boolean };

/** A text in stretches of one colour each, those that are wrong apart. Together they are the whole text again. */
export function coloured(
  text: string,
  tokens: Reading['tokens'],
  problems: readonly (Place & { severity: string })[],
): Stretch[] {
  const wrong = problems.filter(({ severity, from, to }) => severity === 'error' && from < to);
  const edges = new Set([0, text.length, ...tokens.flatMap(both), ...wrong.flatMap(both)]);
  const places = [...edges].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((from, n) => ({
    from,
    said: text.slice(from, places[n + 1]),
    kind: tokens.find((token) => token.from <= from && from < token.to)?.kind ?? null,
    isWrong: wrong.some((problem) => problem.from <= from && from < problem.to),
  }));
}

const both = ({ from, to }: Place) => [from, to];
