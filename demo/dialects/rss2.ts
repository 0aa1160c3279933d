import { clockOf, dutchDate, rfc822 } from './dates.ts';
import type { Channel, Dialect, Entry } from './dialect.ts';
import { cdata, element, escaped, lines, windows1252 } from './xml.ts';

export type Rss2Options = {
  /** 'content': a short description and the whole text in content:encoded; 'html', 'plain': all in the description. */
  body?: 'content' | 'html' | 'plain';
  /** 'changing': another guid every ten minutes, as systems do that put the time of export into it. */
  guid?: 'stable' | 'none' | 'changing';
  dates?: 'rfc822' | 'dutch';
  /** 'windows-1252': those bytes, and nothing that says so. */
  encoding?: 'utf-8' | 'windows-1252';
  /** 'bare': `&` as it came out of the database. */
  ampersands?: 'escaped' | 'bare';
  /** The time of export in every document, so that no two are equal. */
  stamped?: boolean;
  ttlMinutes?: number;
};

/** RSS 2.0 (rssboard.org/rss-specification), as well or as badly made as `options` say. */
export function rss2(options: Rss2Options = {}): Dialect {
  return (channel) => {
    const xml = lines(
      options.encoding === 'windows-1252' ? '<?xml version="1.0"?>' : '<?xml version="1.0" encoding="UTF-8"?>',
      '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">',
      '<channel>',
      head(channel, options),
      ...channel.entries.map((entry) => item(entry, channel, options)),
      '</channel>',
      '</rss>',
    );
    const written = options.ampersands === 'bare' ? xml.replaceAll('&amp;', '&') : xml;
    return options.encoding === 'windows-1252'
      ? { body: windows1252(written), type: 'text/xml' }
      : { body: Buffer.from(written), type: 'application/rss+xml; charset=utf-8' };
  };
}

function head(channel: Channel, { stamped, ttlMinutes }: Rss2Options): string {
  return lines(
    element('title', channel.name),
    element('link', channel.homeUrl),
    element('description', channel.about),
    element('language', channel.language),
    `<atom:link rel="self" type="application/rss+xml" href="${escaped(channel.feedUrl)}"/>`,
    stamped ? element('lastBuildDate', rfc822(channel.now)) : '',
    ttlMinutes === undefined ? '' : element('ttl', String(ttlMinutes)),
  );
}

function item(entry: Entry, channel: Channel, options: Rss2Options): string {
  const { body = 'plain', dates = 'rfc822' } = options;
  return lines(
    '<item>',
    element('title', entry.title),
    element('link', entry.url),
    guidOf(entry, channel, options.guid ?? 'stable'),
    element('pubDate', dates === 'dutch' ? dutchDate(entry.publishedAt) : rfc822(entry.publishedAt)),
    element('dc:creator', entry.author),
    body === 'content' ? element('description', firstSentence(entry.text)) : '',
    body === 'content' ? `<content:encoded>${cdata(entry.html)}</content:encoded>` : '',
    body === 'html' ? element('description', entry.html) : '',
    body === 'plain' ? element('description', escaped(entry.text)) : '',
    '</item>',
  );
}

function guidOf(entry: Entry, channel: Channel, guid: NonNullable<Rss2Options['guid']>): string {
  if (guid === 'none') return '';
  if (guid === 'stable') return `<guid isPermaLink="false">${escaped(entry.id)}</guid>`;
  const { day, time } = clockOf(channel.now);
  return `<guid isPermaLink="false">${escaped(`export-${day}-${time.slice(0, 4)}-${entry.key}`)}</guid>`;
}

const firstSentence = (text: string): string => /^[\s\S]{30,}?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
