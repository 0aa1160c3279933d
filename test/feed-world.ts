import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A small outside world of feeds for the crash test. Every item is written to a ledger before it is served for the first time:
 * whatever is in the ledger and still in a feed must be stored in the end.
 */
export type FeedWorld = {
  origin: string;
  paths: string[];
  /** Publishes further items, a third of them one story in several feeds at once; and edits some. */
  publish: (count: number) => void;
  /** New feeds of 20 items each that never change again: what is lost of them is lost for good. Answers their paths. */
  publishOnce: (count: number) => string[];
  /** Items published so far. */
  size: () => number;
  /** Items by feed and guid, with their present text; `story` names those that are copies of one. */
  ledger: () => Map<string, { path: string; text: string; story: string | null }>;
  close: () => void;
};

type Item = { guid: string; title: string; text: string; story: string | null };

export async function startFeedWorld(feeds: number, ledgerFile: string): Promise<FeedWorld> {
  const paths = Array.from({ length: feeds }, (_, n) => `/feed-${n}.xml`);
  const items = new Map<string, Item[]>(paths.map((path) => [path, []]));
  let counter = 0;
  const server = createServer((request, response) => {
    const found = items.get(request.url ?? '');
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/rss+xml' });
    response.end(found ? rss(found) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const write = (path: string, item: Item) => {
    appendFileSync(ledgerFile, `${JSON.stringify({ path, ...item })}\n`);
    const list = items.get(path)!;
    const at = list.findIndex(({ guid }) => guid === item.guid);
    if (at >= 0) list[at] = item;
    else list.unshift(item);
  };
  return {
    origin,
    paths,
    publish(count) {
      for (let n = 0; n < count; n++) {
        counter += 1;
        const isStory = counter % 3 === 0;
        const text = longText(counter);
        const bearers = isStory ? [0, 3, 7].map((step) => paths[(counter + step) % feeds]!) : [paths[counter % feeds]!];
        for (const path of new Set(bearers)) {
          const story = isStory ? `story-${counter}` : null;
          write(path, { guid: `${path}-${counter}`, title: `Bericht ${counter}`, text, story });
        }
        const [edited] = counter % 10 === 0 ? items.get(paths[(counter * 7) % feeds]!)! : [];
        if (edited && !edited.story) {
          write(paths[(counter * 7) % feeds]!, { ...edited, text: `${edited.text} Aanvulling ${counter}.` });
        }
      }
    },
    publishOnce(count) {
      const fresh = Array.from({ length: count }, (_, n) => `/once-${items.size + n}.xml`);
      for (const path of fresh) {
        items.set(path, []);
        for (let n = 0; n < 20; n++) {
          counter += 1;
          write(path, {
            guid: `${path}-${counter}`,
            title: `Bericht ${counter}`,
            text: longText(counter),
            story: null,
          });
        }
      }
      return fresh;
    },
    size: () => [...items.values()].reduce((sum, list) => sum + list.length, 0),
    ledger() {
      const lines = readFileSync(ledgerFile, 'utf8').trim().split('\n').filter(Boolean);
      const entries = lines.map((line) => JSON.parse(line) as Item & { path: string });
      return new Map(entries.map(({ guid, path, text, story }) => [guid, { path, text, story }]));
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const words =
  'de gemeente brug sluis wethouder bewoners plan straat school water park bus fiets markt avond brief'.split(' ');

/** At least thirty words, no two of these alike. */
function longText(seed: number): string {
  const picked = Array.from(
    { length: 34 },
    (_, n) => words[(seed * 31 + n * n * 7 + ((seed * (n + 3)) % 11)) % words.length],
  );
  return `Nummer ${seed} ${picked.join(' ')} slot ${seed}.`;
}

function rss(items: readonly Item[]): string {
  const body = items.map(
    ({ guid, title, text }) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><description>${text}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Wereld</title>${body.join('')}</channel></rss>`;
}
