import { decodeHTML } from 'entities';
import { feedLimits } from './limits.ts';
import { attribute, textOf } from './node.ts';
import type { Node } from './rss-parser.ts';
import { readStartTag } from './tag.ts';

/** Inline markup that people write in titles; anything else in angle brackets in an RSS title is meant to be read. */
const titleTags = new Set(
  'a abbr b big blockquote br cite code del div em font h1 h2 h3 h4 h5 h6 i img ins mark p q s small span strong sub sup tt u wbr'.split(
    ' ',
  ),
);

export type Rich = { html: string } | { text: string };

/**
 * The text of an Atom or RSS text element: plain when its type says so, else HTML. RSS has no types and is taken as HTML.
 * base64 is Atom 0.3 (`mode`) and 1.0 (any other media type).
 */
export function richText(node: Node, isAtom: boolean): Rich | undefined {
  const written = textOf(node);
  if (written === undefined) return undefined;
  if (!isAtom) return { html: written };
  const type = attribute(node, 'type')?.toLowerCase() ?? 'text';
  const mode = attribute(node, 'mode');
  if (mode === 'base64' || (type.includes('/') && mode === undefined && isBase64(written, type))) {
    const decoded = Buffer.from(written, 'base64').toString('utf8');
    return type.endsWith('plain') ? { text: decoded } : { html: decoded };
  }
  if (type === 'xhtml' || mode === 'xml') return { html: withoutDiv(written) };
  if (type === 'text' || type === 'text/plain') {
    // Atom 0.3 has no type 'html': publishers leave the type out and escape their markup.
    return attribute(node, 'type') === undefined && looksLikeHtml(written) ? { html: written } : { text: written };
  }
  return { html: written };
}

/** Atom 1.0 says that any media type but text and XML is base64 (RFC 4287, 4.1.3.3). */
const isBase64 = (written: string, type: string): boolean =>
  !type.startsWith('text/') && !/[/+]xml$/.test(type) && /^[A-Za-z0-9+/=\s]+$/.test(written);

const looksLikeHtml = (text: string): boolean => /<\/?[a-z][a-z0-9]{0,9}[\s/>]/i.test(text);

/** RFC 4287 wraps XHTML in a div that is not part of the content. */
function withoutDiv(html: string): string {
  const opened = /^<div\b[^>]*>/i.exec(html);
  if (!opened || !html.endsWith('</div>')) return html;
  const inner = html.slice(opened[0].length, -6);
  return inner.includes('</div>') ? html : inner.trim();
}

/** A title as one plain line of at most 1,024 characters: markup and entities are read, not shown. */
export function plainTitle(node: Node | undefined, isAtom: boolean): string | undefined {
  const rich = node === undefined ? undefined : richText(node, isAtom);
  if (!rich) return undefined;
  const plain = 'text' in rich ? rich.text : titleFromHtml(rich.html, isAtom && typeof node !== 'string');
  return line(plain, feedLimits.titleLength);
}

/** The text of an HTML fragment short enough to be a title; linear in its length. */
export function titleFromHtml(html: string, everyTag = false): string {
  const source = html.slice(0, 8 * feedLimits.titleLength);
  return decodeHTML(source.includes('<') ? withoutTags(source, everyTag) : source);
}

/** Comments go with what is in them, so do scripts; of other tags only those that titles are written with. */
function withoutTags(html: string, everyTag: boolean): string {
  let out = '';
  let at = 0;
  for (;;) {
    const less = html.indexOf('<', at);
    if (less < 0) return out + html.slice(at);
    out += html.slice(at, less);
    at = html.startsWith('<!--', less) ? endOf(html, '-->', less + 4) : less;
    const tag = at === less ? tagAt(html, less) : null;
    const name = tag?.name.toLowerCase();
    if (tag && (name === 'script' || name === 'style')) at = endOf(html, '>', endOf(html, `</${name}`, tag.to) - 1);
    else if (tag && (everyTag || titleTags.has(name!))) {
      at = tag.to;
      if (name === 'br' || name === 'p' || name === 'div') out += ' ';
    } else if (at === less) {
      out += '<';
      at = less + 1;
    }
  }
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** The start or end tag at `<`, its end known; null for a `<` that is only a sign. */
function tagAt(html: string, at: number): { name: string; to: number } | null {
  if (html.charCodeAt(at + 1) === 47 /* / */) {
    const name = /^[a-z][a-z0-9]*/i.exec(html.slice(at + 2, at + 20))?.[0];
    const close = name === undefined ? -1 : html.indexOf('>', at);
    return close < 0 ? null : { name: name!, to: close + 1 };
  }
  try {
    const tag = readStartTag(html, at);
    return tag && html[tag.to - 1] === '>' ? tag : null;
  } catch {
    // Beyond the limits of a tag: then it is text.
    return null;
  }
}

/** Folded to one line, cut between characters; absent rather than empty. */
export function line(text: string | undefined, maxLength: number): string | undefined {
  const folded = text
    ?.slice(0, maxLength * 4)
    .replace(/\s+/g, ' ')
    .trim();
  if (!folded) return undefined;
  return folded.length <= maxLength
    ? folded
    : folded
        .slice(0, maxLength - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '');
}
