import Parser from 'rss-parser';
import type { Names } from './names.ts';
import type { Repaired } from './repair.ts';

/** An element as xml2js gives it: its text, or text (`_`), attributes (`$`) and children by name. */
export type Node = string | NodeObject;
export type NodeObject = { _?: string; $?: Record<string, string>; [child: string]: unknown };
/** Children by our own names; `attributes` are those of the element itself. */
export type Fields = { attributes?: Record<string, string> | undefined } & {
  [name: string]: Node[] | undefined | unknown;
};
export type ParsedFeed = { feed: Fields; items: (Fields | null)[] };

const feedFields = (
  'title link description subtitle tagline info language lastbuilddate pubdate updated modified ttl skiphours skipdays ' +
  'managingeditor webmaster author itunes:author itunes:new-feed-url dc:creator dc:title dc:language dc:date id image ' +
  'sy:updateperiod sy:updatefrequency atom:link at:deleted-entry'
).split(' ');

const itemFields = (
  'title link description guid id pubdate published updated modified created issued date author contributor category comments ' +
  'summary content content:encoded body xhtml:body fullitem enclosure source dc:title dc:creator dc:date dc:language dc:description ' +
  'dc:identifier dcterms:modified dcterms:created dcterms:issued atom:id atom:link atom:author atom:published atom:updated ' +
  'atom:summary atom:content itunes:author itunes:summary itunes:subtitle itunes:image slash:comments thr:in-reply-to ' +
  'thr:total media:content media:thumbnail media:group media:description media:title wfw:commentrss feedburner:origlink im:rating'
).split(' ');

/**
 * Every field comes through `customFields` under a name that rss-parser does not know, so that its own reading never runs:
 * that throws a whole feed away for one bad date and strips HTML with patterns that backtrack. What stays is its structure.
 */
const own = (name: string): string => `f:${name}`;
const custom = (names: string[]): [string, string, { keepArray: true }][] => [
  ['$', 'attributes', { keepArray: true }],
  ...names.map((name): [string, string, { keepArray: true }] => [own(name), name, { keepArray: true }]),
];
const customFields = { feed: custom(feedFields), item: custom(itemFields) };

const structure: Record<string, string> = {
  rss: 'rss',
  channel: 'channel',
  item: 'item',
  feed: 'feed',
  entry: 'entry',
  rdf: 'rdf:RDF',
  'rdf:rdf': 'rdf:RDF',
};

function parserFor(names: Names): Parser<Fields, Fields> {
  const cache = new Map<string, string>();
  const rename = (written: string): string => {
    let name = cache.get(written);
    if (name === undefined) {
      const canonical = names.canonical(written);
      name = structure[canonical] ?? own(canonical);
      cache.set(written, name);
    }
    return name;
  };
  const options = { defaultRSS: 2, customFields, xml2js: { tagNameProcessors: [rename] } };
  return new Parser<Fields, Fields>(options as unknown as Parser.ParserOptions<Fields, Fields>);
}

/**
 * Reads a repaired document. When rss-parser refuses it, or finds fewer items than stand in it (items outside the channel),
 * each item is read on its own, so that one bad item costs one item: that one is null.
 */
export async function parseFeed({ xml, root, names, items }: Repaired): Promise<ParsedFeed> {
  const isAtom = root.name === 'feed';
  const whole = await parseOnce(xml, names);
  if (whole && whole.items.length === items.length) return { feed: whole, items: whole.items };

  const [before, behind] = isAtom ? ['<feed>', '</feed>'] : ['<rss><channel>', '</channel></rss>'];
  const feed = whole ?? (await parseOnce(withoutItems(xml, items), names));
  const read: (Fields | null)[] = [];
  for (const { from, to } of items) {
    const slice = xml.slice(from, to);
    const wrapped = before + renamedItem(slice, isAtom) + behind;
    // rss-parser stumbles over an entry without anything in it.
    const isBlank = !slice.includes('<', 1) || /^<[^<>]*>\s*<\/[^<>]*>$/.test(slice);
    read.push(isBlank ? {} : ((await parseOnce(wrapped, names))?.items[0] ?? null));
  }
  return { feed: feed ?? {}, items: read };
}

async function parseOnce(xml: string, names: Names): Promise<(Fields & { items: Fields[] }) | null> {
  try {
    return (await parserFor(names).parseString(xml)) as Fields & { items: Fields[] };
  } catch {
    // Whatever xml2js says about a place in the text helps nobody: the caller names what could not be read.
    return null;
  }
}

/** Item slices stand in a wrapper of the feed's kind; an `entry` in RSS, or an `item` in Atom, would be overlooked there. */
function renamedItem(slice: string, isAtom: boolean): string {
  const wanted = isAtom ? 'entry' : 'item';
  const nameEnd = slice.search(/[\s/>]/);
  const closeFrom = slice.lastIndexOf('</');
  const isEmpty = closeFrom < 0;
  return `<${wanted}${isEmpty ? '>' : slice.slice(nameEnd, closeFrom)}</${wanted}>`;
}

function withoutItems(xml: string, items: Repaired['items']): string {
  let out = '';
  let at = 0;
  for (const { from, to } of items) {
    out += xml.slice(at, from);
    at = to;
  }
  return out + xml.slice(at);
}
