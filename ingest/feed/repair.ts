import { SourceError } from '#ingest/errors.ts';
import { feedLimits } from './limits.ts';
import { createNames, type Names } from './names.ts';
import { referenceAt, windows1252 } from './references.ts';
import { type Attribute, endOfName, readStartTag, skipSpace, type Tag } from './tag.ts';

/** A feed as a strict XML parser can read it, with what one pass over it taught. */
export type Repaired = {
  xml: string;
  root: { name: string; attributes: Attribute[] };
  names: Names;
  /** Where each item stands in `xml`, in document order. */
  items: { from: number; to: number }[];
  /** False when tags themselves are damaged: then `xml` needs a lenient parser before this pass can be repeated. */
  wellFormed: boolean;
};

/**
 * Elements whose content is text for people. Markup inside them (XHTML in Atom, bare tags in RSS) becomes text too, so that
 * its order, its depth and its mistakes are the sanitiser's concern and not the XML parser's.
 */
const textElements = new Set(
  (
    'title description summary content content:encoded tagline subtitle info rights copyright body xhtml:body fullitem ' +
    'itunes:summary itunes:subtitle dc:title dc:description media:title media:description'
  ).split(' '),
);

/**
 * One linear pass that leaves a clean document as it is and mends the rest: no DOCTYPE, comments or processing instructions
 * (entity bombs and external entities end here), HTML entities by value, bare `&` and `<` escaped, end tags supplied or
 * dropped, inner markup as text, texts cut at 256 kB. Nothing backtracks, nothing is looked at twice.
 * @throws SourceError('unreadable') with reason 'too-deep' or 'too-large'; 'not-a-feed' when there is no element at all.
 */
