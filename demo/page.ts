import { dutchDate } from './dialects/dates.ts';
import type { Channel, Entry } from './dialects/dialect.ts';
import { escaped } from './dialects/xml.ts';

const style =
  'body{font:17px/1.6 Georgia,serif;max-width:40rem;margin:2rem auto;padding:0 1rem}.by{color:#555}img{max-width:100%}';

/** The page of one item, as its reader finds it behind "Lees bij …". */
export function articlePage(channel: Channel, entry: Entry): string {
  const by = [entry.author, dutchDate(entry.publishedAt).replace(/ [+]\d+$/, '')].filter((part) => part !== null);
  return page(
    channel,
    entry.title ?? channel.name,
    `<h1>${escaped(entry.title ?? channel.name)}</h1>
<p class="by">${escaped(by.join(' · '))}</p>
${entry.stars === null ? '' : `<p>${'★'.repeat(entry.stars)}${'☆'.repeat(5 - entry.stars)}</p>`}
${entry.html}`,
  );
}

/** The front page: what is new, and where the feed is. */
export function homePage(channel: Channel): string {
  const items = channel.entries
    .slice(0, 20)
    .map(({ url, title, text }) => `<li><a href="${escaped(url)}">${escaped(title ?? text.slice(0, 80))}</a></li>`);
  return page(channel, channel.name, `<p>${escaped(channel.about)}</p>\n<ul>${items.join('\n')}</ul>`);
}

type Listed = { name: string; about: string; homeUrl: string };

/** The front of the whole outside world: every site in it, those first that nobody follows yet. */
export function indexPage(followed: Listed[], unfollowed: Listed[]): string {
  const list = (sites: Listed[]) =>
    sites
      .map(
        ({ name, about, homeUrl }) => `<li><a href="${escaped(homeUrl)}">${escaped(name)}</a>: ${escaped(about)}</li>`,
      )
      .join('\n');
  return `<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>De buitenwereld van de demo</title>
<style>${style}</style>
<main><h1>De buitenwereld van de demo</h1>
<p>Deze sites bestaan alleen op deze computer.</p>
<h2>Nog niet gevolgd</h2>
<p>Plak het adres van zo’n site bij Bronnen om hem te volgen.</p>
<ul>${list(unfollowed)}</ul>
<h2>Gevolgd vanaf het begin</h2>
<ul>${list(followed)}</ul></main>
</html>`;
}

/** A page with one sentence, for everything that is not there. */
export function noticePage(title: string, sentence: string): string {
  return `<!doctype html><html lang="nl"><meta charset="utf-8"><title>${escaped(title)}</title>
<h1>${escaped(title)}</h1><p>${escaped(sentence)}</p></html>`;
}

function page(channel: Channel, title: string, body: string): string {
  return `<!doctype html>
<html lang="${channel.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<link rel="alternate" title="${escaped(channel.name)}" type="application/rss+xml" href="${escaped(channel.feedUrl)}">
<style>${style}</style>
<header><a href="${escaped(channel.homeUrl)}">${escaped(channel.name)}</a></header>
<main>${body}</main>
<footer><p class="by">Deze site hoort bij de demo en bestaat niet echt.</p></footer>
</html>`;
}

/** A drawing in place of a photograph: water, a horizon and what the picture shows. */
export function picture(name: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" role="img"><rect width="640" height="360" fill="#cfe0e6"/><path d="M0 230h640v130H0z" fill="#5b8a91"/><path d="M120 230l90-70h220l90 70z" fill="#7b6a58"/><text x="20" y="340" font-family="sans-serif" font-size="16" fill="#fff">${escaped(name)}</text></svg>`;
}
