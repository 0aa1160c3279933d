import zlib from 'node:zlib';
import { HttpError } from './http-error.ts';
import { type Share, uncountedBytes } from './http-memory.ts';

const blockBytes = 64 * 1024;
/** RFC 9659: a zstd window on the web is at most 8 MiB; the decoder would otherwise take 128 MiB for a few bytes. */
const zstdWindowLog = 23;

export type Body = {
  /** Copies the bytes; false: there is no room for more now. Throws HttpError('too-large'). */
  add: (chunk: Uint8Array) => boolean;
  bytes: () => Uint8Array<ArrayBuffer>;
};

/**
 * Gathers a body in blocks of its own: a million chunks of one byte would each keep the socket's whole buffer alive.
 * `expectedBytes` is only a hint, servers lie about it.
 */
export function collectBody(limitBytes: number, share: Share, hostname: string, expectedBytes = 0): Body {
  const full: Buffer<ArrayBuffer>[] = [];
  let block: Buffer<ArrayBuffer> | null = null;
  let used = 0;
  let size = 0;

  return {
    add(chunk) {
      size += chunk.length;
      if (size > limitBytes) throw new HttpError('too-large', `${hostname}: more than ${limitBytes} bytes`, hostname);
      for (let from = 0; from < chunk.length; ) {
        if (block === null || used === block.length) {
          if (block) full.push(block);
          const wanted = block ? blockBytes : Math.max(chunk.length, expectedBytes);
          block = Buffer.allocUnsafeSlow(Math.min(wanted, blockBytes));
          used = 0;
        }
        const to = Math.min(chunk.length, from + block.length - used);
        block.set(chunk.subarray(from, to), used);
        used += to - from;
        from = to;
      }
      return size <= uncountedBytes || share.take(chunk.length);
    },
    bytes() {
      if (block === null) return new Uint8Array(0);
      const last = block.subarray(0, used);
      return full.length === 0 ? last : Buffer.concat([...full, last], size);
    },
  };
}

export type Coding = 'gzip' | 'br' | 'zstd' | 'deflate';

/** The one coding of a `content-encoding` header, or null; throws HttpError('encoding') for several or an unknown one. */
export function codingOf(header: string | undefined, hostname: string): Coding | null {
  if (header === undefined) return null;
  const names = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const [name] = names;
  if (name === undefined) return null;
  const coding = name.replace(/^x-/, '');
  if (names.length > 1 || !Object.hasOwn(inflaters, coding)) {
    throw new HttpError('encoding', `${hostname}: unusable content-encoding`, hostname);
  }
  return coding as Coding;
}

const inflaters: Record<Coding, (bytes: Uint8Array) => zlib.Gunzip | zlib.BrotliDecompress | zlib.ZstdDecompress> = {
  gzip: () => zlib.createGunzip(),
  br: () => zlib.createBrotliDecompress(),
  zstd: () => zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: zstdWindowLog } }),
  // "deflate" means zlib; many servers send it raw.
  deflate: ([first = 0, second = 0]) =>
    (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0 ? zlib.createInflate() : zlib.createInflateRaw(),
};

export type Inflating = { done: Promise<Uint8Array<ArrayBuffer>>; resume: () => void; cancel: () => void };

/** Inflates a whole body into `into`, which counts what comes out. Rejects with HttpError. */
export function inflate(bytes: Uint8Array, coding: Coding, into: Body, hostname: string): Inflating {
  const inflater = inflaters[coding](bytes);
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    inflater.on('data', (chunk: Uint8Array) => {
      try {
        if (!into.add(chunk)) inflater.pause();
      } catch (error) {
        inflater.destroy();
        reject(error);
      }
    });
    inflater.on('end', () => resolve(into.bytes()));
    inflater.on('error', (cause) =>
      reject(new HttpError('encoding', `${hostname}: broken ${coding} data`, hostname, { cause })),
    );
  });
  inflater.end(bytes);
  return { done, resume: () => inflater.resume(), cancel: () => inflater.destroy() };
}
