import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

const tags = {
  thread: 't',
  mention: 'm',
  source: 's',
  person: 'p',
  reply: 'r',
  circle: 'c',
  tip: 'i',
  search: 'q',
  topic: 'o',
  run: 'j',
  invitation: 'v',
  move: 'x',
  notice: 'n',
} as const;
export type IdKind = keyof typeof tags;

/**
 * Public ids: a number enciphered under the installation's secret, so that it can neither be guessed nor counted. `decode`
 * answers null for anything that `encode` did not make.
 */
export type Ids = {
  encode: (kind: IdKind, id: number) => string;
  decode: (kind: IdKind, text: string) => number | null;
};

const shape = /^[a-z]_[A-Za-z0-9_-]{22}$/;

const mostKnown = 20_000;

/**
 * One AES-128 block: the kind's letter, seven zero bytes, the number. The zeros are what a forged id will not have. Blocks stand
 * alone (ECB), so that one cipher does them all: setting one up takes longer than a page of ids.
 */
export function createIds(secret: Buffer): Ids {
  const key = derive(secret, 'public ids', 16);
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const plain = Buffer.alloc(16);
  const known = new Map<IdKind, Map<number, string>>();
  const knownOf = (kind: IdKind) => {
    const ofKind = known.get(kind);
    if (ofKind && ofKind.size < mostKnown) return ofKind;
    const fresh = new Map<number, string>();
    known.set(kind, fresh);
    return fresh;
  };
  return {
    encode(kind, id) {
      const ofKind = knownOf(kind);
      const text = ofKind.get(id);
      if (text !== undefined) return text;
      plain[0] = tags[kind].charCodeAt(0);
      plain.writeBigUInt64BE(BigInt(id), 8);
      const made = `${tags[kind]}_${cipher.update(plain).toString('base64url')}`;
      ofKind.set(id, made);
      return made;
    },
    decode(kind, text) {
      if (!shape.test(text) || text[0] !== tags[kind]) return null;
      const bytes = Buffer.from(text.slice(2), 'base64url');
      // The last character carries four bits more than needed: only one spelling of an id is an id.
      if (bytes.toString('base64url') !== text.slice(2)) return null;
      const block = decipher.update(bytes);
      if (block[0] !== tags[kind].charCodeAt(0) || block.readUIntBE(1, 6) !== 0 || block[7] !== 0) return null;
      const id = block.readBigUInt64BE(8);
      return id > 0n && id <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(id) : null;
    },
  };
}

/** Numbers a client keeps for us without being able to read or change them: places in a list or in the change table. */
export type Seal = {
  /** `purpose` and `viewerKey` must be the same when it comes back. At most 1,024 numbers of 64 bits: two for each circle somebody is in. */
  close: (viewerKey: string, purpose: string, numbers: readonly bigint[]) => string;
  open: (viewerKey: string, purpose: string, text: string) => bigint[] | null;
};

/** AES-256-GCM under a key per viewer; the purpose (with the filters of a list) is authenticated, not carried. */
export function createSeal(secret: Buffer): Seal {
  // As key objects: bare bytes are looked at anew each time, which takes longer than the sealing.
  const keys = new Map<string, KeyObject>();
  const keyOf = (viewerKey: string) => {
    const known = keys.get(viewerKey);
    if (known) return known;
    if (keys.size >= 10_000) keys.clear();
    const key = createSecretKey(derive(secret, `places of ${viewerKey}`, 32));
    keys.set(viewerKey, key);
    return key;
  };
  return {
    close(viewerKey, purpose, numbers) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyOf(viewerKey), nonce).setAAD(Buffer.from(purpose));
      const plain = Buffer.alloc(numbers.length * 8);
      for (const [i, number] of numbers.entries()) plain.writeBigInt64BE(BigInt.asIntN(64, number), i * 8);
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(viewerKey, purpose, text) {
      const bytes = Buffer.from(text, 'base64url');
      const length = bytes.length - 28;
      if (length < 0 || length > 8_192 || length % 8 !== 0 || bytes.toString('base64url') !== text) return null;
      const decipher = createDecipheriv('aes-256-gcm', keyOf(viewerKey), bytes.subarray(0, 12))
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(-16));
      try {
        const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
        return Array.from({ length: length / 8 }, (_, i) => plain.readBigInt64BE(i * 8));
      } catch {
        // Not ours, or changed on its way: the caller says what that means.
        return null;
      }
    },
  };
}

function derive(secret: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `buitenwacht ${purpose}`, bytes));
}
