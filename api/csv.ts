/** A line of a file: where it begins, as an editor counts lines, and its fields. */
export type CsvLine = { line: number; fields: string[] };
/** Why a file cannot be read at all, and in which line. */
export type CsvMistake = { line: number; reason: 'quote' | 'too-many-lines' | 'not-text' };

/**
 * Reads a file of lines and fields (RFC 4180): UTF-8 with or without a byte order mark, fields apart by what its first line has more of,
 * `,` or `;`, and quoted where they hold one of these, a quote (doubled) or a line end. Lines without anything are left out. Strict: a quote
 * in the middle of a field, or one that nothing closes, is told and never guessed at.
 */
export function readCsv(bytes: Uint8Array, mostLines: number): CsvLine[] | CsvMistake {
  const text = decoded(bytes);
  if (text === null) return { line: 1, reason: 'not-text' };
  const separator = separatorOf(text);
  const lines: CsvLine[] = [];
  let fields: string[] = [];
  let [at, line, begun] = [0, 1, 1];
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      const end = closing(text, at + 1);
      if (end === null) return { line: begun, reason: 'quote' };
      field = text.slice(at + 1, end).replaceAll('""', '"');
      line += field.split('\n').length - 1;
      at = end + 1;
    } else {
      const end = endOfField(text, at, separator);
      field = text.slice(at, end);
      if (field.includes('"')) return { line, reason: 'quote' };
      at = end;
    }
    fields.push(field.trim());
    const next = text[at];
    if (next === separator) {
      at += 1;
      // A separator at the very end stands before an empty field.
      if (at < text.length) continue;
      fields.push('');
    } else if (next !== undefined && next !== '\n' && next !== '\r') {
      return { line, reason: 'quote' };
    }
    if (text[at] === '\r') at += text[at + 1] === '\n' ? 2 : 1;
    else at += 1;
    line += 1;
    if (fields.some((one) => one !== '')) lines.push({ line: begun, fields });
    if (lines.length > mostLines) return { line: begun, reason: 'too-many-lines' };
    [fields, begun] = [[], line];
  }
  return lines;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    // The byte order mark goes by itself.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    // Bytes of another encoding: whoever saved the file chooses again.
    return null;
  }
}

function separatorOf(text: string): ',' | ';' {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  return first.split(';').length > first.split(',').length ? ';' : ',';
}

/** The quote that closes what was opened before `from`: one that is not doubled. */
function closing(text: string, from: number): number | null {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return null;
}

function endOfField(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === separator || sign === '\n' || sign === '\r') return at;
  }
  return text.length;
}

/**
 * Lines of fields as a file, with a byte order mark, which spreadsheets need to read it as UTF-8. A field that a spreadsheet would take
 * for a formula gets a quote before it (owasp.org, CSV injection).
 */
export function writeCsv(lines: readonly (readonly string[])[]): string {
  const field = (text: string) => {
    const plain = /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) ? `'${text}` : text;
    return /[",;\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\uFEFF${lines.map((fields) => `${fields.map(field).join(',')}\r\n`).join('')}`;
}
