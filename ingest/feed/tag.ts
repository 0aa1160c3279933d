import { SourceError } from '#ingest/errors.ts';
import { feedLimits } from './limits.ts';

export type Tag = {
  name: string;
  /** Where it starts, and the position behind its `>`. */
  from: number;
  to: number;
  selfClosing: boolean;
  /** False when a strict XML parser would refuse it: unquoted values, no space between attributes, no end. */
  wellFormed: boolean;
  attributes: Attribute[];
};
export type Attribute = { name: string; value: string };

const none: Attribute[] = [];

/** Reads the start tag at `text[from]`, which is `<`, in one pass; null when what follows can't be a name. */
export function readStartTag(text: string, from: number): Tag | null {
  const nameEnd = endOfName(text, from + 1);
  if (nameEnd === from + 1) return null;
  const name = text.slice(from + 1, nameEnd);
  if (text.charCodeAt(nameEnd) === 62 /* > */) {
    return { name, from, to: nameEnd + 1, selfClosing: false, wellFormed: true, attributes: none };
  }
  const tag: Tag = { name, from, to: nameEnd, selfClosing: false, wellFormed: true, attributes: [] };
  readAttributes(text, nameEnd, tag);
  return tag;
}

function readAttributes(text: string, start: number, tag: Tag): void {
  let at = start;
  for (;;) {
    const afterSpace = skipSpace(text, at);
    const hadSpace = afterSpace > at;
    at = afterSpace;
    const code = text.charCodeAt(at);
    if (code === 62 /* > */) {
      tag.to = at + 1;
      return;
    }
    if (code === 47 /* / */) {
      tag.selfClosing = text.charCodeAt(at + 1) === 62;
      if (tag.selfClosing) {
        tag.to = at + 2;
        return;
      }
      tag.wellFormed = false;
      at++;
      continue;
    }
    if (Number.isNaN(code) || code === 60 /* < */) {
      tag.wellFormed = false;
      tag.to = at;
      return;
    }
    const nameEnd = endOfName(text, at);
    if (nameEnd === at) {
      tag.wellFormed = false;
      at++;
      continue;
    }
    const name = text.slice(at, nameEnd);
    if (tag.attributes.length >= feedLimits.attributes) {
      throw new SourceError('unreadable', `More than ${feedLimits.attributes} attributes`, { reason: 'too-large' });
    }
    const value = readValue(text, skipSpace(text, nameEnd));
    if (value.text.length > feedLimits.textLength) {
      throw new SourceError('unreadable', 'An attribute of more than 256 kB', { reason: 'too-large' });
    }
    if (!hadSpace || !value.quoted) tag.wellFormed = false;
    tag.attributes.push({ name, value: value.text });
    at = value.to;
  }
}

function readValue(text: string, at: number): { text: string; to: number; quoted: boolean } {
  if (text.charCodeAt(at) !== 61 /* = */) return { text: '', to: at, quoted: false };
  const start = skipSpace(text, at + 1);
  const quote = text.charCodeAt(start);
  if (quote === 34 || quote === 39) {
    const close = text.indexOf(quote === 34 ? '"' : "'", start + 1);
    if (close >= 0) return { text: text.slice(start + 1, close), to: close + 1, quoted: true };
  }
  let to = start;
  while (to < text.length && !isSpace(text.charCodeAt(to)) && text[to] !== '>' && text[to] !== '<') to++;
  return { text: text.slice(start, to), to, quoted: false };
}

/** The end of an XML name; names beyond ASCII are taken as they are. Equals `at` when no name starts here. */
export function endOfName(text: string, at: number): number {
  if (!isNameStart(text.charCodeAt(at))) return at;
  let to = at + 1;
  while (isNamePart(text.charCodeAt(to))) to++;
  if (to - at > feedLimits.nameLength) {
    throw new SourceError('unreadable', `A name of more than ${feedLimits.nameLength} characters`, {
      reason: 'too-large',
    });
  }
  return to;
}

export function skipSpace(text: string, at: number): number {
  let to = at;
  while (isSpace(text.charCodeAt(to))) to++;
  return to;
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
const isNameStart = (code: number): boolean => isLetter(code) || code === 95 || code === 58 || code >= 0xc0;
const isNamePart = (code: number): boolean =>
  isNameStart(code) || (code >= 48 && code <= 58) || code === 45 || code === 46 || code === 0xb7;
