import type { PreparedMention } from './mention.ts';
import { mentionDocument, type SearchDocument } from './search-document.ts';

const toneNumbers = { negative: -1, neutral: 0, positive: 1, unclear: null } as const;

/** What the query language asks about of a mention that is not saved yet: which source brought it, and whether an earlier wording is known. */
export function preparedDocument(
  prepared: Omit<PreparedMention, 'fingerprint'>,
  from: { sourceId: number; sourceHost: string | null; isEdited: boolean; fetchedAt: Date },
): SearchDocument {
  const { publishedAt } = prepared;
  return mentionDocument({
    kind: prepared.kind,
    sourceId: from.sourceId,
    sourceHost: from.sourceHost,
    url: prepared.canonicalUrl,
    title: prepared.title,
    html: prepared.html,
    text: prepared.text,
    authorName: prepared.author?.name ?? null,
    authorHandle: prepared.author?.handle ?? null,
    language: prepared.language,
    tone: toneNumbers[prepared.sentiment.tone],
    rating: prepared.rating,
    media: prepared.media,
    isEdited: from.isEdited || prepared.editedAt !== null,
    sortAt: Math.min(publishedAt.getTime(), from.fetchedAt.getTime()),
  });
}
