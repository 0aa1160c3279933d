import { type Lexeme, lex, tokensOf } from './lexer.ts';
import { limits } from './limits.ts';
import { isRefused, problemAt, type Report } from './problems.ts';
import type { Place, Problem, Query, QueryLanguage, Token } from './query.ts';
import { readLeaf } from './read-leaf.ts';

export type Parsed = {
  /** The best reading there is; null for an empty text, and for one that is refused for its size. */
  query: Query | null;
  problems: Problem[];
  tokens: Token[];
};

/**
 * Reads a query. AND goes before OR, what stands side by side is AND. Never throws, and always answers the best reading it has beside
 * what is wrong, so that who is still typing sees where they are. Takes time in proportion to the text, which is refused beyond `limits`.
 */
export function parse(text: string, { language }: { language: QueryLanguage }): Parsed {
  const problems: Problem[] = [];
  const told = { error: 0, note: 0 };
  const report: Report = (code, place, more) => {
    const problem = problemAt(code, place, more);
    told[problem.severity] += 1;
    // Who has more than this wrong pasted something else than a query.
    if (told[problem.severity] <= mostTold) problems.push(problem);
  };
  const everywhere = { from: 0, to: text.length };
  if (text.length > limits.length) {
    report('too_long', everywhere, { facts: { most: limits.length, length: text.length } });
    return { query: null, problems, tokens: [] };
  }
  const all = lex(text);
  const ignored = new Set(all.filter(isIgnored));
  const tokens = tokensOf(all, ignored);
  const lexemes = all.filter((lexeme) => !ignored.has(lexeme));
  for (const lexeme of ignored) report('ignored', lexeme);
  if (all.length > 0 && lexemes.length === 0) report('nothing', everywhere);
  measure(lexemes, report);
  if (isRefused(problems)) return { query: null, problems, tokens };
  const query = read(lexemes, language, report);
  return { query, problems: problems.sort((a, b) => a.from - b.from), tokens };
}

/** Errors, and notes, that are told of one text. */
const mostTold = 50;

/** Signs by themselves, and a lone star is not among them: that asks for everything. */
const isIgnored = (lexeme: Lexeme): boolean =>
  lexeme.kind === 'word' && lexeme.read.words.length === 0 && lexeme.read.wrong === null;

function measure(lexemes: readonly Lexeme[], report: Report): void {
  let depth = 0;
  let operands = 0;
  for (const lexeme of lexemes) {
    if (lexeme.kind === 'open') depth += 1;
    else if (lexeme.kind === 'close') depth = Math.max(0, depth - 1);
    else if (lexeme.kind === 'word' || lexeme.kind === 'phrase' || lexeme.kind === 'field') operands += 1;
    const isDeep = depth > limits.depth;
    if (!isDeep && operands <= limits.operands) continue;
    report(isDeep ? 'too_deep' : 'too_many', lexeme, { facts: { most: isDeep ? limits.depth : limits.operands } });
    return;
  }
}

function read(lexemes: readonly Lexeme[], language: QueryLanguage, report: Report): Query | null {
  let at = 0;
  let depth = 0;
  /** Operands passed so far, also those of which nothing could be made: what is wrong with them is said already. */
  let passed = 0;

  function readOr(): Query | null {
    const found: Query[] = [];
    let mixed: Place | null = null;
    let or: Lexeme | null = null;
    let told: Lexeme | null = null;
    for (;;) {
      const { query, isBare, isEmpty } = readAnd();
      if (query) found.push(query);
      if (query && isBare) mixed ??= query;
      const next = lexemes[at];
      const isLast = next?.kind !== 'or';
      // An OR with nothing on both sides is wrong once.
      const lonely = isEmpty ? (or ?? (isLast ? null : next)) : null;
      if (lonely && lonely !== told) report('operand_missing', lonely);
      told = lonely;
      if (isLast) break;
      or = next;
      at += 1;
    }
    if (mixed && found.length > 1) report('mixed', mixed);
    return joined('or', found);
  }

  /** `isBare`: several side by side without parentheses of their own. `isEmpty`: there was not even anything wrong. */
  function readAnd(): { query: Query | null; isBare: boolean; isEmpty: boolean } {
    const found: Query[] = [];
    const before = passed;
    let and: Lexeme | null = null;
    for (let next = lexemes[at]; next && next.kind !== 'or'; next = lexemes[at]) {
      if (next.kind === 'close') {
        if (depth > 0) break;
        report('paren_close', next);
        at += 1;
      } else if (next.kind === 'and') {
        if (and || passed === before) report('operand_missing', next);
        else and = next;
        at += 1;
      } else {
        const query = readNot();
        if (query) found.push(query);
        and = null;
      }
    }
    if (and) report('operand_missing', and);
    return { query: joined('and', found), isBare: found.length > 1, isEmpty: passed === before };
  }

  function readNot(): Query | null {
    const not = lexemes[at]!;
    let isNegated = false;
    for (; lexemes[at]?.kind === 'not'; at += 1) isNegated = !isNegated;
    passed += 1;
    const next = lexemes[at];
    if (!next || next.kind === 'and' || next.kind === 'or' || next.kind === 'close') {
      report('operand_missing', not);
      return null;
    }
    const query = next.kind === 'open' ? readParentheses(next) : readOne(next);
    if (!query || !isNegated) return query;
    if (query.kind === 'not') return query.of;
    return { kind: 'not', of: query, from: not.from, to: query.to };
  }

  function readParentheses(open: Lexeme): Query | null {
    at += 1;
    depth += 1;
    const before = at;
    const query = readOr();
    depth -= 1;
    const close = lexemes[at];
    if (close?.kind === 'close') {
      if (at === before) report('paren_empty', { from: open.from, to: close.to });
      at += 1;
    } else report('paren_open', open);
    return query;
  }

  function readOne(lexeme: Lexeme): Query | null {
    at += 1;
    const leaf = readLeaf(lexeme, lexemes[at], language, report);
    if (lexeme.kind === 'word' && lowercaseOperators.has(lexeme.text) && at > 1 && at < lexemes.length)
      report('lowercase_operator', lexeme, { facts: { word: lexeme.text, operator: lexeme.text.toUpperCase() } });
    return leaf && { ...leaf, from: lexeme.from, to: lexeme.to };
  }

  return readOr();
}

const lowercaseOperators = new Set(['and', 'or', 'not', 'en', 'of', 'niet']);

/** Of one kind, parts of parts are parts; one part is itself. */
function joined(kind: 'and' | 'or', found: readonly Query[]): Query | null {
  const of = found.flatMap((part) => (part.kind === kind ? part.of : [part]));
  if (of.length < 2) return of[0] ?? null;
  return { kind, of, from: of[0]!.from, to: of.at(-1)!.to };
}
