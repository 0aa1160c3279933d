import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceError } from '#ingest/errors.ts';
import { repair } from './repair.ts';

const reasonOf = (text: string): string | undefined => {
  try {
    repair(text);
  } catch (error) {
    if (error instanceof SourceError) return error.detail.reason;
    throw error;
  }
  return undefined;
};

test('a clean document comes out as it went in', () => {
  const clean =
    '<rss version="2.0"><channel><item><title>Dijk &amp; duin</title><description><![CDATA[<p>a</p>]]></description></item></channel></rss>';
  expect(repair(clean)).toMatchObject({ xml: clean, wellFormed: true, items: [{ from: 28, to: clean.length - 16 }] });
});

test.each([
  ['what stands before the first tag goes', '\n x<a>1</a>', '<a>1</a>'],
  ['declarations go, broken ones too', '<?xml version="1.0"?><?phpxml a><a>1</a>', '<a>1</a>'],
  [
    'a DOCTYPE goes with its internal subset',
    '<!DOCTYPE a [<!ENTITY b "]>"> <!-- \' -->]><a>&b;</a>',
    '<a>&amp;b;</a>',
  ],
  ['comments go', '<a>1<!-- -- > -->2</a>', '<a>12</a>'],
  ['HTML entities become characters', '<a b="&eacute;">&nbsp;&hellip;&euro;</a>', '<a b="é">\u00a0…€</a>'],
  ['entities for markup stay escaped', '<a>&lt;&amp;&LT;&AMP;</a>', '<a>&lt;&amp;&lt;&amp;</a>'],
  [
    'a bare ampersand is one',
    '<a b="?c=1&d=2">R&D &copy &nosuch;</a>',
    '<a b="?c=1&amp;d=2">R&amp;D &amp;copy &amp;nosuch;</a>',
  ],
  ['numbers mean what HTML says', '<a>&#150;&#x92;&#0;&#xD800;&#1114112;&#38</a>', '<a>–’\ufffd\ufffd\ufffd&#38;</a>'],
  ['control characters go', '<a>1\u0000\u0008\u000b2</a>', '<a>12</a>'],
  ['windows-1252 in disguise is read', '<a>\u0091dijk\u0092</a>', '<a>‘dijk’</a>'],
  ['a sign is no tag', '<a>1 < 2 <3</a>', '<a>1 &lt; 2 &lt;3</a>'],
  ['end tags are supplied', '<a><b>1<c>2</b>', '<a><b>1<c>2</c></b></a>'],
  ['end tags of nothing go', '<a>1</b></a></a>', '<a>1</a>'],
  ['a CDATA section is closed', '<a><![CDATA[1 < 2', '<a><![CDATA[1 < 2]]></a>'],
  ['what comes after the root goes', '<a>1</a><b/>text', '<a>1</a>'],
])('%s', (_, broken, mended) => {
  expect(repair(broken).xml).toBe(mended);
});

test('markup inside a text becomes text, in its order', () => {
  const feed = (inside: string): string => repair(`<rss><item>${inside}</item></rss>`).xml.slice(11, -13);
  expect(feed('<description>a <b>b</b> &lt;c&gt; <i>d</i></description>')).toBe(
    '<description>a &lt;b>b&lt;/b> &amp;lt;c&amp;gt; &lt;i>d&lt;/i></description>',
  );
  expect(feed('<title>a<br>b</title><link>c</link>')).toBe('<title>a&lt;br>b</title><link>c</link>');
  expect(feed('<description><![CDATA[<p>a</p>]]><br/></description>')).toBe(
    '<description>&lt;p>a&lt;/p>&lt;br/></description>',
  );
  expect(feed('<description><b>never closed')).toBe('<description>&lt;b>never closed</description>');
});

test('XHTML keeps its text literal and loses its prefix', () => {
  const { xml } = repair(
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml"><entry>' +
      '<content type="xhtml"><x:div>a<![CDATA[<b>]]></x:div></content></entry></feed>',
  );
  expect(xml).toContain('<content type="xhtml">&lt;div>a&amp;lt;b>&lt;/div></content>');
});

test('an item that was never closed ends where the next begins', () => {
  const { xml, items } = repair('<rss><item><guid>1<item><guid>2</guid></item></rss>');
  expect(items.map(({ from, to }) => xml.slice(from, to))).toEqual([
    '<item><guid>1</guid></item>',
    '<item><guid>2</guid></item>',
  ]);
});

test('damaged tags are left to a lenient parser', () => {
  expect(repair('<a b=c>1</a>').wellFormed).toBe(false);
  expect(repair('<a b="1"c="2"/>').wellFormed).toBe(false);
  expect(repair('<a b = "1"\n/>').wellFormed).toBe(true);
});

test('depth, attributes and names have an end', () => {
  expect(reasonOf('<a>'.repeat(64))).toBeUndefined();
  expect(reasonOf('<a>'.repeat(65))).toBe('too-deep');
  const attributes = (count: number): string => Array.from({ length: count }, (_, i) => ` a${i}="1"`).join('');
  expect(reasonOf(`<a${attributes(64)}/>`)).toBeUndefined();
  expect(reasonOf(`<a${attributes(65)}/>`)).toBe('too-large');
  expect(reasonOf(`<${'a'.repeat(257)}/>`)).toBe('too-large');
  expect(reasonOf('no element')).toBe('not-a-feed');
});

test('a text is cut at 256 kB, never through a reference', () => {
  const limit = 256 * 1024;
  const xml = repair(`<rss><item><title>${'x'.repeat(limit - 3)}&amp;&amp;y</title></item></rss>`).xml;
  expect(xml).toBe(`<rss><item><title>${'x'.repeat(limit - 3)}</title></item></rss>`);
});

const piece = fc.oneof(
  fc.constantFrom(
    '<rss>',
    '</rss>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<description>',
    '</description>',
    '<b>',
    '</b>',
  ),
  fc.constantFrom(
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE',
    '[',
    ']',
    '<a b="',
    '">',
    "'",
    '&',
    '&#',
    ';',
    '<',
    '/>',
  ),
  fc.string({ maxLength: 5 }),
);
test('mending what is mended changes nothing, and everything ends well-formed', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = `<rss>${pieces.join('')}`;
      const once = repair(text);
      if (!once.wellFormed) return;
      const twice = repair(once.xml);
      expect(twice.xml).toBe(once.xml);
      expect(twice.items).toEqual(once.items);
    }),
    { numRuns: 2000 },
  );
});
