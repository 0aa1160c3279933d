import { hash } from 'node:crypto';
import type { RawMention } from '#domain/mention.ts';

/** Rises when the same raw form would be prepared differently, so that known items are prepared once more. */
const version = 1;

/**
 * 16 bytes over everything in the raw form that ends up in a mention: an item whose fingerprint is known needs no work.
 * Times are left out: they never make an edit (sources.md 2.3), and some feeds stamp every item with "now".
 */
export function fingerprintOf(raw: RawMention): Buffer {
  const { author, media, rating } = raw;
  const matter = [
    ...[version, raw.namespace, raw.externalId, raw.altIds, raw.url, raw.urlIsOwn, raw.kind, raw.inReplyTo],
    ...[author?.name, author?.handle, author?.url, author?.externalId, raw.language, raw.baseUrl],
    ...[raw.title, raw.html, raw.text, rating?.value, rating?.best, media?.map(({ url, alt }) => [url, alt])],
  ];
  return hash('sha256', JSON.stringify(matter), 'buffer').subarray(0, 16);
}
