import { z } from 'zod';

export const mentionKinds = [
  'article',
  'post',
  'comment',
  'review',
  'video',
  'audio',
  'question',
  'answer',
  'issue',
  'wiki-edit',
  'email',
] as const;
export type MentionKind = (typeof mentionKinds)[number];

/** Where the time of publication came from: the source's word, the address, HTTP, or the moment we first saw it. */
export type PublishedBy = 'source' | 'url' | 'http' | 'observed';

export type Author = { name?: string; handle?: string; url?: string; externalId?: string };
export type Media = {
  type: 'image' | 'video' | 'audio' | 'file';
  url: string;
  alt?: string;
  mime?: string;
  bytes?: number;
};

/**
 * What a connector answers: one outside utterance, as the source gave it. Strings are untrusted and unsanitised; a
 * missing thing is absent, never empty or 0.
 */
export type RawMention = {
  /** Stable inside `namespace`; the identity ladder for feeds is sources.md 2.1. */
  externalId: string;
  /** 'feed:<sourceId>' where ids mean something only inside one source, else the network: 'mastodon', 'bluesky'. */
  namespace: string;
  /** Second keys against unstable ids, inside the namespace: a known one means the same mention (sources.md 2.1). */
  altIds?: string[];
  url?: string;
  /** False when the same address stands under several items of this document: then it says nothing about sameness. */
  urlIsOwn?: boolean;
  author?: Author;
  title?: string;
  /** HTML as the source gave it; `text` is used when there is none. */
  html?: string;
  text?: string;
  /** Base for relative addresses in `html`. */
  baseUrl?: string;
  language?: string;
  /** As given by the source; read by ingest/dates.ts, clamped by normalise. */
  publishedRaw?: string;
  editedRaw?: string;
  kind: MentionKind;
  rating?: { value: number; best: number };
  inReplyTo?: string;
  media?: Media[];
  /** Told by a server that is not the one it was written on: the word of the server itself replaces it. */
  secondHand?: boolean;
};

/** A mention that a source says no longer exists: at:deleted-entry, a deletion the network reports. */
export type RawWithdrawal = { externalId: string; namespace: string };

export const tones = ['negative', 'neutral', 'positive'] as const;
export type Tone = (typeof tones)[number];

/** A machine judgement always says how sure it is (0 to 1) and by which version of which method. */
export type Sentiment = { score: number; confidence: number; tone: Tone | 'unclear'; method: string };

/**
 * A mention as understood and ready to be saved. Texts are safe: `html` passed the allow-list, `text` is plain.
 * `contentHash` decides whether a known mention was edited; `fingerprint` (of the raw form) lets a known, unchanged one be
 * skipped before any work.
 */
export type PreparedMention = {
  externalId: string;
  namespace: string;
  altIds: string[];
  kind: MentionKind;
  canonicalUrl: string | null;
  /** Folded form of the canonical address (no www./m./amp., no scheme) under which copies meet; null: may not join by address. */
  urlKey: string | null;
  /** Hash input under which equal texts meet; null when too short, a review, or empty (design section 8). */
  textKey: string | null;
  author: Author | null;
  title: string | null;
  html: string | null;
  text: string;
  language: string;
  languageBy: 'source' | 'detected' | 'none';
  sentiment: Sentiment;
  publishedAt: Date;
  publishedBy: PublishedBy;
  editedAt: Date | null;
  rating: { value: number; best: number } | null;
  inReplyTo: string | null;
  media: Media[];
  /** As in RawMention. */
  secondHand: boolean;
  contentHash: Buffer;
  fingerprint: Buffer;
};

export const MentionState = z.enum(['live', 'withdrawn', 'erased', 'expired', 'removed']);
/** `withdrawn`: gone upstream. `erased`: the author was erased here. `expired`: kept long enough.
 * `removed`: wiped with its source. In all four the text is gone. */
export type MentionState = z.infer<typeof MentionState>;
