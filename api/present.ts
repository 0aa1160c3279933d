import type { z } from '@hono/zod-openapi';
import { saidOnce } from '#domain/relation.ts';
import type { SourceKind } from '#domain/source.ts';
import type { PersonNamed } from '#storage/badges.ts';
import type { CircleFacts, SourceFacts, StreamRow } from '#storage/stream-rows.ts';
import type { MentionFacts } from '#storage/threads.ts';
import type { Ids } from './ids.ts';
import { replyExcerpt } from './reply-excerpt.ts';
import type { Mention, Sentiment, SourceRef, ThreadRow } from './schema.ts';
import type { CircleRef, PersonRef } from './schema-ids.ts';

/** Turns what storage/ knows into what clients are told: opaque ids, words for numbers, nothing internal. */

/** From this confidence on a tone reads as "vrij zeker". */
export const sureFrom = 0.7;

type Judged = { tone: number | null; confidence: number | null; method: string | null };

function presentSentiment({ tone, confidence, method }: Judged): z.infer<typeof Sentiment> | null {
  if (method === null) return null;
  return {
    tone: tone === null ? 'unclear' : tone < 0 ? 'negative' : tone > 0 ? 'positive' : 'neutral',
    certainty: tone !== null && (confidence ?? 0) >= sureFrom ? 'sure' : 'unsure',
    method,
  };
}

function presentRating(row: { ratingValue: number | null; ratingBest: number | null }) {
  return row.ratingValue === null || row.ratingBest === null ? null : { value: row.ratingValue, best: row.ratingBest };
}

export function presentSourceRef(ids: Ids, source: SourceFacts): z.infer<typeof SourceRef> {
  return { id: ids.encode('source', source.id), label: source.label, kind: source.kind as SourceKind };
}

export function presentPersonRef(ids: Ids, { id, name, marks }: PersonNamed): z.infer<typeof PersonRef> {
  const { guest, badges } = marks ?? { guest: false, badges: [] };
  return { id: ids.encode('person', id), name, badges: saidOnce(badges, guest), guest };
}

export function presentCircleRef(ids: Ids, { id, kind, name }: CircleFacts): z.infer<typeof CircleRef> {
  return { id: ids.encode('circle', id), kind, name };
}

/** A row of the stream, or of another list of threads. */
export function presentRow(ids: Ids, row: StreamRow): z.infer<typeof ThreadRow> {
  return {
    id: ids.encode('thread', row.id),
    born: row.born,
    title: row.title,
    excerpt: row.excerpt,
    language: row.language,
    source: row.source && presentSourceRef(ids, row.source),
    kind: row.kind ?? 'post',
    state: row.state ?? 'live',
    sentiment: presentSentiment(row),
    rating: presentRating(row),
    starter: row.starter && presentPersonRef(ids, row.starter),
    replies: {
      count: row.replyCount,
      last: row.lastReply && {
        person: presentPersonRef(ids, row.lastReply.person),
        circle: presentCircleRef(ids, row.lastReply.circle),
        excerpt: replyExcerpt(row.lastReply),
        at: row.lastReply.at.toISOString(),
      },
    },
    unread: row.unread,
    follows: row.follows,
    case: row.case && {
      state: row.case.state,
      holder: row.case.holder && presentPersonRef(ids, row.case.holder),
      waitingSince: row.case.waitingSince.toISOString(),
      closedAt: row.case.closedAt?.toISOString() ?? null,
      closedBy: row.case.closedBy && presentPersonRef(ids, row.case.closedBy),
      reason: row.case.reason,
    },
    tip: row.tip,
    copies: Math.max(0, row.mentionCount - 1),
    sortAt: row.sortAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  };
}

/** A mention with its words, how it was judged, why it stands in its thread and where it came from. */
export function presentMention(ids: Ids, row: MentionFacts): z.infer<typeof Mention> {
  const source = row.source && presentSourceRef(ids, row.source);
  const hasAuthor = row.authorName !== null || row.authorHandle !== null || row.authorUrl !== null;
  return {
    id: ids.encode('mention', row.id),
    threadId: ids.encode('thread', row.threadId),
    kind: row.kind,
    state: row.state,
    stateAt: row.stateAt?.toISOString() ?? null,
    source,
    title: row.title,
    html: row.html,
    text: row.text,
    author: hasAuthor ? { name: row.authorName, handle: row.authorHandle, url: webAddress(row.authorUrl) } : null,
    url: webAddress(row.url),
    language: row.language,
    languageBy: row.languageBy,
    sentiment: presentSentiment(row),
    rating: presentRating(row),
    publishedAt: row.publishedAt.toISOString(),
    publishedBy: row.publishedBy as z.infer<typeof Mention>['publishedBy'],
    fetchedAt: row.fetchedAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    media: presentMedia(row.media),
    joined: row.joined && { ...row.joined, at: new Date(row.joined.at).toISOString() },
    earlier: row.earlier.map((edition) => ({ ...edition, writtenAt: new Date(edition.writtenAt).toISOString() })),
    provenance: {
      connector: row.connector,
      seenVia: [...(source ? [source] : []), ...row.seenVia.map((other) => presentSourceRef(ids, other))],
      sentimentMethod: row.method,
    },
  };
}

type MediaItem = z.infer<typeof Mention>['media'][number];

// What is stored was checked when it was read; still only web addresses leave here, whatever an earlier version stored.
function presentMedia(stored: unknown): MediaItem[] {
  if (!Array.isArray(stored)) return [];
  return (stored as { type: MediaItem['type']; url: string; alt?: string }[]).flatMap(({ type, url, alt }) => {
    const address = webAddress(url);
    return address === null ? [] : [{ type, url: address, alt: alt ?? null }];
  });
}

/** The address when a browser may open it as a link: http or https only. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
