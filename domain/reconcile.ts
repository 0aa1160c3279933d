import type { MentionState } from './mention.ts';

/** What is stored of a mention, as far as it decides what becomes of the same one arriving again. */
export type KnownMention = {
  /** null: a key that may never be stored (withdrawn before it arrived, or its author was erased). */
  mentionId: number | null;
  state: MentionState;
  /** The source that delivered it first and alone may edit it; null when that source was removed. */
  sourceId: number | null;
  fingerprint: Buffer | null;
  contentHash: Buffer | null;
  /** Delivered by a server that is not the one it was written on. */
  secondHand?: boolean;
  /** Whether this source is already noted as having delivered it. */
  seenHere: boolean;
};

/** One item of a poll, by its keys as text. */
export type Identified = { key: string; altKeys: string[]; fingerprint: Buffer; secondHand?: boolean };

export type Plan =
  | { kind: 'new'; altKeys: string[] }
  /** Known, but its raw form changed: prepare it and compare the content. */
  | { kind: 'changed'; known: KnownMention; altKeys: string[] }
  /** Known elsewhere and delivered by this source for the first time. */
  | { kind: 'sighted'; known: KnownMention }
  | { kind: 'skip'; reason: SkipReason };

export type SkipReason =
  | 'unchanged'
  /** The same thing twice in one document; the first counts. */
  | 'repeated'
  /** Withdrawn, erased or expired: it does not come back. */
  | 'gone'
  /** Another source brought it first; only that one edits it. */
  | 'elsewhere'
  | 'author-erased'
  | 'withdrawn-here';

/**
 * Which stored mention each item of one document is. The first key goes first. An alternative key counts only when it
 * stands under one item of the document and its mention is not there under its own first key (sources.md 2.1): otherwise a link
 * that all items share would make them one.
 */
export function identify(
  items: readonly Identified[],
  known: ReadonlyMap<string, KnownMention>,
): (KnownMention | null)[] {
  const telling = tellingAltKeys(items);
  const claimed = new Set<number | null>(items.map(({ key }) => known.get(key)?.mentionId ?? null));
  return items.map(({ key }, index) => {
    const first = known.get(key);
    if (first) return first;
    const found = telling[index]!.map((altKey) => known.get(altKey)).find((other) => other !== undefined);
    return found && (found.mentionId === null || !claimed.has(found.mentionId)) ? found : null;
  });
}

/** Alternative keys of a document that say something: those that stand under one item only. */
export function tellingAltKeys(items: readonly Identified[]): string[][] {
  const uses = new Map<string, number>();
  for (const { altKeys } of items) for (const key of new Set(altKeys)) uses.set(key, (uses.get(key) ?? 0) + 1);
  return items.map(({ altKeys }) => [...new Set(altKeys)].filter((key) => uses.get(key) === 1));
}

/**
 * What is to be done with each item of one document, before any of them is prepared. `altKeys` are those under which it may
 * be stored.
 */
export function plan(items: readonly Identified[], known: ReadonlyMap<string, KnownMention>, sourceId: number): Plan[] {
  const seen = new Set<string | number>();
  const found = identify(items, known);
  const telling = tellingAltKeys(items);
  return items.map((item, index): Plan => {
    const match = found[index] ?? null;
    const altKeys = telling[index]!.filter((key) => (known.get(key) ?? match)?.mentionId === match?.mentionId);
    const identity = match?.mentionId ?? item.key;
    if (seen.has(identity)) return { kind: 'skip', reason: 'repeated' };
    seen.add(identity);
    if (!match) return { kind: 'new', altKeys };
    if (match.mentionId === null || match.state !== 'live') return { kind: 'skip', reason: 'gone' };
    if (isElsewhere(match, sourceId, item.secondHand)) {
      return match.seenHere ? { kind: 'skip', reason: 'elsewhere' } : { kind: 'sighted', known: match };
    }
    const isOurs = match.sourceId === null || match.sourceId === sourceId;
    if (isOurs && match.fingerprint?.equals(item.fingerprint)) return { kind: 'skip', reason: 'unchanged' };
    return { kind: 'changed', known: match, altKeys };
  });
}

/**
 * Whether a mention belongs to another source, which alone may edit it. The server on which something was written takes it
 * over from one that only told of it: otherwise any server could put words into the mouth of another's users.
 */
function isElsewhere(known: KnownMention, sourceId: number, secondHand = false): boolean {
  if (known.sourceId === null || known.sourceId === sourceId) return false;
  return !known.secondHand || secondHand;
}

export type Verdict =
  | { kind: 'new' }
  | { kind: 'edited'; mentionId: number }
  /** Only its raw form differs: remember the new fingerprint, nobody needs to hear. */
  | { kind: 'seen-again'; mentionId: number }
  | { kind: 'sighted'; mentionId: number }
  | { kind: 'skip'; reason: SkipReason };

/**
 * The last word on a prepared mention, inside the transaction that saves it. Edits are decided by the content hash alone:
 * dates and guids move without a word changing (sources.md 2.3).
 */
export function reconcile(
  prepared: { contentHash: Buffer; secondHand?: boolean },
  known: KnownMention | null,
  facts: { sourceId: number; authorErased: boolean },
): Verdict {
  if (!known) return facts.authorErased ? { kind: 'skip', reason: 'author-erased' } : { kind: 'new' };
  if (known.mentionId === null || known.state !== 'live') return { kind: 'skip', reason: 'gone' };
  const { mentionId } = known;
  if (isElsewhere(known, facts.sourceId, prepared.secondHand)) {
    return known.seenHere ? { kind: 'skip', reason: 'elsewhere' } : { kind: 'sighted', mentionId };
  }
  if (known.contentHash?.equals(prepared.contentHash)) return { kind: 'seen-again', mentionId };
  return facts.authorErased ? { kind: 'skip', reason: 'author-erased' } : { kind: 'edited', mentionId };
}
