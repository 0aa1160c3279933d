import { dutchDate } from './dates.ts';
import type { Channel, Dialect } from './dialect.ts';
import { element, escaped, lines } from './xml.ts';

/** RSS 0.91 (Netscape): a doctype, no guids, no dates; the day stands in the address only. */
export const rss091: Dialect = (channel) =>
  document(
    channel,
    '0.91',
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "rss-0.91.dtd">',
    false,
  );

/** RSS 0.92 (backend.userland.com/rss092), with the dates that Dutch systems put in it. */
export const rss092: Dialect = (channel) => document(channel, '0.92', '', true);

function document(channel: Channel, version: string, doctype: string, dated: boolean) {
  const xml = lines(
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    doctype,
    `<rss version="${version}">`,
    '<channel>',
    element('title', channel.name),
    element('link', channel.homeUrl),
    element('description', channel.about),
    element('language', channel.language),
    ...channel.entries.map((entry) =>
      lines(
        '<item>',
        element('title', entry.title),
        element('link', entry.url),
        element('description', escaped(entry.text)),
        dated ? element('pubDate', dutchDate(entry.publishedAt)) : '',
        '</item>',
      ),
    ),
    '</channel>',
    '</rss>',
  );
  // ISO-8859-1 has no euro sign and no curly quotes: numeric references, as those systems wrote them.
  const latin1 = xml.replace(/[\u0100-\u{10ffff}]/gu, (char) => `&#${char.codePointAt(0)};`);
  return { body: Buffer.from(latin1, 'latin1'), type: 'application/rss+xml' };
}
