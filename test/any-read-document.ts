import fc from 'fast-check';
import type { SearchDocument } from '#domain/search-document.ts';
import { vectorWords, wordPositions } from '#domain/tokens.ts';
import { moments, stems, terms, vocabulary } from './any-query.ts';
import type { ReadDocument } from './naive-match.ts';

const words = (maxLength: number) => fc.array(fc.constantFrom(...vocabulary), { maxLength, size: 'max' });
const about = {
  terms: fc.subarray([...terms]),
  stems: fc.subarray([...stems]),
  sortAt: fc.constantFrom(...moments),
  topics: fc.subarray([1, 2, 3]),
  circleId: fc.integer({ min: 1, max: 3 }),
  also: fc.subarray([7, 8]),
  // A thread has a case or none, and is discussed or not.
  statuses: fc
    .tuple(fc.subarray(['open', 'taken', 'answered', 'unanswered'] as const, { maxLength: 1 }), fc.boolean())
    .map(([state, discussed]) => (discussed ? [...state, 'discussed' as const] : state)),
};

/** An ordinary document: a title or none, and up to thirty words. */
export const anyReadDocument: fc.Arbitrary<ReadDocument> = fc.record({ title: words(4), text: words(30), ...about });

/**
 * A document that PostgreSQL cannot hold exactly: a word more than 255 times, or more than 16,000 words (up to `longest`), with a few
 * words of the vocabulary anywhere between.
 */
export const anyLongDocument = (longest: number): fc.Arbitrary<ReadDocument> =>
  fc
    .record({
      title: words(2),
      filler: fc.oneof(
        fc.record({ each: fc.constantFrom('de', 'brug', 'vulling'), times: fc.integer({ min: 250, max: 400 }) }),
        fc.record({ each: fc.constant(null), times: fc.integer({ min: 15_900, max: longest }) }),
      ),
      inserts: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), some: words(4) }), {
        maxLength: 8,
      }),
      ...about,
    })
    .map(({ title, filler, inserts, ...rest }) => {
      const text: string[] = Array.from({ length: filler.times }, (_, i) => filler.each ?? `vulling${i % 200}`);
      for (const { at, some } of inserts) text.splice(Math.round(at * text.length), 0, ...some);
      return { title, text, ...rest };
    });

/** The document that is matched and stored, made from the text as ours are. */
export function searchDocumentOf({ title, text, terms, stems, sortAt }: ReadDocument): SearchDocument {
  const positions = wordPositions(title.join(' '), text.join(' '));
  return { words: positions, inexact: vectorWords(positions).inexact, terms, stems, sortAt };
}
