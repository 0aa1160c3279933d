import { constants, gunzipSync } from 'node:zlib';
import { SourceError } from '#ingest/errors.ts';

export type Decoded = { text: string; encoding: string };

/** Bytes after inflating; the same bound as platform/http.ts, because a gzip body without a header is inflated here. */
const maxInflatedBytes = 10 * 1024 * 1024;

/** Labels that are legal or seen in the wild, are not a superset of ASCII, and that no TextDecoder reads. */
const unreadableLabels =
  /^(utf-?7|unicode-1-1-utf-7|hz-gb-2312|iso-2022-(kr|cn).*|cp?037|ebcdic.*|ibm(037|1047|500)|scsu|bocu-1)$/;

/**
 * Bytes of a feed or page to text: gzip, byte order mark, HTTP charset, XML declaration, meta, UTF-8, windows-1252, in that
 * order (sources.md 4.1). A body that is valid UTF-8 with multi-byte characters is read so whatever single-byte charset is
 * claimed: by accident that happens next to never, by a server's default setting all the time.
 * @throws SourceError('unreadable') with reason 'encoding' and the label, or 'too-large'.
 */
export function decode(body: Uint8Array, contentType?: string): Decoded {
  const bytes = inflate(body);
  const wide = wideEncoding(bytes);
  if (wide) return { text: decodeWide(bytes, wide), encoding: wide.encoding };
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { text: lenientUtf8(bytes), encoding: 'utf-8' };
  if (startsWith(bytes, 0x4c, 0x6f, 0xa7, 0x94)) throw unknownEncoding('ebcdic');

  const strict = strictUtf8(bytes);
  const claimed = [charsetOf(contentType), ...declaredIn(bytes)].filter((label) => label !== undefined);
  for (const label of claimed) {
    if (unreadableLabels.test(label)) throw unknownEncoding(label);
    const decoder = decoderFor(label);
    // A wide label on a body without a wide pattern is untrue: whoever wrote it could not have read it either.
    if (!decoder || /^utf-16/.test(decoder.encoding)) continue;
    if (decoder.encoding === 'utf-8' || (strict !== null && isSingleByteDefault(decoder.encoding))) {
      if (strict !== null) return { text: strict, encoding: 'utf-8' };
      continue;
    }
    try {
      return { text: decoder.decode(bytes), encoding: decoder.encoding };
    } catch {
      // Not in the charset it claims; the next claim may fit.
    }
  }
  if (strict !== null) return { text: strict, encoding: 'utf-8' };
  return mostlyUtf8(bytes) ?? { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
}

const isSingleByteDefault = (encoding: string): boolean => encoding === 'windows-1252' || encoding === 'iso-8859-15';

function unknownEncoding(label: string): SourceError {
  return new SourceError('unreadable', `The text is in "${label}", which cannot be read`, {
    reason: 'encoding',
    encoding: label,
  });
}

/** Some servers send a gzip file as the body without saying so; what was cut off short is read as far as it goes. */
function inflate(body: Uint8Array): Uint8Array {
  if (!startsWith(body, 0x1f, 0x8b)) return body;
  try {
    return gunzipSync(body, { maxOutputLength: maxInflatedBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new SourceError(
      'unreadable',
      tooLarge ? 'The body inflates beyond the limit' : 'The body is a damaged gzip file',
      tooLarge ? { reason: 'too-large' } : { reason: 'encoding', encoding: 'gzip' },
      { cause },
    );
  }
}

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, i) => bytes[i] === byte);

type Wide = { encoding: 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'; skip: number };

/** UTF-16 and UTF-32 by their mark, or by the zero bytes around the first `<` (XML 1.0, appendix F). */
function wideEncoding(bytes: Uint8Array): Wide | null {
  if (startsWith(bytes, 0xff, 0xfe, 0, 0)) return { encoding: 'utf-32le', skip: 4 };
  if (startsWith(bytes, 0, 0, 0xfe, 0xff)) return { encoding: 'utf-32be', skip: 4 };
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', skip: 2 };
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', skip: 2 };
  if (startsWith(bytes, 0x3c, 0, 0, 0)) return { encoding: 'utf-32le', skip: 0 };
  if (startsWith(bytes, 0, 0, 0, 0x3c)) return { encoding: 'utf-32be', skip: 0 };
  if (startsWith(bytes, 0x3c, 0) && bytes[3] === 0) return { encoding: 'utf-16le', skip: 0 };
  if (startsWith(bytes, 0, 0x3c, 0)) return { encoding: 'utf-16be', skip: 0 };
  return null;
}

function decodeWide(bytes: Uint8Array, { encoding, skip }: Wide): string {
  const body = bytes.subarray(skip);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return new TextDecoder(encoding).decode(body);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const units = new Uint16Array(Math.floor(body.byteLength / 4) * 2);
  let length = 0;
  for (let at = 0; at + 4 <= body.byteLength; at += 4) {
    const point = view.getUint32(at, encoding === 'utf-32le');
    if (point > 0xffff && point <= 0x10ffff) {
      units[length++] = 0xd800 + ((point - 0x10000) >> 10);
      units[length++] = 0xdc00 + ((point - 0x10000) & 0x3ff);
    } else units[length++] = point > 0x10ffff ? 0xfffd : point;
  }
  return new TextDecoder('utf-16le').decode(new Uint8Array(units.buffer, 0, length * 2));
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const lenientUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);

/** UTF-8 with a few damaged characters is still UTF-8: more whole multi-byte characters than broken ones. */
function mostlyUtf8(bytes: Uint8Array): Decoded | null {
  const text = lenientUtf8(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = (text.match(/[\u0080-\ufffc]/g)?.length ?? 0) - broken;
  return whole > broken ? { text, encoding: 'utf-8' } : null;
}

function decoderFor(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label.replace(/^utf_?(8|16)$/, 'utf-$1'), { fatal: true });
  } catch {
    return null;
  }
}

function charsetOf(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(contentType?.slice(0, 500) ?? '')?.[1]?.toLowerCase();
}

/** Labels in the XML declaration and in a page's meta element; both stand near the start or are not looked for. */
function declaredIn(bytes: Uint8Array): (string | undefined)[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString('latin1');
  const declaration = /<\?xml\b([^>]{0,300})/i.exec(head)?.[1];
  const fromXml = declaration && /encoding\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(declaration)?.[1];
  const fromMeta = /<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1];
  return [fromXml?.toLowerCase(), fromMeta?.toLowerCase()];
}
