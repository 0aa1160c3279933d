import { draftKey, keepDraft, readDraft } from '../talk/drafts.ts';

/** A tip as it is being typed. */
export type TipDraft = { address: string; text: string; note: string };

const place = 'tip';

/** What this person typed before and did not send. */
export function keptTip(personId: string): TipDraft | null {
  const kept = readDraft(draftKey(personId, place));
  return kept && { address: kept.link ?? '', text: kept.text, note: kept.title ?? '' };
}

/** Keeps it beside the other drafts; of an empty one nothing is kept. */
export function keepTip(personId: string, { address, text, note }: TipDraft): void {
  keepDraft(draftKey(personId, place), { text, link: address, title: note, tokens: [], quotes: [] });
}

export function isEmptyTip({ address, text, note }: TipDraft): boolean {
  return `${address}${text}${note}`.trim() === '';
}

/** Whether two say the same, spaces around them aside. */
export function isSameTip(one: TipDraft, other: TipDraft): boolean {
  return (['address', 'text', 'note'] as const).every((part) => one[part].trim() === other[part].trim());
}
