import { placeholder } from '#domain/reply-text.ts';
import type { ReferenceFacts } from '#storage/reply-references.ts';
import type { LastReply } from '#storage/stream-rows.ts';
import { sameWords } from './quote.ts';

const mostCharacters = 200;

/** The beginning of a reply on one line, with words where its references stand; what is gone or hidden is an ellipsis. */
export function replyExcerpt({ text, references }: Pick<LastReply, 'text' | 'references'>): string {
  let next = 0;
  const said = text
    .replaceAll(placeholder, () => wordsOf(references[next++]) ?? '…')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(said.slice(0, 2 * mostCharacters + 2));
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : said;
}

function wordsOf(reference: ReferenceFacts | undefined): string | null {
  if (reference?.kind === 'person') return `@${reference.person ?? ''}`;
  const words = reference?.kind === 'quote' ? sameWords(reference) : (reference?.title ?? reference?.source ?? null);
  return words === null ? null : `“${words}”`;
}
