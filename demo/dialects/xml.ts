const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in XML and HTML, in content and in attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char]!);

/** `<name>text</name>`, nothing when there is no text. */
export const element = (name: string, text: string | null | undefined): string =>
  text == null || text === '' ? '' : `<${name}>${escaped(text)}</${name}>`;

/** HTML inside XML as publishing systems write it; ours never holds the end mark. */
export const cdata = (html: string): string => `<![CDATA[${html}]]>`;

/** Lines without the empty ones. */
export const lines = (...parts: string[]): string => parts.filter((part) => part !== '').join('\n');

// The characters of our texts that windows-1252 puts where Latin-1 has control codes.
const specials: Record<string, number> = {
  '€': 0x80,
  '…': 0x85,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  '—': 0x97,
};

/** Bytes as an old content system writes them; what has no place in windows-1252 becomes a question mark. */
export function windows1252(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (char) => specials[char] ?? (char.codePointAt(0)! < 256 ? char.codePointAt(0)! : 0x3f)),
  );
}
