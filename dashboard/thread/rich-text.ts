import { createElement, type ReactNode } from 'react';

/** A safe piece of markup: text, or an element of the list below. */
export type RichNode = string | { tag: string; href: string | null; children: RichNode[] };

// Attributes: none but an href, and that only to a place a reader may be sent.
const allowedTags = new Set(
  `p div br hr a ul ol li dl dt dd blockquote q cite pre code h3 h4 em strong b i u s sub sup
   table caption thead tbody tfoot tr th td`.split(/\s+/),
);
const voidTags = new Set(['br', 'hr']);
const safeTarget = /^(?:https?:\/\/|mailto:)[^\s]/i;
/** Deeper than this, elements dissolve into the one they stand in. The server stops at 60. */
const maxDepth = 80;

const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi;
const hrefAttribute = /\shref="([^"]*)"/i;
const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * Builds a tree from the HTML of a mention without any HTML parser of the browser: the server sanitised it, and what this
 * does not know becomes text or nothing. So a mistake there still cannot run here (A10), and no Trusted Type is needed.
 */
export function readRichText(html: string): RichNode[] {
  const root: RichNode[] = [];
  const open: { tag: string; children: RichNode[] }[] = [];
  const here = () => open.at(-1)?.children ?? root;
  const say = (text: string) => text && here().push(decodeEntities(text));
  let at = 0;
  for (const match of html.matchAll(token)) {
    say(html.slice(at, match.index));
    at = match.index + match[0].length;
    const tag = match[2]!.toLowerCase();
    if (!allowedTags.has(tag)) continue;
    if (match[1]) {
      const opened = open.findLastIndex((element) => element.tag === tag);
      if (opened >= 0) open.length = opened;
      continue;
    }
    const element = { tag, href: tag === 'a' ? targetOf(match[3]!) : null, children: [] };
    if (!voidTags.has(tag) && open.length >= maxDepth) continue;
    here().push(element);
    if (!voidTags.has(tag)) open.push(element);
  }
  say(html.slice(at));
  return root;
}

/** The tree as React elements. A link opens elsewhere, without a word about where the reader came from. */
export function renderRichText(nodes: readonly RichNode[]): ReactNode[] {
  return nodes.map((node, index) => {
    if (typeof node === 'string') return node;
    const children = renderRichText(node.children);
    if (node.tag !== 'a') return createElement(node.tag, { key: index }, ...children);
    if (node.href === null) return createElement('span', { key: index }, ...children);
    const rel = 'noopener noreferrer nofollow ugc';
    return createElement('a', { key: index, href: node.href, target: '_blank', rel }, ...children);
  });
}

function targetOf(attributes: string): string | null {
  const href = hrefAttribute.exec(attributes)?.[1];
  if (href === undefined) return null;
  const target = decodeEntities(href).trim();
  return safeTarget.test(target) && (target.startsWith('mailto:') || URL.canParse(target)) ? target : null;
}

function decodeEntities(text: string): string {
  return text.replace(entity, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal!, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