export function repair(source: string): Repaired {
  const text = withoutForbiddenCharacters(source);
  const open: { name: string }[] = [];
  const items: Repaired['items'] = [];
  let root = null as Repaired['root'] | null;
  let names = createNames('');
  let wellFormed = true;

  // What has been decided so far is `out`, plus the source from `copied` on, still unchanged.
  let out = '';
  let copied = 0;
  let nextAmp = text.indexOf('&');
  const replace = (from: number, to: number, by: string): void => {
    out += text.slice(copied, from) + by;
    copied = to;
  };
  const placeOf = (position: number): number => out.length + position - copied;

  const mendReferences = (from: number, to: number): void => {
    if (nextAmp >= 0 && nextAmp < from) nextAmp = text.indexOf('&', from);
    while (nextAmp >= 0 && nextAmp < to) {
      const { length, replacement } = referenceAt(text, nextAmp);
      if (replacement !== null) replace(nextAmp, nextAmp + length, replacement);
      nextAmp = text.indexOf('&', nextAmp + length);
    }
  };

  // The text element that is open now, if any: where it began, and the raw markup collected once a child appears in it.
  let element = null as { tag: Tag; undo: { out: string; copied: number } } | null;
  let raw = null as { pieces: string[]; length: number; nested: number; isXml: boolean } | null;
  let budget: number = feedLimits.textLength;
  let itemDepth = 0;
  let itemContentFrom = 0;

  const addText = (from: number, to: number, isCdata: boolean): void => {
    if (raw) {
      const piece = text.slice(from, to);
      addRaw(isCdata && raw.isXml ? escapeMarkup(piece) : piece);
      return;
    }
    const cut = to - from > budget ? Math.max(from, beforeReference(text, from + Math.max(budget, 0))) : to;
    budget -= cut - from;
    if (!isCdata) mendReferences(from, cut);
    if (cut < to) replace(cut, to, '');
  };
  const addRaw = (piece: string): void => {
    if (!raw || raw.length >= feedLimits.textLength) return;
    raw.length += piece.length;
    raw.pieces.push(piece);
  };
  const startRaw = (at: number): void => {
    if (!element) return;
    const type = element.tag.attributes.find(({ name }) => name === 'type' || name === 'mode')?.value ?? '';
    raw = { pieces: [], length: 0, nested: 0, isXml: type === 'xhtml' || type === 'xml' };
    out = element.undo.out;
    copied = element.undo.copied;
    const before = text.slice(element.tag.to, at);
    addRaw(before.includes('<![CDATA[') ? unwrapCdata(before, raw.isXml) : before);
  };
  const endRaw = (at: number): void => {
    if (!raw || !element) return;
    replace(element.tag.to, at, escapeMarkup(raw.pieces.join('').slice(0, feedLimits.textLength)));
    raw = null;
  };

  const closeTop = (at: number, supplyTag: boolean): void => {
    const top = open.pop()!;
    if (supplyTag) replace(at, at, `</${top.name}>`);
    if (itemDepth > open.length) {
      items.at(-1)!.to = placeOf(at);
      itemDepth = 0;
    }
    element = null;
  };

  const startTag = (tag: Tag): void => {
    if (!tag.wellFormed) wellFormed = false;
    if (!root) {
      names = createNames(tag.name);
      root = { name: '', attributes: tag.attributes };
    }
    for (const { name, value } of tag.attributes) {
      if (name.startsWith('xmlns:')) names.declare(name.slice(6), value);
      else if (name === 'xmlns' && open.length === 0) names.declare('', value);
    }
    const canonical = names.canonical(tag.name);
    if (root.name === '') root.name = canonical;
    const isItem = canonical === 'item' || canonical === 'entry';
    if (isItem && itemDepth > 0 && tag.selfClosing) {
      replace(tag.from, tag.to, '');
      return;
    }
    if (isItem && itemDepth > 0) {
      const outer = itemDepth;
      while (open.length >= outer) closeTop(tag.from, true);
      // An item that is nothing but a wrapper around the next one was never an item.
      if (text.slice(itemContentFrom, tag.from).trim() === '') out = out.slice(0, items.pop()!.from);
    }
    if (isItem) items.push({ from: placeOf(tag.from), to: -1 });
    mendReferences(tag.from, tag.to);
    if (isItem && tag.selfClosing) items.at(-1)!.to = placeOf(tag.to);
    else if (isItem) {
      itemDepth = open.length + 1;
      itemContentFrom = tag.to;
    }
    budget = feedLimits.textLength;
    if (tag.selfClosing) return;
    open.push({ name: tag.name });
    if (open.length > feedLimits.depth) {
      throw new SourceError('unreadable', `Elements nested more than ${feedLimits.depth} deep`, { reason: 'too-deep' });
    }
    if (textElements.has(canonical) && open.length > 1) {
      element = { tag, undo: { out, copied } };
    }
  };

  const endTag = (name: string, from: number, to: number): void => {
    const at = open.findLastIndex((one) => one.name === name);
    if (at < 0) {
      replace(from, to, '');
      return;
    }
    while (open.length - 1 > at) closeTop(from, true);
    closeTop(to, false);
  };

  /** Inside raw markup only two tags matter: the end of the element itself, and a new or ended item, which ends it too. */
  const rawTag = (from: number): number => {
    const isEnd = text.charCodeAt(from + 1) === 47;
    const nameFrom = from + (isEnd ? 2 : 1);
    const nameTo = endOfName(text, nameFrom);
    const name = text.slice(nameFrom, nameTo);
    const canonical = names.canonical(name);
    const isOwn = name === element!.tag.name;
    if (isEnd && isOwn && raw!.nested === 0) {
      endRaw(from);
      return from;
    }
    const parent = open.at(-2)!;
    if (canonical === 'item' || canonical === 'entry' || (isEnd && name === parent.name)) {
      endRaw(from);
      closeTop(from, true);
      return from;
    }
    if (isOwn) raw!.nested += isEnd ? -1 : 1;
    const prefixEnd = names.isXhtml(name) ? name.indexOf(':') + 1 : 0;
    addRaw(prefixEnd > 0 ? text.slice(from, nameFrom) + name.slice(prefixEnd) : text.slice(from, nameTo));
    return nameTo;
  };

  const lost = new Set<string>();
  let at = Math.max(text.indexOf('<'), 0);
  copied = at;
  while (at < text.length) {
    const less = text.indexOf('<', at);
    const textEnd = less < 0 ? text.length : less;
    if (textEnd > at) {
      if (root) addText(at, textEnd, false);
      else replace(at, textEnd, '');
    }
    if (less < 0) break;
    at = less;
    const next = text.charCodeAt(at + 1);
    if (next === 33 /* ! */ && text.startsWith('<![CDATA[', at)) {
      const close = text.indexOf(']]>', at + 9);
      const end = close < 0 ? text.length : close;
      if (root) addText(at + 9, end, true);
      if (close < 0 && !raw) replace(text.length, text.length, ']]>');
      at = close < 0 ? text.length : close + 3;
    } else if (next === 33 || next === 63 /* ? */) {
      const end = endOfDeclaration(text, at, root === null, lost);
      if (!raw) replace(at, end, '');
      at = end;
    } else if (raw) {
      const end = isTagStart(text, at) ? rawTag(at) : at;
      // A bare `<`, or the end of the raw part: then the same tag is read again as what it is.
      if (end === at && raw) addRaw('&lt;');
      at = end === at && raw ? at + 1 : end;
    } else if (next === 47 /* / */ && isTagStart(text, at)) {
      const nameTo = endOfName(text, at + 2);
      const close = skipSpace(text, nameTo);
      if (text[close] !== '>') wellFormed = false;
      const end = text[close] === '>' ? close + 1 : close;
      endTag(text.slice(at + 2, nameTo), at, end);
      at = end;
      if (open.length === 0 && root) break;
    } else {
      if (element && isTagStart(text, at)) {
        startRaw(at);
        continue;
      }
      const tag = readStartTag(text, at);
      if (tag) {
        startTag(tag);
        at = tag.to;
        if (open.length === 0) break;
      } else {
        replace(at, at + 1, budget-- > 0 ? '&lt;' : '');
        at++;
      }
    }
  }
  if (!root) throw new SourceError('unreadable', 'There is no XML element in it', { reason: 'not-a-feed' });
  if (open.length > 0) {
    endRaw(at);
    while (open.length > 0) closeTop(at, true);
  }
  return { xml: out + text.slice(copied, at), root, names, items, wellFormed };
}

