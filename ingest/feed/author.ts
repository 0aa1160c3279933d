import type { Author } from '#domain/mention.ts';
import { all, children, firstText, textOf } from './node.ts';
import type { Fields, Node } from './rss-parser.ts';
import { absolute } from './scope.ts';
import { line, titleFromHtml } from './text.ts';

const maxNameLength = 200;

/** `dc:creator` > `author` > `itunes:author`, as a name; a mail address is nobody's business and is left out. */
export function rssAuthor(fields: Fields, base: string): Author | undefined {
  const creators = all(fields, 'dc:creator').flatMap((node) => nameOf(textOf(node)) ?? []);
  const written =
    creators.length > 0
      ? line(creators.join(', '), maxNameLength)
      : (all(fields, 'author').map(rssPerson).find(Boolean) ?? nameOf(firstText(fields, 'itunes:author')));
  return written !== undefined ? { name: written } : atomAuthor(fields, 'atom:author', base);
}

/** A person in RSS is a text, but some feeds write `<author><name>…` as in Atom. */
const rssPerson = (node: Node): string | undefined => nameOf(textOf(node) ?? textOf(children(node, 'name')[0]));

/** The people of an Atom entry, feed or source: names joined, the first address of their own. */
export function atomAuthor(fields: Fields, element: string, base: string): Author | undefined {
  return atomPeople(all(fields, element), base);
}

export function atomPeople(people: Node[], base: string): Author | undefined {
  const names = people.flatMap((node) => nameOf(textOf(children(node, 'name')[0]) ?? textOf(node)) ?? []);
  const written = people.flatMap((node) =>
    ['uri', 'url', 'homepage'].flatMap((name) => textOf(children(node, name)[0]) ?? []),
  );
  const url = written.map((address) => absolute(address, base)).find(Boolean);
  const name = line([...new Set(names)].join(', '), maxNameLength);
  return name === undefined && url === undefined ? undefined : { ...(name && { name }), ...(url && { url }) };
}

/** "jan@x.nl (Jan Jansen)", "Jan Jansen <jan@x.nl>" → "Jan Jansen"; a bare address → nothing. */
export function nameOf(written: string | undefined): string | undefined {
  const text = line(written, 500);
  if (text === undefined) return undefined;
  if (!text.includes('@')) return line(titleFromHtml(text, true), maxNameLength);
  const inParentheses = /\(([^()]{1,200})\)\s*$/.exec(text)?.[1];
  return (inParentheses && withoutAddresses(inParentheses)) || withoutAddresses(text);
}

function withoutAddresses(text: string): string | undefined {
  const words = text.split(/[\s<>()[\]"]+/).filter((word) => !word.includes('@'));
  return line(words.join(' ').replace(/^[,;:\s-]+|[,;:\s-]+$/g, ''), maxNameLength);
}
