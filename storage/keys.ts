import { createHmac, createSecretKey } from 'node:crypto';
import type { Author } from '#domain/mention.ts';

/**
 * Identities as keyed hashes (32 bytes, as hex): equal for equal identities, worthless without the installation's secret, and
 * therefore all that may stay of a mention whose text is gone. The first part of each says what is hashed, so that an
 * alternative id can never be taken for a first one.
 */
export type Keys = {
  mention: (namespace: string, externalId: string) => string;
  /** Second keys against unstable ids (sources.md 2.1). */
  alternative: (namespace: string, altId: string) => string;
  /** null when the author has nothing by which to be known again. */
  author: (namespace: string, author: Author | null) => string | null;
  /** Of an item that a source brought and that was not kept, as it was then worded. */
  notKept: (sourceId: number, key: string, fingerprint: Buffer) => string;
  /** Of a source that was removed: an address may hold a password or a token. */
  place: (place: string) => string;
  /** Under which copies meet. */
  join: (kind: 'url' | 'text', value: string) => string;
};

/** Keys under one installation's secret. */
export function createKeys(secret: Buffer): Keys {
  // A key object: handed over as bytes it would be imported anew for every hash, which costs six times the hash itself.
  const key = createSecretKey(secret);
  const hash = (...parts: string[]) => createHmac('sha256', key).update(parts.join('\n')).digest('hex');
  return {
    mention: (namespace, externalId) => hash('mention', namespace, externalId),
    alternative: (namespace, altId) => hash('alternative', namespace, altId),
    author: (namespace, author) => {
      const identity = author?.externalId ?? author?.handle ?? author?.url ?? author?.name;
      return identity ? hash('author', namespace, identity) : null;
    },
    notKept: (sourceId, key, fingerprint) => hash('not kept', String(sourceId), key, fingerprint.toString('hex')),
    place: (place) => hash('place', place),
    join: (kind, value) => hash('join', kind, value),
  };
}
