const paragraphTags = new Set(['p', 'div', 'h3', 'h4', 'blockquote', 'pre', 'ul', 'ol', 'dl', 'table', 'hr']);
const lineTags = new Set(['br', 'li', 'tr', 'dt', 'dd', 'caption']);
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/**
 * What a reader would read of sanitised HTML (`sanitise`, which leaves only known tags and four entities): paragraphs
 * apart by an empty line, list items behind a dash, cells by a space. Linear in the length.
 */
export function plainText(safeHtml: string): string {
  const [first = '', ...pieces] = safeHtml.split('<');
  let out = spaced(first);
  let inPre = false;
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    const closes = piece.startsWith('/');
    const tag = /[a-z0-9]+/.exec(piece)?.[0] ?? '';
    if (tag === 'pre') inPre = !closes;
    out +=
      breakFor(tag, closes) +
      (inPre ? unescapeSafe(piece.slice(end + 1)).replaceAll('\t', ' ') : spaced(piece.slice(end + 1)));
  }
  return out
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^-\n+/gm, '- ')
    .trim();
}

function breakFor(tag: string, closes: boolean): string {
  if (paragraphTags.has(tag)) return '\n\n';
  if (tag === 'li' && !closes) return '\n- ';
  if (lineTags.has(tag)) return '\n';
  return tag === 'td' || tag === 'th' ? ' ' : '';
}

/** Text between tags, where a line break is a space like any other. */
function spaced(text: string): string {
  return unescapeSafe(text).replace(/\s{2,}|[^\S ]/g, ' ');
}

/** Undoes the escapes that `sanitise` writes, and no others. */
export function unescapeSafe(text: string): string {
  return text.includes('&') ? text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity]!) : text;
}

/**
 * Text that can be stored and shown: well-formed Unicode, no control characters but tab and line feed (PostgreSQL
 * refuses NUL in text, and half surrogates in jsonb).
 */
export function storableText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '');
}

/**
 * One line of storable text within `maxBytes` of UTF-8. Without the characters that turn writing direction around: they
 * make a name or a title read as something else.
 */
export function oneLine(text: string, maxBytes: number): string {
  const line = storableText(text)
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return boundText(line, maxBytes);
}

/** Cuts at `maxBytes` of UTF-8, never inside a character; what is cut ends in an ellipsis. */
export function boundText(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  return `${new TextDecoder().decode(bytes.subarray(0, maxBytes - 3), { stream: true })}…`;
}
