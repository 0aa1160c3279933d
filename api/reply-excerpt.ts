import { placeholder } from '#domain/reply-text.ts';
import type { ReferenceFacts } from '#storage/reply-references.ts';
import type { LastReply } from '#storage/stream-rows.ts';
import { sameWords } from './quote.ts';

const mostCharacters = 200;

/**
 * The beginning of a reply on one line, with words where its references stand; what is gone or hidden is an ellipsis.
 * A quote is left out when the reply says something itself: cut short, another's words would read as the writer's own.
 */
export function replyExcerpt({ text, references }: Pick<LastReply, 'text' | 'references'>): string {
  const own = told(text, references, (reference) => (reference?.kind === 'quote' ? '' : (wordsOf(reference) ?? '…')));
  const said = /[\p{L}\p{N}\p{S}]/u.test(own) ? own : told(text, references, (reference) => wordsOf(reference) ?? '…');
  const characters = Array.from(said.slice(0, 2 * mostCharacters + 2));
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : said;
}

function told(
  text: string,
  references: ReferenceFacts[],
  words: (reference: ReferenceFacts | undefined) => string,
): string {
  let next = 0;
  return text
    .replaceAll(placeholder, () => words(references[next++]))
    .replace(/\s+/g, ' ')
    .trim();
}

/** What stands for a reference on a line; null for what is gone or hidden. */
export function wordsOf(reference: ReferenceFacts | undefined): string | null {
  if (reference?.kind === 'person') return `@${reference.person ?? ''}`;
  const words = reference?.kind === 'quote' ? sameWords(reference) : (reference?.title ?? reference?.source ?? null);
  return words === null ? null : `“${words}”`;
}
