import sanitizeHtml from 'sanitize-html';
import type { Media } from '#domain/mention.ts';
import { cleanLink, mediaUrl } from './canonical-url.ts';
import { oneLine, storableText } from './plain-text.ts';

/** More markup than this is cut before it is read; the text of it is bounded on its own. */
const maxHtmlLength = 256 * 1024;
/** Browsers treat markup nested beyond 512 differently from parsers, which is where mutation XSS lives. */
const maxNesting = 60;
const maxMedia = 20;
const maxAltBytes = 1_000;

const allowedTags = [
  ...[
    'p',
    'div',
    'br',
    'hr',
    'a',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'blockquote',
    'q',
    'cite',
    'pre',
    'code',
    'h3',
    'h4',
  ],
  ...['em', 'strong', 'b', 'i', 'u', 's', 'sub', 'sup'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
];

/** Elements whose content is no text for a reader; browsers and parsers disagree about what stands inside some of them. */
const droppedWithContent = [
  ...['script', 'style', 'textarea', 'option', 'xmp', 'noscript', 'noembed', 'noframes', 'template', 'title', 'head'],
  ...['svg', 'math', 'iframe', 'object', 'embed', 'applet', 'audio', 'video', 'select', 'button', 'plaintext'],
];

/** Folded in a reader's page under our own headings; old spellings; containers that end a line. */
const renamedTags: Record<string, string> = {
  ...{ h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4', strike: 's', del: 's', ins: 'u', tt: 'code', kbd: 'code', samp: 'code' },
  ...{ section: 'div', article: 'div', figure: 'div', figcaption: 'div', listing: 'pre' },
};

export type SafeHtml = { html: string; media: Media[] };

/**
 * Outside HTML reduced to what a reader's page may show (A10). Links become absolute and lose trackers; images and other
 * media leave the markup and are named in `media`, so that showing a mention asks third parties nothing.
 */
export function sanitise(html: string, baseUrl?: string | null): SafeHtml {
  const media = mediaCollector(baseUrl);
  const clean = sanitizeHtml(storableText(html.slice(0, maxHtmlLength)), {
    allowedTags,
    nonTextTags: droppedWithContent,
    nestingLimit: maxNesting,
    parseStyleAttributes: false,
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesAppliedToAttributes: ['href'],
    allowProtocolRelative: false,
    transformTags: { ...renames, a: (_tag, attributes) => safeLink(attributes, baseUrl) },
    // A link that leads nowhere safe keeps its text only. (Renaming it to a tag off the list leaves a stray end tag.)
    exclusiveFilter: ({ tag, attribs }) => (tag === 'a' && !attribs.href ? 'excludeTag' : false),
    onOpenTag: media.see,
  });
  return { html: clean.replace(emptyBlocks, '').trim(), media: media.found };
}

const emptyBlocks = /(?:<(p|div)>\s*<\/\1>\s*)+/g;

const renames = Object.fromEntries(
  Object.entries(renamedTags).map(([from, to]) => [from, () => ({ tagName: to, attribs: {} })]),
);

function safeLink(attributes: sanitizeHtml.Attributes, baseUrl: string | null | undefined): sanitizeHtml.Tag {
  const href = attributes.href?.trim();
  const target = href && (/^mailto:[^\s?&]+@[^\s?&]+$/i.test(href) ? href : cleanLink(href, baseUrl));
  return {
    tagName: 'a',
    attribs: target ? { href: target, rel: 'noopener noreferrer nofollow ugc' } : {},
  };
}

/** Notes images and players as their tags go by; a <source> belongs to the player it stands in. */
function mediaCollector(baseUrl: string | null | undefined) {
  const found: Media[] = [];
  let player: 'video' | 'audio' | null = null;
  const see = (tag: string, attributes: sanitizeHtml.Attributes) => {
    if (tag === 'video' || tag === 'audio') player = tag;
    const type = tag === 'img' ? 'image' : tag === 'source' || tag === player ? player : null;
    const url = type && attributes.src && mediaUrl(attributes.src.trim(), baseUrl);
    if (!url || isPixel(attributes) || found.length >= maxMedia || found.some((media) => media.url === url)) return;
    const alt = oneLine(attributes.alt ?? '', maxAltBytes);
    found.push(alt === '' ? { type, url } : { type, url, alt });
  };
  return { found, see };
}

/** A picture of one pixel is there to count readers. */
function isPixel({ width, height }: sanitizeHtml.Attributes): boolean {
  return /^[01](?:px)?$/.test(width ?? '') || /^[01](?:px)?$/.test(height ?? '');
}
