import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, cleanLink, mediaUrl, urlKeyOf } from './canonical-url.ts';

describe('a canonical address', () => {
  test.each([
    ['HTTPS://Example.NL:443/Pad/../A?b=1', 'https://example.nl/A?b=1'],
    ['http://user:secret@example.nl/', 'http://example.nl/'],
    ['https://exämple.nl/é', 'https://xn--exmple-cua.nl/%C3%A9'],
    ['https://example.nl/%7euser/%c3%a9%2f', 'https://example.nl/~user/%C3%A9%2F'],
    ['https://example.nl/a#kop', 'https://example.nl/a'],
    ['https://example.nl/a#comment-12', 'https://example.nl/a#comment-12'],
    ['https://example.nl/#!/x', 'https://example.nl/#!/x'],
    ['https://example.nl:8443/a', 'https://example.nl:8443/a'],
    ['https://www.example.nl/a', 'https://www.example.nl/a'],
  ])('%s is %s', (given, wanted) => {
    expect(canonicalUrl(given)).toBe(wanted);
  });

  test('loses trackers by name and by prefix, in any case, and keeps the order of the rest', () => {
    expect(canonicalUrl('https://e.nl/a?z=1&utm_source=x&b=2&FBCLID=y&mc_cid=3')).toBe('https://e.nl/a?z=1&b=2');
    expect(canonicalUrl('https://e.nl/a?%75tm_source=x')).toBe('https://e.nl/a');
    expect(canonicalUrl('https://e.nl/a?utm=1&similar=2')).toBe('https://e.nl/a?utm=1&similar=2');
  });

  test('loses ref only when it names the feed or the site itself', () => {
    expect(canonicalUrl('https://e.nl/a?ref=feed.example', 'www.feed.example')).toBe('https://e.nl/a');
    expect(canonicalUrl('https://www.e.nl/a?ref=e.nl')).toBe('https://www.e.nl/a');
    expect(canonicalUrl('https://e.nl/a?ref=main', 'feed.example')).toBe('https://e.nl/a?ref=main');
  });

  test('with nothing to remove keeps its query byte for byte', () => {
    const address = 'https://e.nl/zoek?q=a+b&x=%20&&y=&lege=1=2';
    expect(canonicalUrl(address)).toBe(address);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://e.nl/a',
    '//e.nl/a',
    '/a',
    'e.nl',
    'http://',
    '',
    `https://e.nl/${'a'.repeat(5000)}`,
  ])('is refused for %s', (address) => {
    expect(canonicalUrl(address)).toBeNull();
  });

  test('is canonical already, whatever it was made from', { timeout: 60_000 }, () => {
    const part = fc.stringMatching(/^[\w%&=?#./+~!-]{0,40}$/);
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), part, (url, extra) => {
        const once = canonicalUrl(url + extra);
        if (once !== null) expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});

describe('the key under which copies meet', () => {
  test('folds scheme, www., m., amp. and a slash at the end', () => {
    const copies = [
      'http://e.nl/a/',
      'https://www.e.nl/a',
      'https://m.e.nl/a',
      'https://amp.e.nl/a',
      'https://www.m.e.nl/a/',
    ];
    expect(new Set(copies.map(urlKeyOf))).toEqual(new Set(['e.nl/a']));
  });

  test('keeps what makes a page another: host, port, path, query, comment', () => {
    const pages = [
      'https://e.nl/a',
      'https://e.nl/A',
      'https://e.nl/a?p=1',
      'https://e.nl:8080/a',
      'https://x.e.nl/a',
      'https://e.nl/a#comment-1',
    ];
    expect(new Set(pages.map(urlKeyOf)).size).toBe(pages.length);
  });

  test('leaves a name that is only a prefix alone', () => {
    expect(urlKeyOf('https://m.nl/a')).toBe('m.nl/a');
    expect(urlKeyOf('https://www.nl/a')).toBe('www.nl/a');
  });

  test('does not exist for the root of a site', () => {
    expect(urlKeyOf('https://www.e.nl/')).toBeNull();
    expect(urlKeyOf('https://e.nl/?p=12')).toBe('e.nl?p=12');
  });
});

test('a link in a text keeps its fragment, becomes absolute and loses its trackers', () => {
  expect(cleanLink('../b?utm_source=x#noot-1', 'https://e.nl/a/c')).toBe('https://e.nl/b#noot-1');
  expect(cleanLink('../b')).toBeNull();
  expect(cleanLink('javascript:alert(1)', 'https://e.nl/')).toBeNull();
});

test('the address of a file keeps its query, which may be signed', () => {
  expect(mediaUrl('/i.jpg?oc=1&si=2', 'https://e.nl/')).toBe('https://e.nl/i.jpg?oc=1&si=2');
  expect(mediaUrl('data:image/png;base64,xx', 'https://e.nl/')).toBeNull();
});
