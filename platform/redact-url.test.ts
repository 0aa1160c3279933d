import { expect, test } from 'vitest';
import { redactUrl } from './redact-url.ts';

const secret = 'hunter2hunter2';

test('no secret of an address reaches a log', () => {
  const addresses = [
    `https://user:${secret}@host.example/feed`,
    `https://${secret}@host.example/feed`,
    `https://www.reddit.com/.rss?feed=${secret}&user=someone`,
    ...[
      'token',
      'access_token',
      'api_key',
      'apikey',
      'KEY',
      'secret',
      'sig',
      'X-Amz-Signature',
      'password',
      'auth',
      'pwd',
    ].map((name) => `https://host.example/feed?a=1&${name}=${secret}&b=2`),
    `https://host.example/feed?to%6ben=${secret}`,
    `https://host.example/feed?a=1;key=${secret}`,
    `https://host.example/feed#access_token=${secret}`,
    `https://host.example/?url=${encodeURIComponent(`https://other.example/?token=${secret}`)}`,
    `https://host.example/?url=${encodeURIComponent(encodeURIComponent(`https://u:${secret}@other.example/`))}`,
    `https://host.example/proxy/${encodeURIComponent(`https://other.example/?token=${secret}`)}`,
    `https://host.example/?${secret}${secret}`,
    `https://www.google.com/alerts/feeds/1234/${secret}`,
    `http://not a url?token=${secret}`,
    `http://user:${secret}@not a url`,
    `//user:${secret}@host:x/?key=${secret}`,
  ];
  for (const address of addresses) expect(redactUrl(address), address).not.toContain(secret);
});

test('the rest of an address stays readable', () => {
  expect(redactUrl('https://host.example/feed?page=2&token=x#top')).toBe('https://host.example/feed?page=2&token=***');
  expect(redactUrl(new URL('http://host.example:8080/a%20b'))).toBe('http://host.example:8080/a%20b');
  expect(redactUrl('https://host.example/%E0%A4%A?q=%E0%A4%A')).toBe('https://host.example/%E0%A4%A?q=%E0%A4%A');
  expect(redactUrl('file:///etc/passwd')).toBe('file:/etc/passwd');
  expect(redactUrl('gewoon tekst')).toBe('gewoon tekst');
});
