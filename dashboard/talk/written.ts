import { placeholder } from '#domain/reply-text.ts';
import type { NewReference, Reference, Written } from '../api-talk.ts';

/** A name, or a word in brackets, that stands in the text of a composer for something that is referred to. */
export type Token = { label: string; reference: NewReference };
/** Words of a mention; which words is asked of the mention each time, so that they go when it goes. */
export type QuoteRef = { id: string; from: number; to: number };
export type Composed = { text: string; tokens: Token[]; quotes: QuoteRef[] };

export const emptyComposed: Composed = { text: '', tokens: [], quotes: [] };

/** Text in which a mark was just typed: after a chosen name it stands against it, without the space that came with the name. */
export function markAgainstName(before: Composed, text: string, caret: number): { text: string; caret: number } {
  const isTyped = text.length === before.text.length + 1 && /^ [.,;?!]$/.test(text.slice(caret - 2, caret));
  const start = text.slice(0, caret - 2);
  if (!isTyped || !before.tokens.some(({ label }) => start.endsWith(label))) return { text, caret };
  return { text: start + text.slice(caret - 1), caret: caret - 1 };
}

/** What a composer holds, as the API takes it: quotes first, each on its own line, then the text with its tokens put in. */
export function toWritten({ text, tokens, quotes }: Composed): Written {
  const references: NewReference[] = quotes.map(({ id, from, to }) => ({ kind: 'quote', id, from, to }));
  const byLength = [...tokens].sort((a, b) => b.label.length - a.label.length);
  let said = text.replaceAll(placeholder, '');
  let out = '';
  while (said !== '') {
    const found = byLength.find(
      ({ label }) => said.startsWith(label) && !/^[\p{L}\p{N}]/u.test(said.slice(label.length)),
    );
    const taken = found?.label ?? said.slice(0, 1);
    out += found ? placeholder : taken;
    if (found) references.push(found.reference);
    said = said.slice(taken.length);
  }
  return { text: [...quotes.map(() => placeholder), out.trim()].join('\n').trim(), references };
}

/**
 * A reply as its writer can change it. `say` names what has no name of its own; what is gone cannot be sent again and is
 * left out.
 */
export function fromReply(
  text: string,
  references: readonly Reference[],
  say: (reference: Exclude<Reference, { kind: 'person' }>, number: number) => string,
): Composed {
  const quotes: QuoteRef[] = [];
  const tokens: Token[] = [];
  let rest = text;
  let next = 0;
  for (;;) {
    const reference = references[next];
    if (reference?.kind !== 'quote' || !new RegExp(`^${placeholder}(?:\\n|$)`).test(rest)) break;
    if (reference.id !== null) quotes.push({ id: reference.id, from: reference.from, to: reference.to });
    rest = rest.slice(placeholder.length).replace(/^\n/, '');
    next += 1;
  }
  const put = rest.split(placeholder).reduce((before, piece) => {
    const reference = references[next++];
    const token = reference && tokenOf(reference, (named) => say(named, tokens.length + 1));
    if (token && !tokens.some(({ label }) => label === token.label)) tokens.push(token);
    return `${before}${token?.label ?? ''}${piece}`;
  });
  return { text: put, tokens, quotes };
}

function tokenOf(
  reference: Reference,
  say: (reference: Exclude<Reference, { kind: 'person' }>) => string,
): Token | null {
  if (reference.kind === 'person')
    return { label: `@${reference.name}`, reference: { kind: 'person', id: reference.id } };
  const { kind, id } = reference;
  if (id === null) return null;
  const label = `[${say(reference)}]`;
  if (kind === 'quote') return { label, reference: { kind, id, from: reference.from, to: reference.to } };
  return { label, reference: { kind, id } };
}

/** The name somebody is writing at the end of `before` (the text up to the caret), and where its @ stands; null: none. */
export function nameBeingWritten(before: string): { from: number; begun: string } | null {
  const match = /(?:^|[\s(])@([\p{L}'’.-]*(?: [\p{L}'’.-]*){0,2})$/u.exec(before);
  return match ? { from: before.length - match[1]!.length - 1, begun: match[1]! } : null;
}
