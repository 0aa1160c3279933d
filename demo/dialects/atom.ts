import { iso } from './dates.ts';
import type { Channel, Dialect, Entry } from './dialect.ts';
import { element, escaped, lines } from './xml.ts';

export type AtomOptions = {
  /** Addresses relative to an xml:base on the feed. */
  relative?: boolean;
  /** Every entry points at the same page, as sites do that have one page of news. */
  oneLink?: boolean;
};

/** Atom 1.0 (RFC 4287), with threads (RFC 4685), deletions (RFC 6721) and the ratings of application shops (im:rating). */
export function atom(options: AtomOptions = {}): Dialect {
  return (channel) => {
    const base = options.relative ? ` xml:base="${escaped(channel.homeUrl)}"` : '';
    const newest = Math.max(
      0,
      ...channel.entries.map((entry) => (entry.editedAt ?? entry.publishedAt).getTime()),
      ...channel.deleted.map(({ at }) => at.getTime()),
    );
    const xml = lines(
      '<?xml version="1.0" encoding="utf-8"?>',
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:im="http://itunes.apple.com/rss" xml:lang="${channel.language}"${base}>`,
      element('id', `tag:${slugOf(channel)}.example,2019:feed`),
      element('title', channel.name),
      element('subtitle', channel.about),
      `<link rel="self" href="${escaped(channel.feedUrl)}"/>`,
      `<link rel="alternate" type="text/html" href="${escaped(channel.homeUrl)}"/>`,
      element('updated', iso(new Date(newest))),
      ...channel.deleted.map(({ id, at }) => `<at:deleted-entry ref="${escaped(id)}" when="${iso(at)}"/>`),
      ...channel.entries.map((entry) => entryOf(entry, channel, options)),
      '</feed>',
    );
    return { body: Buffer.from(xml), type: 'application/atom+xml; charset=utf-8' };
  };
}

function entryOf(entry: Entry, channel: Channel, { relative, oneLink }: AtomOptions): string {
  const href = oneLink ? `${channel.homeUrl}nieuws` : relative ? entry.path : entry.url;
  return lines(
    '<entry>',
    element('id', entry.id),
    `<title>${escaped(entry.title ?? '')}</title>`,
    `<link rel="alternate" type="text/html" href="${escaped(href)}"/>`,
    element('published', iso(entry.publishedAt)),
    element('updated', iso(entry.editedAt ?? entry.publishedAt)),
    entry.author ? `<author>${element('name', entry.author)}</author>` : '',
    entry.replyTo ? `<thr:in-reply-to ref="${escaped(entry.replyTo.id)}" href="${escaped(entry.replyTo.url)}"/>` : '',
    entry.stars === null ? '' : element('im:rating', String(entry.stars)),
    `<content type="html">${escaped(entry.html)}</content>`,
    '</entry>',
  );
}

/** Atom 0.3 (the draft of 2003 that some systems never left): issued and modified, modes instead of types. */
export const atom03: Dialect = (channel) => {
  const xml = lines(
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="${channel.language}">`,
    element('title', channel.name),
    element('tagline', channel.about),
    `<link rel="alternate" type="text/html" href="${escaped(channel.homeUrl)}"/>`,
    ...channel.entries.map((entry) =>
      lines(
        '<entry>',
        element('id', entry.id),
        element('title', entry.title),
        `<link rel="alternate" type="text/html" href="${escaped(entry.url)}"/>`,
        element('issued', iso(entry.publishedAt)),
        element('modified', iso(entry.editedAt ?? entry.publishedAt)),
        entry.author ? `<author>${element('name', entry.author)}</author>` : '',
        `<content type="text/html" mode="escaped">${escaped(entry.html)}</content>`,
        '</entry>',
      ),
    ),
    '</feed>',
  );
  return { body: Buffer.from(xml), type: 'application/atom+xml' };
};

const slugOf = (channel: Channel): string => new URL(channel.homeUrl).pathname.replaceAll('/', '');
