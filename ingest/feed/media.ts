import type { Media } from '#domain/mention.ts';
import { all, attribute, children, textOf } from './node.ts';
import type { Fields, Node } from './rss-parser.ts';
import { absolute } from './scope.ts';
import { line } from './text.ts';

const maxMedia = 20;
const typeByExtension: Record<string, Media['type']> = {
  ...{ jpg: 'image', jpeg: 'image', png: 'image', gif: 'image', webp: 'image', avif: 'image', svg: 'image' },
  ...{ mp3: 'audio', m4a: 'audio', ogg: 'audio', oga: 'audio', opus: 'audio', wav: 'audio', aac: 'audio' },
  ...{ mp4: 'video', m4v: 'video', mov: 'video', webm: 'video', ogv: 'video', mkv: 'video' },
};

/** Enclosures of RSS and Atom, Media RSS and the podcast image; each address once. */
export function mediaOf(fields: Fields, base: string): Media[] {
  const first = (name: string): Node[] => all(fields, name).slice(0, maxMedia);
  const groups = first('media:group');
  const contents = [...first('media:content'), ...groups.flatMap((group) => children(group, 'media:content'))];
  const thumbnails = [...groups, ...contents].flatMap((node) => children(node, 'media:thumbnail'));
  const links = [...first('link'), ...first('atom:link')].filter((node) => attribute(node, 'rel') === 'enclosure');
  const found = [
    ...first('enclosure').map((node) => media(attribute(node, 'url') ?? attribute(node, 'href'), node, base)),
    ...links.map((node) => media(attribute(node, 'href'), node, base)),
    ...contents.slice(0, maxMedia).map((node) => media(attribute(node, 'url'), node, base)),
    ...[...first('media:thumbnail'), ...thumbnails.slice(0, maxMedia)].map((node) =>
      media(attribute(node, 'url') ?? textOf(node), node, base, 'image'),
    ),
    ...first('itunes:image').map((node) => media(attribute(node, 'href'), node, base, 'image')),
  ].filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [one.url, one])).values()].slice(0, maxMedia);
}

function media(address: string | undefined, node: Node, base: string, type?: Media['type']): Media | undefined {
  const url = address === undefined ? undefined : absolute(address, base);
  if (url === undefined) return undefined;
  const mime = line(attribute(node, 'type'), 100);
  const bytes = Number(attribute(node, 'length') ?? attribute(node, 'fileSize'));
  const alt = line(textOf(children(node, 'media:description')[0]), 500);
  return {
    type: type ?? mediaType(mime, attribute(node, 'medium'), url),
    url,
    ...(mime && { mime }),
    ...(Number.isSafeInteger(bytes) && bytes > 0 && { bytes }),
    ...(alt && { alt }),
  };
}

/** What a medium is, by its MIME type, what Media RSS calls it, or the end of its address. */
export function mediaType(mime: string | undefined, medium: string | undefined, url: string): Media['type'] {
  const word = mime?.split('/')[0]?.toLowerCase() ?? medium?.toLowerCase();
  if (word === 'image' || word === 'audio' || word === 'video') return word;
  const extension = /\.(\w{2,5})$/.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase();
  return (extension !== undefined && typeByExtension[extension]) || 'file';
}
