/** Bytes of one body that are never counted: small bodies do not wait for large ones. */
export const uncountedBytes = 128 * 1024;
const sharedBytes = 12 * 1024 * 1024;

/** One body's share of the memory; `take` answers whether the bytes may be held now, `release` gives everything back. */
export type Share = { take: (bytes: number) => boolean; release: () => void };

/**
 * Memory that all bodies in flight share, so that forty endless ones cost what two do. Who asks for more than is left waits
 * until `resume` is called, except the body that has held memory longest: it may always go on, so they never wait
 * for each other, and its own limit bounds it.
 */
export function createBodyMemory(totalBytes = sharedBytes): (resume: () => void) => Share {
  const holders = new Set<object>();
  const waiting = new Set<() => void>();
  let heldBytes = 0;

  return (resume) => {
    const self = {};
    let ownBytes = 0;
    return {
      take(bytes) {
        holders.add(self);
        const [oldest] = holders;
        if (heldBytes + bytes > totalBytes && oldest !== self) {
          waiting.add(resume);
          return false;
        }
        heldBytes += bytes;
        ownBytes += bytes;
        return true;
      },
      release() {
        waiting.delete(resume);
        if (!holders.delete(self)) return;
        heldBytes -= ownBytes;
        ownBytes = 0;
        const resumed = [...waiting];
        waiting.clear();
        // Later: this may run inside undici's parser, which cannot start on another connection's bytes before it is through.
        if (resumed.length > 0) setImmediate(() => resumed.forEach((go) => void go()));
      },
    };
  };
}
