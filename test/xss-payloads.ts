import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'cheerio';

/** Folder of the shared corpora; tests that need it skip by name when it is not there. */
export const corporaDir = process.env.CORPORA_DIR ?? resolve(import.meta.dirname, '../../shared/corpora');
export const haveCorpora = existsSync(corporaDir);

export type XssPayload = { from: string; payload: string };

/** Every line of the public payload lists (about 8,900), the OWASP blocks, the H5SC vectors and bleach's inputs. */
export function xssPayloads(): XssPayload[] {
  const folder = join(corporaDir, 'hostile/xss');
  const read = (path: string) => readFileSync(path, 'utf8');
  const lines = readdirSync(folder).flatMap((file) => {
    const content = read(join(folder, file)).split(/\r?\n/).filter(Boolean);
    return content.map((line) => ({ from: file, payload: file.endsWith('.jsonl') ? blockOf(line) : line }));
  });
  const bleach = readdirSync(join(corporaDir, 'hostile/sanitize-io')).map((file) => ({
    from: file,
    payload: read(join(corporaDir, 'hostile/sanitize-io', file)).split(/^--$/m)[0]!,
  }));
  const whole = { from: 'h5sc-vectors.txt, whole', payload: read(join(folder, 'h5sc-vectors.txt')) };
  return [...lines, ...bleach, whole];
}

/** The longest string of a JSON line: the block of code itself, whatever its field is called. */
function blockOf(line: string): string {
  const strings = Object.values(JSON.parse(line)).filter((value) => typeof value === 'string');
  return strings.reduce((longest, value) => (value.length > longest.length ? value : longest), '');
}

const deadlyTags = new Set(['script', 'iframe', 'object', 'embed', 'base', 'meta', 'link']);
const addressAttributes = new Set(['href', 'src', 'action', 'formaction', 'xlink:href']);

/**
 * What in this markup could run, by the rule of the hostile corpus: parsed again as a browser does (parse5), no element
 * that loads or runs, no handler, no srcdoc, no script address. Empty means safe.
 */
export function survivorsIn(html: string): string[] {
  const $ = load(html, null, false);
  return $('*')
    .toArray()
    .filter((node) => 'attribs' in node)
    .flatMap((element) => {
      const found = deadlyTags.has(element.tagName) ? [`<${element.tagName}>`] : [];
      for (const [name, value] of Object.entries(element.attribs)) {
        if (name.startsWith('on') || name === 'srcdoc') found.push(name);
        if (addressAttributes.has(name) && isScriptAddress(value)) found.push(`${name}=${value}`);
      }
      return found;
    });
}

export function isScriptAddress(value: string): boolean {
  const address = value.replace(/^[\p{Cc}\s]+/u, '').replace(/[\t\n\r]/g, '');
  return /^(?:javascript|vbscript|data:text\/html)/i.test(address);
}
