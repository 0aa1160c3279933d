/** A search as programs that read feeds take it. Times are ISO 8601, ids stay the same for good, text is plain. */
export type FeedItem = {
  id: string;
  url: string;
  title: string;
  /** Where it was said first, who said it last; none where nobody can be named. */
  by: string[];
  text: string;
  at: string;
};
export type FeedContents = {
  id: string;
  title: string;
  language: string;
  homeUrl: string;
  madeAt: string;
  items: FeedItem[];
};

/** Atom 1.0 (RFC 4287): an entry that names nobody is by the feed itself. Without a link to itself: the address is the key, and stands in no copy of what it opened. */
export function atomFeed({ id, title, language, homeUrl, madeAt, items }: FeedContents): string {
  const updated = items.reduce((newest, { at }) => (at > newest ? at : newest), madeAt);
  const entries = items.map(
    (item) => `<entry>
<id>${xml(item.id)}</id>
<title>${xml(item.title)}</title>
<link rel="alternate" type="text/html" href="${xml(item.url)}"/>
<published>${item.at}</published>
<updated>${item.at}</updated>
${item.by.map((name) => `<author><name>${xml(name)}</name></author>\n`).join('')}<content type="text">${xml(item.text)}</content>
</entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${xml(id)}</id>
<title>${xml(title)}</title>
<link rel="alternate" type="text/html" href="${xml(homeUrl)}"/>
<updated>${updated}</updated>
<author><name>Buitenwacht</name></author>
${entries.join('')}</feed>
`;
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function jsonFeed({ title, language, homeUrl, items }: FeedContents): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    language,
    items: items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_text: item.text,
      date_published: item.at,
      ...(item.by.length === 0 ? {} : { authors: item.by.map((name) => ({ name })) }),
    })),
  });
}

// What XML 1.0 cannot hold at all, not even escaped (section 2.2).
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it is about
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(impossible, '')
    .replace(/[&<>"']/g, (character) => escapes[character]!);
}
