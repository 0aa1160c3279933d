const paragraphTags = new Set(['p', 'div', 'h3', 'h4', 'blockquote', 'pre', 'ul', 'ol', 'dl', 'table', 'hr']);
const lineTags = new Set(['br', 'li', 'tr', 'dt', 'dd', 'caption']);
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/**
 * What a reader would read of sanitised HTML (`sanitise`, which leaves only known tags and four entities): paragraphs
 * apart by an empty line, list items behind a dash, cells by a space. Linear in the length.
 */
export function plainText(safeHtml: string): string {
  let out = '';
  let preDepth = 0;
  for (const [piece, slash, tag] of safeHtml.matchAll(/<(\/?)([a-z0-9]+)[^>]*>|[^<]+/g)) {
    if (tag === undefined) {
      const text = unescapeSafe(piece);
      out += preDepth > 0 ? text : text.replace(/\s+/g, ' ');
    } else if (tag === 'pre') {
      preDepth = Math.max(0, preDepth + (slash ? -1 : 1));
      out += '\n\n';
    } else if (paragraphTags.has(tag)) out += '\n\n';
    else if (tag === 'li' && !slash) out += '\n- ';
    else if (lineTags.has(tag)) out += '\n';
    else if (tag === 'td' || tag === 'th') out += ' ';
  }
  return out
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^-\n+/gm, '- ')
    .trim();
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
