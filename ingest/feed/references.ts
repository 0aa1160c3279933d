import { decodeHTMLStrict } from 'entities';

/** What HTML makes of the numbers 128 to 159 (HTML standard, numeric character reference end state). */
export const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const longestName = 32;
const known = new Map<string, string | null>();

/** A reference at an `&`: how many characters it takes, and what is to stand there instead; null when it is good XML. */
export type Reference = { length: number; replacement: string | null };

/** Judges the reference that starts at `text[at]`, which is an `&`. Anything that is none becomes a literal ampersand. */
export function referenceAt(text: string, at: number): Reference {
  return text.charCodeAt(at + 1) === 35 /* # */ ? numeric(text, at) : named(text, at);
}

const bare: Reference = { length: 1, replacement: '&amp;' };
const sound = (length: number): Reference => ({ length, replacement: null });

function named(text: string, at: number): Reference {
  let end = at + 1;
  while (end - at <= longestName && isAlphanumeric(text.charCodeAt(end))) end++;
  if (end === at + 1 || text.charCodeAt(end) !== 59 /* ; */) return bare;
  const name = text.slice(at + 1, end);
  if (name === 'amp' || name === 'lt' || name === 'gt' || name === 'quot' || name === 'apos')
    return sound(end + 1 - at);
  const replacement = htmlEntity(name);
  return replacement === null ? bare : { length: end + 1 - at, replacement };
}

function htmlEntity(name: string): string | null {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const written = `&${name};`;
  const decoded = decodeHTMLStrict(written);
  const replacement = decoded === written ? null : decoded.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  if (known.size < 3000) known.set(name, replacement);
  return replacement;
}

function numeric(text: string, at: number): Reference {
  const isHex = (text.charCodeAt(at + 2) | 32) === 120; /* x */
  const start = at + (isHex ? 3 : 2);
  let end = start;
  let point = 0;
  for (; ; end++) {
    const digit = digitValue(text.charCodeAt(end), isHex);
    if (digit < 0) break;
    point = Math.min(point * (isHex ? 16 : 10) + digit, 0x110000);
  }
  if (end === start) return bare;
  const isClosed = text.charCodeAt(end) === 59;
  const length = end - at + (isClosed ? 1 : 0);
  if (point >= 128 && point < 160) return { length, replacement: windows1252[point - 128]! };
  if (!isXmlChar(point)) return { length, replacement: '\ufffd' };
  if (isClosed && !(isHex && text[at + 2] === 'X') && end - start <= 8) return sound(length);
  return { length, replacement: `&#${point};` };
}

/** Char of XML 1.0: the rest may not stand in a document, not even as a reference. */
function isXmlChar(point: number): boolean {
  if (point < 32) return point === 9 || point === 10 || point === 13;
  return (point < 0xd800 || point > 0xdfff) && point !== 0xfffe && point !== 0xffff && point <= 0x10ffff;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function digitValue(code: number, isHex: boolean): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = (code | 32) - 97;
  return isHex && letter >= 0 && letter < 6 ? letter + 10 : -1;
}
