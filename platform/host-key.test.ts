import { expect, test } from 'vitest';
import { parseFetchAllow } from './address.ts';
import { hostKeyOf } from './host-key.ts';

test('the key is what is polite to ask as one', () => {
  const keys: [string, string][] = [
    ['https://www.voorbeeld.nl/feed', 'voorbeeld.nl'],
    ['https://Feeds.Voorbeeld.NL.:8443/feed', 'voorbeeld.nl'],
    ['https://news.bbc.co.uk/', 'bbc.co.uk'],
    ['https://someone.tumblr.com/rss', 'tumblr.com'],
    ['https://someone.substack.com/feed', 'substack.com'],
    ['https://someone.github.io/feed', 'github.io'],
    ['https://someone.blogspot.com/feeds', 'blogspot.com'],
    ['https://someone.blogspot.nl/feeds', 'blogspot.com'],
    ['https://someone.blogspot.co.uk/feeds', 'blogspot.com'],
    ['https://old.reddit.com/r/x/.rss', 'reddit.com'],
    ['https://news.google.com/rss', 'news.google.com'],
    ['https://www.google.com/alerts/feeds/1/2', 'google.com'],
    ['https://notnews.google.com/', 'google.com'],
    ['http://93.184.216.34/', '93.184.216.34:80'],
    ['https://[2606:2800::1]/', '[2606:2800::1]:443'],
    ['http://intranet/', 'intranet:80'],
    ['https://co.uk/', 'co.uk:443'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
  ];
  for (const [url, key] of keys) expect(hostKeyOf(new URL(url), parseFetchAllow('')), url).toBe(key);
});

test('a host of FETCH_ALLOW has no key, its neighbours do', () => {
  const allow = parseFetchAllow('feeds.example 127.0.0.0/8');
  expect(hostKeyOf(new URL('http://feeds.example:3000/'), allow)).toBe(null);
  expect(hostKeyOf(new URL('http://127.3.3.3:3000/'), allow)).toBe(null);
  expect(hostKeyOf(new URL('http://more.feeds.example/'), allow)).toBe('feeds.example');
});
