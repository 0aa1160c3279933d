import { z } from 'zod';
import type { Media } from '#domain/mention.ts';

/** Rich text of app.bsky.richtext.facet: `byteStart` and `byteEnd` count UTF-8 bytes. */
const Feature = z.object({
  $type: z.string(),
  uri: z.string().optional(),
  did: z.string().optional(),
  tag: z.string().optional(),
});
export const Facet = z.object({
  index: z.object({ byteStart: z.number().int().nonnegative(), byteEnd: z.number().int().nonnegative() }),
  features: z.array(Feature),
});
type Facet = z.infer<typeof Facet>;

const Image = z.object({ fullsize: z.string(), alt: z.string().default('') });
const External = z.object({ uri: z.string(), title: z.string().default(''), thumb: z.string().optional() });
const MediaEmbed = z.object({
  images: z.array(Image).optional(),
  items: z.array(Image.partial()).optional(),
  playlist: z.string().optional(),
  alt: z.string().optional(),
  external: External.optional(),
});
export const Embed = MediaEmbed.extend({ media: MediaEmbed.optional() });
type Embed = z.infer<typeof Embed>;

/** The post's text as HTML: lines kept, facets as links. Facets that overlap or do not fit the text are left out. */
export function toHtml(text: string, facets: Facet[]): string {
  const bytes = Buffer.from(text);
  let html = '';
  let at = 0;
  for (const { index, features } of facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const { byteStart, byteEnd } = index;
    const href = features.map(addressOf).find((address) => address !== null);
    if (!href || byteStart < at || byteEnd <= byteStart || byteEnd > bytes.length) continue;
    html += `${escapeHtml(bytes.subarray(at, byteStart))}<a href="${escapeHtml(href)}">${escapeHtml(bytes.subarray(byteStart, byteEnd))}</a>`;
    at = byteEnd;
  }
  return html + escapeHtml(bytes.subarray(at));
}

function addressOf({ uri, did, tag }: z.infer<typeof Feature>): string | null {
  if (uri !== undefined) return uri;
  if (did !== undefined) return `https://bsky.app/profile/${encodeURIComponent(did)}`;
  return tag === undefined ? null : `https://bsky.app/hashtag/${encodeURIComponent(tag)}`;
}

function escapeHtml(text: Buffer | string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '<br>' };
  return text.toString().replace(/[&<>"\n]/g, (char) => entities[char]!);
}

/** Pictures, films and the linked page of a post, also where it quotes another (`recordWithMedia`). */
export function toMedia(embed: Embed | undefined): Media[] {
  const { images = [], items = [], playlist, alt, external } = embed?.media ?? embed ?? {};
  const pictures = [...images, ...items].flatMap(({ fullsize, alt: text }): Media[] =>
    fullsize ? [{ type: 'image', url: fullsize, ...(text && { alt: text }) }] : [],
  );
  const film: Media[] = playlist ? [{ type: 'video', url: playlist, ...(alt && { alt }) }] : [];
  const card: Media[] = external?.thumb
    ? [{ type: 'image', url: external.thumb, ...(external.title && { alt: external.title }) }]
    : [];
  return [...pictures, ...film, ...card];
}

/** The linked page of a post, whose address need not stand in its text. */
export function linkOf(embed: Embed | undefined): { uri: string; title: string } | null {
  return embed?.external ?? embed?.media?.external ?? null;
}
