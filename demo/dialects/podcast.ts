import { rfc822 } from './dates.ts';
import type { Dialect } from './dialect.ts';
import { element, escaped, lines } from './xml.ts';

/** A podcast: RSS 2.0 with an enclosure and what podcast applications ask for. */
export const podcast: Dialect = (channel) => {
  const xml = lines(
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">',
    '<channel>',
    element('title', channel.name),
    element('link', channel.homeUrl),
    element('description', channel.about),
    element('language', channel.language),
    element('itunes:author', channel.name),
    '<itunes:explicit>false</itunes:explicit>',
    ...channel.entries.map((entry, index) =>
      lines(
        '<item>',
        element('title', entry.title),
        element('link', entry.url),
        `<guid isPermaLink="false">${escaped(entry.id)}</guid>`,
        element('pubDate', rfc822(entry.publishedAt)),
        element('description', escaped(entry.text)),
        `<enclosure url="${escaped(entry.url)}.mp3" length="${21_000_000 + index * 731_000}" type="audio/mpeg"/>`,
        element('itunes:duration', `00:${22 + (entry.key.length % 19)}:10`),
        '</item>',
      ),
    ),
    '</channel>',
    '</rss>',
  );
  return { body: Buffer.from(xml), type: 'application/rss+xml; charset=utf-8' };
};
