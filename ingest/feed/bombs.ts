import { gzipSync } from 'node:zlib';

/** A hostile document; `want` is what it must come to, where that is certain. */
export type Bomb = { name: string; bytes: Uint8Array; contentType?: string; want?: 'document' | 'error' };

/**
 * Documents made to hold a reader up, exhaust it, or make it read files and open connections (quality/reliability.md, A5).
 * `scale` 1 is the size of the brief; `canary` is an address that must never be asked. Written here, copied from nowhere.
 */
export function* bombs(scale: number, canary: string): Generator<Bomb> {
  const n = (count: number): number => Math.ceil(count * scale);
  const rss = (inside: string, before = ''): string =>
    `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>Bom</title>${inside}</channel></rss>`;
  const item = (inside: string): string => `<item><title>Een</title><link>https://a.example/1</link>${inside}</item>`;
  const xml = (name: string, text: string, want?: Bomb['want']): Bomb => ({
    name,
    bytes: Buffer.from(text),
    ...(want && { want }),
  });
  const repeat = (text: string, count: number): string => text.repeat(n(count));

  const laughs = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  const dtd = (subset: string, name = 'rss'): string => `<!DOCTYPE ${name} [${subset}]>`;
  yield xml(
    'billion laughs',
    rss(item('<description>&l9;</description>'), dtd(`<!ENTITY l0 "ha">${laughs}`)),
    'document',
  );
  yield xml(
    'quadratic entity',
    rss(item(`<description>${repeat('&a;', 20_000)}</description>`), dtd(`<!ENTITY a "${repeat('x', 100_000)}">`)),
  );
  yield xml('fifty doctypes', rss(item(''), dtd('<!ENTITY a "b">').repeat(50)), 'document');
  yield xml('doctype inside', rss(item(`${dtd('<!ENTITY a "b">')}<description>&a;</description>`)), 'document');
  yield xml(
    'external entity, file',
    rss(item('<description>&e;</description>'), dtd('<!ENTITY e SYSTEM "file:///etc/passwd">')),
    'document',
  );
  yield xml(
    'external entity, http',
    rss(item('<description>&e;</description>'), dtd(`<!ENTITY e SYSTEM "${canary}/e">`)),
    'document',
  );
  yield xml('parameter entities', rss(item(''), dtd(`<!ENTITY % a SYSTEM "${canary}/p"> %a;`)), 'document');
  yield xml('external dtd', rss(item(''), `<!DOCTYPE rss SYSTEM "${canary}/d.dtd">`), 'document');
  yield xml('external dtd, public', rss(item(''), `<!DOCTYPE rss PUBLIC "-//x" "${canary}/d.dtd">`), 'document');
  yield xml('stylesheet', `<?xml-stylesheet href="${canary}/s.xsl" type="text/xsl"?>${rss(item(''))}`, 'document');
  yield xml(
    'xinclude',
    rss(item(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${canary}/x"/>`)),
    'document',
  );
  yield xml('unclosed doctype', `<!DOCTYPE rss [<!ENTITY a "${repeat('x', 1_000_000)}`, 'error');
  yield xml('doctypes never closed', repeat('<!DOCTYPE a [<!-- " ', 200_000), 'error');

  yield xml('numeric references', rss(item(`<description>${repeat('&#65;', 2_000_000)}</description>`)));
  yield xml(
    'impossible references',
    rss(item(`<title>&#999999999999;&#xFFFFFFFFFF;&#0;&#xD800;&#x;&#;&;</title>`)),
    'document',
  );
  yield xml('endless reference', rss(item(`<title>&#${repeat('9', 1_000_000)};</title>`)), 'document');
  yield xml('unknown names', rss(item(`<title>${repeat('&nosuchname;', 300_000)}</title>`)), 'document');
  yield xml('bare ampersands', rss(item(`<title>${repeat('&', 2_000_000)}</title>`)));
  yield xml('ampersands in attributes', rss(item(`<a href="${repeat('&', 1_000_000)}"/>`)));

  yield xml('nested', rss(repeat('<a>', 200_000) + repeat('</a>', 200_000)), 'error');
  yield xml('unclosed', `<rss>${repeat('<a>', 200_000)}`, 'error');
  yield xml(
    'nested in a description',
    rss(item(`<description>${repeat('<a>', 200_000)}${repeat('</a>', 200_000)}</description>`)),
    'document',
  );
  yield xml(
    'nested xhtml',
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml">${repeat('<div>', 200_000)}${repeat('</div>', 200_000)}</content></entry></feed>`,
    'document',
  );
  yield xml('same name nested in itself', rss(item(repeat('<description>', 200_000))), 'document');
  yield xml('items in items', rss(repeat('<item>', 200_000)));
  yield xml('ends without starts', rss(repeat('</item>', 300_000)));
  yield xml('nested html', `<html><body>${repeat('<div>', 300_000)}`, 'error');

  yield xml('attributes', rss(`<a ${Array.from({ length: n(100_000) }, (_, i) => `a${i}="1"`).join(' ')}/>`), 'error');
  yield xml('namespaces', rss(Array.from({ length: n(60_000) }, (_, i) => `<a xmlns:p${i}="urn:${i}"/>`).join('')));
  yield xml('distinct names', rss(Array.from({ length: n(300_000) }, (_, i) => `<a${i}/>`).join('')));
  yield xml('long name', rss(`<${repeat('a', 1_000_000)}/>`), 'error');
  yield xml('long attribute name', rss(`<a ${repeat('a', 1_000_000)}="1"/>`), 'error');
  yield xml('long attribute', rss(item(`<guid isPermaLink="${repeat('x', 5_000_000)}">1</guid>`)), 'error');
  yield xml('quotes never closed', rss(repeat('<a b="', 300_000)));
  yield xml('tags never closed', rss(repeat('<a ', 500_000)), 'error');
  yield xml('signs', rss(item(`<title>${repeat('< ', 2_000_000)}</title>`)));
  yield xml('only signs', repeat('<', 5_000_000), 'error');
  yield xml('only ends', repeat('</', 3_000_000), 'error');
  yield xml('only declarations', repeat('<!', 3_000_000), 'error');
  yield xml('only instructions', repeat('<?', 3_000_000), 'error');
  yield xml('only comments', repeat('<!--', 2_000_000), 'error');
  yield xml('only cdata', rss(item(`<title>${repeat('<![CDATA[', 500_000)}</title>`)));

  yield xml('comment', rss(`<!--${repeat('x', 9_000_000)}-->${item('')}`), 'document');
  yield xml('comment never closed', rss(`<!--${repeat('x', 9_000_000)}`));
  yield xml('cdata', rss(item(`<description><![CDATA[${repeat('x', 9_000_000)}]]></description>`)), 'document');
  yield xml(
    'cdata never closed',
    `<rss><channel>${item('')}<item><title>x</title><description><![CDATA[${repeat('x', 5_000_000)}`,
    'document',
  );
  yield xml(
    'cdata of signs',
    rss(item(`<description><![CDATA[${repeat('<', 5_000_000)}]]></description>`)),
    'document',
  );
  yield xml('instruction', rss(`<?x ${repeat('x', 9_000_000)}?>${item('')}`), 'document');
  yield xml('title', rss(item('').replace('Een', repeat('<b x="', 500_000))));
  yield xml('markup in a title', rss(`<item><title><![CDATA[${repeat('<!--', 500_000)}]]></title></item>`));
  yield xml('author', rss(item(`<author>${repeat('(a@', 500_000)}</author>`)), 'document');
  yield xml('date', rss(item(`<pubDate>${repeat('1 jan ', 500_000)}</pubDate>`)), 'document');
  yield xml(
    'link',
    rss(`<item><link>https://a.example/${repeat(' /', 2_000_000)}</link><title>x</title></item>`),
    'document',
  );

  yield xml(
    'items',
    rss(Array.from({ length: n(300_000) }, (_, i) => `<item><guid>${i}</guid></item>`).join('')),
    'document',
  );
  yield xml('the same item', rss(repeat('<item><guid>1</guid><title>x</title></item>', 200_000)), 'document');
  yield xml(
    'damaged items',
    rss(Array.from({ length: n(100_000) }, (_, i) => `<item a=1><guid>${i}</guid></item>`).join('')),
  );
  yield xml('fields of one item', rss(item(repeat('<category>x</category>', 300_000))), 'document');
  yield xml('media of one item', rss(item(repeat('<enclosure url="https://a.example/1.mp3"/>', 150_000))), 'document');
  yield xml(
    'authors of one entry',
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>${repeat('<author><name>Jan</name></author>', 150_000)}</entry></feed>`,
    'document',
  );
  yield xml('hours', rss(`<skipHours>${repeat('<hour>5</hour>', 300_000)}</skipHours>${item('')}`), 'document');
  yield xml(
    'prototype',
    rss(
      item(
        '<__proto__><polluted>1</polluted></__proto__><constructor>1</constructor><prototype>2</prototype><toString>3</toString>',
      ),
    ),
    'document',
  );
  yield xml(
    'prototype attributes',
    rss(item('<guid __proto__="1" constructor="2" hasOwnProperty="3">x</guid>')),
    'document',
  );
  yield xml(
    'script addresses',
    rss('<item xml:base="javascript:alert(1)//"><title>x</title><link>javascript:alert(1)</link></item>'),
    'document',
  );

  const wide = (encoding: 'utf16le', text: string, mark: number[]): Uint8Array =>
    Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
  const small = rss(item('<description>Dijk</description>'));
  yield { name: 'utf-16 with mark', bytes: wide('utf16le', small, [0xff, 0xfe]), want: 'document' };
  yield { name: 'utf-16 without mark', bytes: wide('utf16le', small, []), want: 'document' };
  yield {
    name: 'utf-16, big end',
    bytes: wide('utf16le', small, []).map((_, i, all) => all[i ^ 1]!),
    want: 'document',
  };
  yield { name: 'utf-16 of odd length', bytes: wide('utf16le', small, [0xff, 0xfe]).subarray(0, -1), want: 'document' };
  yield {
    name: 'utf-16 halves',
    bytes: wide('utf16le', rss(item(`<description>\ud800${repeat('\udc00', 100_000)}</description>`)), [0xff, 0xfe]),
    want: 'document',
  };
  yield {
    name: 'utf-16 claimed, utf-8 sent',
    bytes: Buffer.from(small.replace('?>', ' encoding="utf-16"?>')),
    want: 'document',
  };
  yield {
    name: 'utf-16 mark, utf-8 sent',
    bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(small)]),
    want: 'error',
  };
  yield {
    name: 'utf-32',
    bytes: Buffer.concat([...small].map((c) => Buffer.from([c.charCodeAt(0), 0, 0, 0]))),
    want: 'document',
  };
  yield { name: 'utf-7', bytes: Buffer.from('+ADw-rss+AD4-'), contentType: 'text/xml; charset=utf-7', want: 'error' };
  yield { name: 'utf-7 declared', bytes: Buffer.from(small.replace('?>', ' encoding="UTF-7"?>')), want: 'error' };
  yield { name: 'ebcdic', bytes: Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40]), want: 'error' };
  yield {
    name: 'bogus charset',
    bytes: Buffer.from(small),
    contentType: `text/xml; charset=${'x'.repeat(10_000)}`,
    want: 'document',
  };
  yield {
    name: 'nul bytes',
    bytes: Buffer.from(rss(item(`<description>${repeat('\0', 1_000_000)}Dijk</description>`))),
    want: 'document',
  };
  yield { name: 'marks', bytes: Buffer.from(`\ufeff\ufeff\ufeff${small}`), want: 'document' };
  yield {
    name: 'invalid bytes',
    bytes: Buffer.concat([Buffer.from(small), Buffer.alloc(n(5_000_000), 0xff)]),
    want: 'document',
  };
  yield {
    name: 'binary',
    bytes: Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) & 255)),
    want: 'error',
  };
  yield { name: 'gzip bomb', bytes: gzipSync(Buffer.alloc(60_000_000, 32)), want: 'error' };
  yield { name: 'gzip in gzip', bytes: gzipSync(gzipSync(Buffer.from(small))), want: 'error' };
  yield { name: 'damaged gzip', bytes: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), want: 'error' };
  yield { name: 'only spaces', bytes: Buffer.alloc(n(9_000_000), 32), want: 'error' };

  const json = (items: string): string =>
    `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[${items}]}`;
  yield xml('json, deep', json(repeat('[', 1_000_000)), 'error');
  yield xml('json, deep objects', json(repeat('{"a":', 500_000)), 'error');
  yield xml('json, items', json(Array.from({ length: n(200_000) }, (_, i) => `{"id":"${i}"}`).join()), 'document');
  yield xml(
    'json, numbers',
    json(`{"id":1e400,"title":"x","attachments":[{"url":"https://a.example/a","size_in_bytes":1e999}]}`),
    'document',
  );
  yield xml(
    'json, prototype',
    json('{"id":"1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    'document',
  );
  yield xml('json, wrong types', json('null,1,"x",[],{"id":{},"title":[],"authors":7,"attachments":{}}'), 'document');
  yield xml('json, text', json(`{"id":"1","content_html":"${repeat('<', 5_000_000)}"}`), 'document');
  yield xml('json, halves', json('{"id":"1","title":"\\ud800","content_text":"\\udc00\\u0000"}'), 'document');
  yield xml('json, never closed', `{"items":["${repeat('\\"', 3_000_000)}`, 'error');
}
