import type { Plain } from '#search/plain.ts';

const all: Plain = { kind: 'all' };
const none: Plain = { kind: 'none' };

/** The same query without `all` and `none` inside it, and without empty or single `and` and `or`. */
export function reduce(plain: Plain): Plain {
  switch (plain.kind) {
    case 'not': {
      const of = reduce(plain.of);
      if (of.kind === 'all') return none;
      if (of.kind === 'none') return all;
      return of.kind === 'not' ? of.of : { kind: 'not', of };
    }
    case 'and':
      return flat('and', plain.of.map(reduce), none);
    case 'or':
      return flat('or', plain.of.map(reduce), all);
    default:
      return plain;
  }
}

/** `decides`: of `and` none, of `or` all; the other of the two adds nothing. */
function flat(kind: 'and' | 'or', of: readonly Plain[], decides: Plain): Plain {
  const kept: Plain[] = [];
  for (const one of of) {
    if (one.kind === decides.kind) return decides;
    if (one.kind === kind) kept.push(...one.of);
    else if (one.kind !== 'all' && one.kind !== 'none') kept.push(one);
  }
  if (kept.length === 0) return kind === 'and' ? all : none;
  return kept.length === 1 ? kept[0]! : { kind, of: kept };
}

/** Whether positions decide: what PostgreSQL cannot answer for an inexact document (domain/tokens.ts). */
export function asksForPositions(plain: Plain): boolean {
  switch (plain.kind) {
    case 'phrase':
    case 'near':
      return true;
    case 'and':
    case 'or':
      return plain.of.some(asksForPositions);
    case 'not':
      return asksForPositions(plain.of);
    default:
      return false;
  }
}

/**
 * What certainly holds where the query holds, without asking for positions: phrases and proximity become "all of these words", below an
 * odd number of negations nothing at all, so that the negation lets everything through (traps-data, section 5).
 */
export function loosened(plain: Plain, positive = true): Plain {
  switch (plain.kind) {
    case 'phrase':
      return positive ? { kind: 'and', of: plain.words.map((word): Plain => ({ kind: 'word', word })) } : none;
    case 'near':
      return positive
        ? {
            kind: 'and',
            of: [
              { kind: 'word', word: plain.first },
              { kind: 'word', word: plain.second },
            ],
          }
        : none;
    case 'and':
    case 'or':
      return { kind: plain.kind, of: plain.of.map((one) => loosened(one, positive)) };
    case 'not':
      return { kind: 'not', of: loosened(plain.of, !positive) };
    default:
      return plain;
  }
}
