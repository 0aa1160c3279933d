import { createHash } from 'node:crypto';
import type { PreparedMention, RawMention } from '#domain/mention.ts';
import type { Database } from '#storage/database.ts';
import { addSource, type NewSource } from '#storage/sources.ts';

/** What tests are made of: ordinary things, of which a test says only what matters to it. */
let counter = 0;
const sha = (text: string) => createHash('sha256').update(text).digest();

/** A raw item as a connector answers it. */
export function aRawMention(raw: Partial<RawMention> = {}): RawMention {
  counter += 1;
  return {
    externalId: `item-${counter}`,
    namespace: 'feed:1',
    url: `https://krant.example/artikel/${counter}`,
    title: `De brug bij sluis ${counter} blijft dicht`,
    text: `De gemeente laat weten dat de brug bij sluis ${counter} voorlopig niet opengaat.`,
    kind: 'article',
    ...raw,
  };
}

/** A mention ready to be saved; hashes follow the text, join keys are absent unless given. */
export function aMention(mention: Partial<PreparedMention> = {}): PreparedMention {
  counter += 1;
  const title = mention.title ?? `Bericht ${counter}`;
  const text = mention.text ?? `De gemeente laat weten dat bericht ${counter} klopt.`;
  return {
    externalId: `item-${counter}`,
    namespace: 'feed:1',
    altIds: [],
    kind: 'article',
    canonicalUrl: `https://krant.example/artikel/${counter}`,
    urlKey: null,
    textKey: null,
    author: null,
    title,
    html: `<p>${text}</p>`,
    text,
    language: 'nl',
    languageBy: 'detected',
    sentiment: { score: 0, confidence: 0.5, tone: 'neutral', method: 'test-1' },
    publishedAt: new Date('2026-11-20T09:00:00Z'),
    publishedBy: 'source',
    editedAt: null,
    rating: null,
    inReplyTo: null,
    media: [],
    secondHand: false,
    contentHash: sha(`content ${title} ${text}`),
    fingerprint: sha(`raw ${title} ${text}`).subarray(0, 16),
    ...mention,
  };
}

/** A source to be added; a feed at an address of its own. */
export function aSource(source: Partial<NewSource> = {}): NewSource {
  counter += 1;
  const url = `https://bron-${counter}.example/feed.xml`;
  return {
    connector: 'feed',
    settings: { url },
    place: `bron-${counter}.example/feed.xml`,
    label: `Bron ${counter}`,
    keeps: 'everything',
    hostKey: null,
    ...source,
  };
}

/** Adds a source and answers its number. */
export async function addedSource(db: Database, source: Partial<NewSource> = {}): Promise<number> {
  return (await addSource(db, aSource(source))).id;
}
