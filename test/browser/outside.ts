import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small outside world on loopback that a test writes: feeds and pages by path. */
export type Outside = {
  origin: string;
  /** Puts an RSS feed at a path, or puts another in its place; answers its address. */
  feed: (path: string, feed: Feed) => string;
  /** Puts any answer at a path. */
  put: (path: string, body: string, type?: string, status?: number) => string;
  close: () => Promise<void>;
};
export type Feed = { title: string; items: Item[] };
export type Item = { id: string; title?: string; html?: string; link?: string; at?: Date; author?: string };

export async function startOutside(): Promise<Outside> {
  const answers = new Map<string, { body: string; type: string; status: number }>();
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    response.writeHead(answer?.status ?? 404, { 'content-type': answer?.type ?? 'text/plain' });
    response.end(answer?.body ?? 'nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const put: Outside['put'] = (path, body, type = 'text/html; charset=utf-8', status = 200) => {
    answers.set(path, { body, type, status });
    return origin + path;
  };
  return {
    origin,
    put,
    feed: (path, feed) => put(path, rss(feed, origin), 'application/rss+xml; charset=utf-8'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function rss({ title, items }: Feed, origin: string): string {
  const body = items.map(
    (item) => `<item><guid isPermaLink="false">${escaped(item.id)}</guid>
      ${item.title === undefined ? '' : `<title>${escaped(item.title)}</title>`}
      <link>${escaped(item.link ?? `${origin}/${item.id}`)}</link>
      ${item.at ? `<pubDate>${item.at.toUTCString()}</pubDate>` : ''}
      ${item.author ? `<dc:creator>${escaped(item.author)}</dc:creator>` : ''}
      <description>${escaped(item.html ?? '')}</description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel><title>${escaped(title)}</title><link>${origin}</link>${body.join('\n')}</channel></rss>`;
}
