/** FNV-1a over code units: the hash of every beginning of a word comes with that of the word. */
export const hashStart = 0x811c9dc5;
export const hashStep = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

export function hashOf(text: string): number {
  let hash = hashStart;
  for (let i = 0; i < text.length; i++) hash = hashStep(hash, text.charCodeAt(i));
  return hash;
}

/** The first `bits` bits of a hash, well mixed. */
export const slotOf = (hash: number, bits: number): number =>
  Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) >>> (32 - bits);
