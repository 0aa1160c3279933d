import { isValidElement, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { type RichNode, readRichText, renderRichText } from './rich-text.ts';

const flat = (nodes: readonly RichNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : `(${node.tag} ${flat(node.children)})`)).join('');

test('markup of the allow-list becomes elements, in order and nested', () => {
  expect(flat(readRichText('<p>Een <strong>groot</strong><br/>huis</p><ul><li>a</li><li>b</li></ul>'))).toBe(
    '(p Een (strong groot)(br )huis)(ul (li a)(li b))',
  );
});

test('entities are read once', () => {
  expect(readRichText('a &lt;b&gt; &amp;lt; &#39;&#x20ac;&quot;&nbsp;&onbekend; &#0;')).toEqual([
    'a <b> &lt; \'€"\u00a0&onbekend; &#0;',
  ]);
});

test('a tag that was never opened closes nothing, one that was never closed ends with its parent', () => {
  expect(flat(readRichText('<p>a</em><em>b</p>c'))).toBe('(p a(em b))c');
});

const tags = (nodes: readonly RichNode[]): string[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node.tag, ...tags(node.children)]));

test.each([
  ['<script>alert(1)</script>', []],
  ['<img src=x onerror=alert(1)>', []],
  ['<svg onload="alert(1)"><p>x</p></svg>', ['p']],
  ['<iframe srcdoc="<script>alert(1)</script>"></iframe>', []],
  ['<p onclick="alert(1)" style="color:red">x</p>', ['p']],
  ['<math><mtext><p>x', ['p']],
  ['<form action="javascript:alert(1)"><input><button formaction="javascript:x">', []],
  ['<style>@import "x"</style><link rel="stylesheet" href="x"><base href="//x"><meta http-equiv="refresh">', []],
])('what is not on the list cannot become an element: %s', (html, expected) => {
  expect(tags(readRichText(html))).toEqual(expected);
});

const hrefs = (nodes: readonly RichNode[]): (string | null)[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node.href, ...hrefs(node.children)]));

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '&#106;avascript:alert(1)',
  ' javascript:alert(1)',
  'java&#10;script:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  '//evil.example',
  '/api/sources',
  'http://',
])('an address that is no web page or mail leads nowhere: %s', (href) => {
  expect(hrefs(readRichText(`<a href="${href}">x</a>`))).toEqual([null]);
});

test('a link opens elsewhere and tells nothing; no element carries any other attribute', () => {
  const seen: Record<string, unknown>[] = [];
  const walk = (node: ReactNode): void => {
    if (Array.isArray(node)) for (const child of node) walk(child);
    if (!isValidElement<Record<string, unknown> & { children?: ReactNode }>(node)) return;
    const { children, ...rest } = node.props;
    seen.push({ type: node.type, ...rest });
    walk(children);
  };
  walk(
    renderRichText(
      readRichText('<p class="x" id="y">a <a href="https://a.example/?a=1&amp;b=2" onclick="x">b</a></p>'),
    ),
  );
  expect(seen).toEqual([
    { type: 'p' },
    {
      type: 'a',
      href: 'https://a.example/?a=1&b=2',
      target: '_blank',
      rel: 'noopener noreferrer nofollow ugc',
    },
  ]);
});

test('ten thousand nested elements cost a bounded depth and keep their text', () => {
  const tree = readRichText(`${'<div>'.repeat(10_000)}tekst`);
  let depth = 0;
  for (let node = tree[0]; node && typeof node !== 'string'; node = node.children[0]) depth += 1;
  expect(depth).toBe(80);
  expect(flat(tree)).toContain('tekst');
});
