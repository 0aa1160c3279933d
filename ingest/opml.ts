import { decodeHTML } from 'entities';
import { SourceError } from './errors.ts';
import { decode } from './feed/decode.ts';
import { readStartTag, type Tag } from './feed/tag.ts';
import { line } from './feed/text.ts';
import { storableText } from './plain-text.ts';

export type OpmlLine = {
  title: string | null;
  /** Titles of the outlines around it, outermost first, joined by ` / `; null at the top. */
  folder: string | null;
  xmlUrl: string | null;
  htmlUrl: string | null;
  /** Line in the file, from 1. */
  line: number;
  /** Stable word: 'invalid-url', 'scheme', 'too-long', 'repeated', 'no-address'. Absent: it can be added. */
  problem?: string;
};

const maxBytes = 2 * 1024 * 1024;
const maxOutlines = 10_000;
const maxDepth = 64;

/**
 * The subscriptions in an OPML 1.0 or 2.0 file, in its order (opml.org/spec2.opml), attribute names in any case. One pass
 * over the text, so that every entry keeps its line and a broken one costs only itself.
 * @throws SourceError('unreadable') with reason 'too-large', 'too-deep', 'doctype', 'not-opml' or 'encoding'.
 */
export function readOpml(bytes: Uint8Array): OpmlLine[] {
  if (bytes.byteLength > maxBytes) throw new SourceError('unreadable', 'More than 2 MB', { reason: 'too-large' });
  const { text } = decode(bytes);
  if (text.length > maxBytes) throw new SourceError('unreadable', 'More than 2 MB', { reason: 'too-large' });
  if (/<!doctype/i.test(text)) throw new SourceError('unreadable', 'A DOCTYPE is not read', { reason: 'doctype' });
  if (!/<opml[\s>]/i.test(text)) throw new SourceError('unreadable', 'This is no OPML file', { reason: 'not-opml' });

  const lines: OpmlLine[] = [];
  const seen = new Set<string>();
  const open: (string | null)[] = [];
  let counted = { at: 0, line: 1 };
  let outlines = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      at = end < 0 ? text.length : end + 3;
    } else if (/^<\/outline[\s>]/i.test(text.slice(at, at + 10))) {
      open.pop();
      at++;
    } else {
      const tag = tagAt(text, at);
      if (tag?.name.toLowerCase() === 'outline') {
        if (++outlines > maxOutlines) {
          throw new SourceError('unreadable', `More than ${maxOutlines} entries`, { reason: 'too-large' });
        }
        counted = { at, line: counted.line + newLines(text, counted.at, at) };
        const entry = entryOf(tag, open, counted.line);
        if (entry) lines.push(judge(entry, seen));
        if (!tag.selfClosing) open.push(titleOf(tag));
        if (open.length > maxDepth) throw new SourceError('unreadable', 'Nested too deep', { reason: 'too-deep' });
      }
      at = tag ? tag.to : at + 1;
    }
  }
  return lines;
}

/** A tag beyond the limits of tag.ts becomes an entry without an address: its line can be told, its content can't. */
function tagAt(text: string, at: number): Tag | null {
  try {
    return readStartTag(text, at);
  } catch {
    const isOutline = /^<outline\s/i.test(text.slice(at, at + 9));
    const attributes = [{ name: 'type', value: 'rss' }];
    return isOutline
      ? { name: 'outline', from: at, to: at + 8, selfClosing: true, wellFormed: false, attributes }
      : null;
  }
}

function newLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

const get = (tag: Tag, name: string): string =>
  storableText(decodeHTML(tag.attributes.find((one) => one.name.toLowerCase() === name)?.value ?? '')).trim();

const titleOf = (tag: Tag): string | null => line(get(tag, 'title') || get(tag, 'text'), 200) ?? null;

/** null for a folder: an outline that claims no feed. */
function entryOf(tag: Tag, open: (string | null)[], lineNumber: number): OpmlLine | null {
  const xmlUrl = get(tag, 'xmlurl') || (get(tag, 'type').toLowerCase() === 'rss' ? get(tag, 'url') : '');
  const type = get(tag, 'type').toLowerCase();
  if (xmlUrl === '' && !['rss', 'atom', 'feed'].includes(type)) return null;
  const folder = open.filter((title) => title !== null).join(' / ');
  return {
    title: titleOf(tag),
    folder: line(folder, 200) ?? null,
    xmlUrl: xmlUrl || null,
    htmlUrl: get(tag, 'htmlurl') || null,
    line: lineNumber,
  };
}

function judge(entry: OpmlLine, seen: Set<string>): OpmlLine {
  if (entry.xmlUrl === null) return { ...entry, problem: 'no-address' };
  if (entry.xmlUrl.length > 2048) return { ...entry, xmlUrl: entry.xmlUrl.slice(0, 200), problem: 'too-long' };
  const url = URL.parse(entry.xmlUrl.replace(/^feed:(\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'));
  if (!url) return { ...entry, problem: 'invalid-url' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ...entry, problem: 'scheme' };
  if (seen.has(url.href)) return { ...entry, xmlUrl: url.href, problem: 'repeated' };
  seen.add(url.href);
  return { ...entry, xmlUrl: url.href };
}

export type OpmlSource = { title: string; folder: string | null; xmlUrl: string; htmlUrl: string | null };

/** An OPML 2.0 file of these sources, by folder. */
export function writeOpml(title: string, sources: OpmlSource[], createdAt: Date): string {
  const folders = Map.groupBy(sources, ({ folder }) => folder ?? '');
  const body = [...folders].flatMap(([folder, inside]) =>
    folder === ''
      ? inside.map((source) => `    ${outline(source)}`)
      : [
          `    <outline text="${quote(folder)}">`,
          ...inside.map((source) => `      ${outline(source)}`),
          '    </outline>',
        ],
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${quote(title)}</title>`,
    `    <dateCreated>${createdAt.toUTCString()}</dateCreated>`,
    '  </head>',
    '  <body>',
    ...body,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function outline({ title, xmlUrl, htmlUrl }: OpmlSource): string {
  const home = htmlUrl === null ? '' : ` htmlUrl="${quote(htmlUrl)}"`;
  return `<outline type="rss" text="${quote(title)}" title="${quote(title)}" xmlUrl="${quote(xmlUrl)}"${home}/>`;
}

/** Text for an attribute or element; control characters have no form in XML 1.0 and go. */
function quote(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\t', '&#9;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\r', '&#13;')
  );
}
