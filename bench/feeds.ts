import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seeded } from './harness.ts';

/**
 * G-feeds (performance.md 3.2): feeds in all dialects with text of a Zipf vocabulary, Dutch, English and other, one in eight an exact
 * copy of what another feed has. Seeded: the same bytes every time. Served over loopback by a process of its own.
 */
export type FeedServer = {
  address: (feed: number) => string;
  /** Which items a feed shows from now on: `count` of them, from number `from` on, newest first. */
  show: (from: number, count: number) => Promise<void>;
  close: () => void;
};

type Dialect = 'rss' | 'atom' | 'json' | 'rdf';
export const dialectOf = (feed: number): Dialect => {
  const place = (feed * 37) % 100;
  return place < 60 ? 'rss' : place < 90 ? 'atom' : place < 97 ? 'json' : 'rdf';
};

const functionWords = {
  nl: 'de het een en van ik te dat die in is niet je zijn op met voor maar er ook als aan bij nog uit dan wel door naar worden'.split(
    ' ',
  ),
  en: 'the of and to in is you that it he was for on are as with his they at be this have from or one had by but not what'.split(
    ' ',
  ),
  de: 'der die das und ist nicht mit auf für ein eine zu den von sich auch dem werden wird aus'.split(' '),
};
const feelings = {
  nl: 'goed slecht mooi vreselijk blij boos fijn teleurstellend geweldig waardeloos'.split(' '),
  en: 'good bad great terrible happy angry nice disappointing wonderful awful'.split(' '),
  de: 'gut schlecht schön furchtbar froh wütend nett enttäuschend wunderbar mies'.split(' '),
};
type Language = keyof typeof functionWords;

const syllables =
  'ba be bo da de do ga ge gro ha he ka ke klo la le lo ma me mo na ne ni pa pe po ra re ro sa se sto ta te tra va ve wi wo za ze'.split(
    ' ',
  );
export const vocabularySize = 60_000;

export function pseudoWord(rank: number): string {
  let word = '';
  for (let rest = rank + 40; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length];
  return word;
}

/** Zipf with exponent 1 by inversion: rank = N^u. */
const zipf = (random: () => number) => Math.floor(vocabularySize ** random()) - 1;

/** Log-normal, median 60, 99th percentile 1,200. */
function lengthOf(random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(3_000, Math.max(8, Math.round(60 * Math.exp(1.288 * normal))));
}

export type GeneratedItem = { id: string; title: string; html: string; at: Date };

/** Item `n` of a feed; its words may be those of a story that other feeds have too. */
export function itemOf(feed: number, n: number): GeneratedItem {
  const place = seeded(feed * 1_000_003 + n * 7 + 1);
  const isCopy = place() < 0.12;
  const story = isCopy ? Math.floor(place() * 400) + Math.floor(n / 5) * 1_000 : feed * 1_000_003 + n * 7 + 2;
  const random = seeded(story);
  const which = random();
  const language: Language = which < 0.7 ? 'nl' : which < 0.95 ? 'en' : 'de';
  const word = () => {
    const kind = random();
    if (kind < 0.45) return functionWords[language][Math.floor(random() * functionWords[language].length)]!;
    if (kind < 0.49) return feelings[language][Math.floor(random() * feelings[language].length)]!;
    return pseudoWord(zipf(random));
  };
  const sentence = (length: number) => Array.from({ length }, word).join(' ');
  const length = lengthOf(random);
  const paragraphs: string[] = [];
  for (let left = length; left > 0; left -= 40) {
    const text = sentence(Math.min(40, left));
    paragraphs.push(`<p>${text} <a href="https://bench.example/${story % 97}">${word()}</a>.</p>`);
  }
  return {
    id: `item-${feed}-${n}`,
    title: sentence(7),
    html: paragraphs.join('\n'),
    at: new Date(Date.UTC(2026, 10, 20) + n * 60_000 + feed),
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const linkOf = (item: GeneratedItem, feed: number) => `https://site-${feed}.example/${item.id}`;

/** The document of a feed in its dialect. */
export function documentOf(feed: number, from: number, count: number): { type: string; body: string } {
  const items = Array.from({ length: count }, (_, n) => itemOf(feed, from + count - 1 - n));
  const home = `https://site-${feed}.example/`;
  switch (dialectOf(feed)) {
    case 'atom': {
      const entries = items.map(
        (item) => `<entry><id>${item.id}</id><title>${item.title}</title><link href="${linkOf(item, feed)}"/>
          <updated>${item.at.toISOString()}</updated><published>${item.at.toISOString()}</published><content type="html">${escaped(item.html)}</content></entry>`,
      );
      return {
        type: 'application/atom+xml; charset=utf-8',
        body: `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Feed ${feed}</title><id>${home}</id><link href="${home}"/>${entries.join('\n')}</feed>`,
      };
    }
    case 'json':
      return {
        type: 'application/feed+json',
        body: JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          title: `Feed ${feed}`,
          home_page_url: home,
          items: items.map((item) => ({
            id: item.id,
            url: linkOf(item, feed),
            title: item.title,
            content_html: item.html,
            date_published: item.at.toISOString(),
          })),
        }),
      };
    case 'rdf': {
      const entries = items.map(
        (item) => `<item rdf:about="${item.id}"><title>${item.title}</title><link>${linkOf(item, feed)}</link>
          <description>${escaped(item.html)}</description><dc:date>${item.at.toISOString()}</dc:date></item>`,
      );
      return {
        type: 'application/rdf+xml; charset=utf-8',
        body: `<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="${home}"><title>Feed ${feed}</title><link>${home}</link></channel>${entries.join('\n')}</rdf:RDF>`,
      };
    }
    case 'rss': {
      const entries = items.map(
        (
          item,
        ) => `<item><guid isPermaLink="false">${item.id}</guid><title>${item.title}</title><link>${linkOf(item, feed)}</link>
          <description>${escaped(item.html)}</description><pubDate>${item.at.toUTCString()}</pubDate></item>`,
      );
      return {
        type: 'application/rss+xml; charset=utf-8',
        body: `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>${home}</link>${entries.join('\n')}</channel></rss>`,
      };
    }
  }
}

/** Starts the server of `feeds` feeds in a process of its own; documents are made before they are asked for. */
export async function startFeedServer(feeds: number): Promise<FeedServer> {
  const child = fork(import.meta.filename, [String(feeds)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const told = () => new Promise<number>((resolve) => child.once('message', (message) => resolve(message as number)));
  const port = await told();
  return {
    address: (feed) => `http://127.0.0.1:${port}/feed/${feed}`,
    show: async (from, count) => {
      const done = told();
      child.send({ from, count });
      await done;
    },
    close: () => child.kill('SIGKILL'),
  };
}

if (process.argv[1] === import.meta.filename) {
  const feeds = Number(process.argv[2]);
  let documents: { type: string; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const document = documents[Number(request.url?.split('/')[2])];
    if (document) response.writeHead(200, { 'content-type': document.type, 'content-length': document.body.length });
    else response.writeHead(404);
    response.end(document?.body);
  });
  server.keepAliveTimeout = 30_000;
  process.on('message', ({ from, count }: { from: number; count: number }) => {
    documents = Array.from({ length: feeds }, (_, feed) => {
      const { type, body } = documentOf(feed, from, count);
      return { type, body: Buffer.from(body) };
    });
    process.send?.(0);
  });
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
