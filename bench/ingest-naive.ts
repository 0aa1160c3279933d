import { load } from 'cheerio';
import { franc } from 'franc';
import type pg from 'pg';
import RssParser from 'rss-parser';
import vader from 'vader-sentiment';

/**
 * The peer of P1 and P2b: the loop that everybody writes first. One feed after the other, rss-parser, cheerio for the text, franc,
 * vader-sentiment, one INSERT a row into the same PostgreSQL. It joins nothing, keeps no versions and tells nobody.
 */
export const naiveTable = `create table if not exists naive_items (
  id bigint generated always as identity primary key, feed text not null, guid text not null, title text, link text, text text,
  published timestamptz, language text, sentiment real, tsv tsvector, unique (feed, guid))`;

const parser = new RssParser();
type Item = { guid: string; title: string; link: string; html: string; published: string | undefined };

export async function ingestNaively(client: pg.Client, addresses: readonly string[]): Promise<number> {
  let added = 0;
  for (const address of addresses) {
    const response = await fetch(address);
    const body = await response.text();
    const items = response.headers.get('content-type')?.includes('json') ? fromJson(body) : await fromXml(body);
    for (const item of items) {
      const text = load(item.html).text();
      const language = franc(text);
      const sentiment = vader.SentimentIntensityAnalyzer.polarity_scores(text).compound;
      const { rowCount } = await client.query(
        `insert into naive_items (feed, guid, title, link, text, published, language, sentiment, tsv)
         values ($1, $2, $3, $4, $5, $6, $7, $8, to_tsvector('dutch', $9)) on conflict do nothing`,
        [address, item.guid, item.title, item.link, text, item.published, language, sentiment, `${item.title} ${text}`],
      );
      added += rowCount ?? 0;
    }
  }
  return added;
}

async function fromXml(body: string): Promise<Item[]> {
  const feed = await parser.parseString(body);
  return feed.items.map((item) => ({
    guid: item.guid ?? item.id ?? item.link ?? '',
    title: item.title ?? '',
    link: item.link ?? '',
    html: item.content ?? '',
    published: item.isoDate,
  }));
}

function fromJson(body: string): Item[] {
  const feed = JSON.parse(body) as {
    items: { id: string; title: string; url: string; content_html: string; date_published: string }[];
  };
  return feed.items.map((item) => ({
    guid: item.id,
    title: item.title,
    link: item.url,
    html: item.content_html,
    published: item.date_published,
  }));
}
