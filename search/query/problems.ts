import type { Place, Problem, ProblemCode } from './query.ts';

/** What a sentence about a problem may need, and what could have stood there. */
export type More = Partial<Pick<Problem, 'expected' | 'facts'>>;
export type Report = (code: ProblemCode, place: Place, more?: More) => void;

/** These only tell how a query was read. */
const notes = new Set<ProblemCode>(['ignored', 'mixed', 'lowercase_operator']);

/** A problem as it is handed on. */
export function problemAt(code: ProblemCode, { from, to }: Place, { expected = [], facts = {} }: More = {}): Problem {
  return { code, severity: notes.has(code) ? 'note' : 'error', from, to, expected, facts };
}

/** Whether a query can not be used. */
export const isRefused = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
