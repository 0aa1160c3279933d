import { expect, test } from 'vitest';
import { SourceError } from './errors.ts';
import { readTipPage } from './tip-page.ts';

const url = 'https://www.krant.example/nieuws/loket';
const words = 'Het loket jeugd is sinds de verhuizing op woensdag dicht, en niemand weet waarom. '.repeat(4).trim();
const read = (html: string, type = 'text/html; charset=utf-8') => readTipPage(Buffer.from(html), type, url);
const refusal = (html: string | Buffer, type?: string) => {
  try {
    readTipPage(Buffer.from(html as string), type, url);
  } catch (error) {
    if (error instanceof SourceError) return [error.kind, error.detail.reason];
    throw error;
  }
  return null;
};
const ld = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

test('what a page says for machines goes first: headline, author, times, language', () => {
  const page = read(`<html lang="de"><head><title>Loket | De Krant</title>
    ${ld({
      '@graph': [
        { '@type': 'WebSite', name: 'De Krant' },
        {
          '@type': ['NewsArticle'],
          headline: 'Loket dicht',
          author: [{ name: 'A. Bakker', url: 'https://krant.example/a' }],
          datePublished: '2026-11-20T09:00:00+01:00',
          dateModified: '2026-11-21',
          inLanguage: 'nl-NL',
        },
      ],
    })}
    </head><body><nav>Menu</nav><article><header><h1>Loket</h1></header><p>${words}</p><aside>Lees ook</aside></article></body></html>`);
  expect(page).toMatchObject({
    title: 'Loket dicht',
    author: { name: 'A. Bakker', url: 'https://krant.example/a' },
    publishedRaw: '2026-11-20T09:00:00+01:00',
    editedRaw: '2026-11-21',
    language: 'nl-NL',
    kind: 'article',
    url,
    namespace: 'tip:www.krant.example',
    externalId: url,
  });
  expect(page.html).toContain(words);
  expect(page.html).not.toMatch(/Menu|Lees ook|<header/);
});

test('without that, Open Graph and the elements of the page', () => {
  const page =
    read(`<html lang="nl"><meta property="og:title" content="Loket dicht"><meta name="author" content="Redactie">
    <meta property="article:published_time" content="2026-11-20T08:00:00Z"><main><p>${words}</p></main>`);
  expect(page).toMatchObject({
    title: 'Loket dicht',
    author: { name: 'Redactie' },
    publishedRaw: '2026-11-20T08:00:00Z',
    language: 'nl',
  });
  expect(page.html).toContain(words);
  expect(read(`<h1>Kop</h1><time datetime="2026-11-20">gisteren</time><article>${words}</article>`)).toMatchObject({
    title: 'Kop',
    publishedRaw: '2026-11-20',
  });
});

test('a page of little text is told by its description, one without a title by its words', () => {
  const short = read('<title>Site</title><meta name="description" content="Het loket is dicht."><div>x</div>');
  expect(short).toMatchObject({ title: 'Site', text: 'Het loket is dicht.' });
  expect(read(`<article>${words}</article>`).title).toBeUndefined();
});

test('the whole text for machines beats a shorter one in the page', () => {
  const page = read(
    `${ld({ '@type': 'NewsArticle', headline: 'Kop', articleBody: words })}<article>Nog ${words.length} woorden</article>`,
  );
  expect(page).toMatchObject({ title: 'Kop', text: words });
});

test('a review and a post are what they say they are', () => {
  expect(read(ld({ '@type': 'Review', reviewBody: words })).kind).toBe('review');
  expect(read(ld({ '@type': 'DiscussionForumPosting', text: words })).kind).toBe('post');
});

test.each([
  ['<link rel="canonical" href="/nieuws/loket-jeugd">', 'https://www.krant.example/nieuws/loket-jeugd'],
  ['<link rel="canonical" href="https://krant.example/nieuws/loket">', 'https://krant.example/nieuws/loket'],
  ['<meta property="og:url" content="https://m.krant.example/n/1">', 'https://m.krant.example/n/1'],
  ['<link rel="canonical" href="https://andere.example/nieuws/loket">', url],
  ['<link rel="canonical" href="https://www.krant.example/">', url],
  ['<link rel="canonical" href="javascript:alert(1)">', url],
])('%s makes it known as %s', (head, address) => {
  expect(read(`${head}<article>${words}</article>`)).toMatchObject({ url: address, externalId: address });
});

test.each([
  ['%PDF-1.7', 'application/pdf', 'not-a-page'],
  ['%PDF-1.7', undefined, 'not-a-page'],
  ['\x89PNG', 'image/png', 'not-a-page'],
  ['{"a":1}', 'application/json', 'not-a-page'],
  ['<rss><channel/></rss>', 'application/rss+xml', 'not-a-page'],
  ['hello', 'text/plain', 'not-a-page'],
  ['', 'text/html', 'empty'],
  [' \n\t ', 'text/html', 'empty'],
  ['<html><body></body></html>', 'text/html', 'no-text'],
  ['<html><title>App</title><div id="root"></div><script>start()</script></html>', 'text/html', 'no-text'],
  ['<title>Aanmelden</title><form><input type="password"></form>', 'text/html', 'login'],
  ['<title>Just a moment...</title><p>Checking your browser</p>', 'text/html', 'bot-wall'],
])('%j as %s is refused: %s', (body, type, reason) => {
  expect(refusal(body, type)).toEqual(['unreadable', reason]);
});

test('a form to sign in beside a whole article is no wall', () => {
  expect(refusal(`<article>${words}</article><form><input type="password"></form>`, 'text/html')).toBeNull();
});

test('a page that a server calls text is read when it is one', () => {
  expect(readTipPage(Buffer.from(`<html><article>${words}</article>`), undefined, url).html).toContain('loket');
});

test('JSON-LD that is broken, deep, of odd types or no JSON at all costs nothing but itself', () => {
  let deep: unknown = { '@type': 'NewsArticle', headline: 'Diep' };
  for (let n = 0; n < 50; n++) deep = { '@graph': [deep] };
  const odd = {
    '@type': 'NewsArticle',
    headline: 7,
    author: [null, 5, { name: {} }],
    datePublished: {},
    inLanguage: null,
  };
  for (const script of [
    ld(deep),
    ld(odd),
    ld(null),
    ld([[[[]]]]),
    '<script type="application/ld+json">{nee</script>',
  ]) {
    const page = read(`<title>Titel</title>${script}<article>${words}</article>`);
    expect(page.title).toBe('Titel');
    expect(page.author).toBeUndefined();
  }
});

test.each([
  ['brothers', `<article>${words}${'<p>meer</p>'.repeat(900_000)}`],
  ['things to leave out', `<article>${words}${'<nav></nav>'.repeat(900_000)}`],
  ['articles', `<article>${words}</article>${'<article>x</article>'.repeat(500_000)}`],
  ['scripts', `${'<script type="application/ld+json">[]</script>'.repeat(40_000)}<article>${words}`],
  ['meta', `${'<meta name="a" content="b">'.repeat(70_000)}<article>${words}`],
])(
  'only the beginning of an endless page is read: %s',
  (_, html) => {
    const startedAt = performance.now();
    expect(read(html).html!.length).toBeLessThan(2_100_000);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
  60_000,
);
