import { addressesIn, placeholder } from '#domain/reply-text.ts';
import type { Reference } from '../api-talk.ts';

/** A piece of a line: words, an address that leads to the web, or something that is referred to. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'reference'; reference: Reference };
export type Block =
  | { kind: 'paragraph' | 'quote'; lines: Inline[][] }
  | { kind: 'list'; items: Inline[][] }
  /** Words of a mention that stand on a line of their own. */
  | { kind: 'cited'; reference: Extract<Reference, { kind: 'quote' }> };

/**
 * What a colleague wrote, read as paragraphs, lists (`- `), quotes (`> `) and references in their places. Nothing of it is
 * ever markup, and only http and https become links.
 */
export function readPlainText(text: string, references: readonly Reference[]): Block[] {
  const blocks: Block[] = [];
  let next = 0;
  const inline = (line: string): Inline[] =>
    line.split(placeholder).flatMap((piece, index) => {
      const reference = index === 0 ? undefined : references[next++];
      return [...(reference ? [{ kind: 'reference' as const, reference }] : []), ...linked(piece)];
    });
  let isApart = true;
  for (const line of text.split('\n')) {
    const last = isApart ? undefined : blocks.at(-1);
    isApart = line.trim() === '';
    if (isApart) continue;
    const cited = line.trim() === placeholder ? references[next] : undefined;
    const [, sign, rest] = /^\s*([->])\s+(.*)$/.exec(line) ?? [];
    if (cited?.kind === 'quote') {
      next += 1;
      blocks.push({ kind: 'cited', reference: cited });
    } else if (sign === '-') {
      const item = inline(rest!);
      if (last?.kind === 'list') last.items.push(item);
      else blocks.push({ kind: 'list', items: [item] });
    } else {
      const kind = sign === '>' ? 'quote' : 'paragraph';
      const put = inline(sign === '>' ? rest! : line);
      if (last?.kind === kind) last.lines.push(put);
      else blocks.push({ kind, lines: [put] });
    }
  }
  return blocks;
}

/** A line with its web addresses told apart. */
function linked(line: string): Inline[] {
  const pieces: Inline[] = [];
  let at = 0;
  for (const { address, from, to } of addressesIn(line)) {
    const href = webAddress(address);
    if (href === null) continue;
    if (from > at) pieces.push({ kind: 'text', text: line.slice(at, from) });
    pieces.push({ kind: 'link', text: address, href });
    at = to;
  }
  if (at < line.length) pieces.push({ kind: 'text', text: line.slice(at) });
  return pieces;
}

/** An address that a reader may be sent to, or null. */
export function webAddress(written: string): string | null {
  if (!URL.canParse(written)) return null;
  const { protocol, hostname, href } = new URL(written);
  return (protocol === 'https:' || protocol === 'http:') && hostname !== '' ? href : null;
}
