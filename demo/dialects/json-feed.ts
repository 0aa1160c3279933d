import { iso } from './dates.ts';
import type { Channel, Dialect, Entry } from './dialect.ts';

/** JSON Feed 1.0 (one author) or 1.1 (authors, language); jsonfeed.org. An item without a page of its own has `external_url`. */
export function jsonFeed(version: '1' | '1.1'): Dialect {
  return (channel) => ({
    body: Buffer.from(
      JSON.stringify({
        version: `https://jsonfeed.org/version/${version}`,
        title: channel.name,
        description: channel.about,
        home_page_url: channel.homeUrl,
        feed_url: channel.feedUrl,
        ...(version === '1.1' && { language: channel.language }),
        items: channel.entries.map((entry) => itemOf(entry, version, channel)),
      }),
    ),
    type: version === '1.1' ? 'application/feed+json' : 'application/json',
  });
}

function itemOf(entry: Entry, version: '1' | '1.1', channel: Channel) {
  const own = entry.url.startsWith(channel.homeUrl);
  const author = entry.author && { name: entry.author };
  return {
    id: entry.id,
    ...(own ? { url: entry.url } : { external_url: entry.url }),
    ...(entry.title && { title: entry.title }),
    ...(entry.html === '' ? { content_text: entry.text } : { content_html: entry.html }),
    date_published: iso(entry.publishedAt),
    ...(entry.editedAt && { date_modified: iso(entry.editedAt) }),
    ...(author && (version === '1.1' ? { authors: [author] } : { author })),
  };
}