const isTagStart = (text: string, at: number): boolean => {
  const from = at + (text.charCodeAt(at + 1) === 47 ? 2 : 1);
  return endOfName(text, from) > from;
};

/**
 * XML 1.0 forbids most control characters; lone surrogates come from broken encoders; and nobody means C1 controls, which are
 * windows-1252 quotes and dashes that were copied into UTF-8 as numbers.
 */
function withoutForbiddenCharacters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]+/g;
  const wellFormed = (text.isWellFormed() ? text : text.toWellFormed()).replace(
    /[\u0080-\u009f]/g,
    (control) => windows1252[control.charCodeAt(0) - 128]!,
  );
  return forbidden.test(wellFormed) ? wellFormed.replace(forbidden, '') : wellFormed;
}

/**
 * The end of a comment, DOCTYPE with its internal subset, or processing instruction; unclosed ones end at the next `>`.
 * `lost` remembers which ends are nowhere ahead: a million unclosed comments may not each search the rest.
 */
function endOfDeclaration(text: string, at: number, isProlog: boolean, lost: Set<string>): number {
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4, lost) ?? endOfTag(text, at, lost);
  if (text.charCodeAt(at + 1) === 63 /* ? */) return after(text, '?>', at + 2, lost) ?? endOfTag(text, at, lost);
  if (isProlog && !lost.has('doctype')) {
    const end = endOfDoctype(text, at);
    if (end > 0) return end;
    lost.add('doctype');
  }
  return endOfTag(text, at, lost);
}

const endOfTag = (text: string, at: number, lost: Set<string>): number => after(text, '>', at, lost) ?? text.length;

function after(text: string, mark: string, from: number, lost: Set<string>): number | null {
  if (lost.has(mark)) return null;
  const found = text.indexOf(mark, from);
  if (found < 0) lost.add(mark);
  return found < 0 ? null : found + mark.length;
}

function endOfDoctype(text: string, from: number): number {
  let inSubset = false;
  for (let at = from + 2; at < text.length; at++) {
    const char = text[at];
    if (char === '>' && !inSubset) return at + 1;
    if (char === '[') inSubset = true;
    else if (char === ']') inSubset = false;
    else if (char === '"' || char === "'") {
      at = text.indexOf(char, at + 1);
      if (at < 0) return -1;
    } else if (char === '<' && text.startsWith('<!--', at)) {
      at = text.indexOf('-->', at + 4);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Never cuts through a reference or a surrogate pair. */
function beforeReference(text: string, at: number): number {
  const amp = text.slice(Math.max(0, at - 40), at).lastIndexOf('&');
  if (amp >= 0) return Math.max(0, at - 40) + amp;
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

function unwrapCdata(text: string, isXml: boolean): string {
  const parts = text.split('<![CDATA[');
  return parts
    .map((part, i) => {
      if (i === 0) return part;
      const close = part.indexOf(']]>');
      const inner = close < 0 ? part : part.slice(0, close);
      return (isXml ? escapeMarkup(inner) : inner) + (close < 0 ? '' : part.slice(close + 3));
    })
    .join('');
}

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');
