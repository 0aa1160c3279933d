import type { SearchDocument } from '#domain/search-document.ts';
import type { Plain } from '../plain.ts';
import { compile, type Test } from './compile.ts';
import { type Beside, factsOf } from './facts.ts';

const compiled = new WeakMap<Plain, Test>();

/**
 * Whether a query holds of a document. The same query object is compiled once, so asking it of many documents is cheap.
 * `beside` is what `topic:`, `in:` and `is:` ask about; a query with those throws without it.
 */
export function matches(plain: Plain, document: SearchDocument, beside: Beside | null = null): boolean {
  let test = compiled.get(plain);
  if (!test) {
    test = compile(plain);
    compiled.set(plain, test);
  }
  return test(factsOf(document, beside));
}
