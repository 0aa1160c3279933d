import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { haveCorpora, isScriptAddress, survivorsIn, xssPayloads } from '#test/xss-payloads.ts';
import { normalise } from './normalise.ts';
import { sanitise } from './sanitise.ts';

const base = 'https://example.nl/nieuws/';
/** Seconds of work when the machine is free; FULL takes minutes. */
const timeout = process.env.FULL ? 600_000 : 60_000;
const safe = (html: string) => sanitise(html, base).html;

describe('safe HTML', () => {
  test('keeps text structure and drops everything else', () => {
    expect(safe('<p class="x" style="color:red" id=a onclick=x>a <em>b</em><br>c</p><script>d</script>')).toBe(
      '<p>a <em>b</em><br />c</p>',
    );
  });

  test('folds headings under those of the page', () => {
    expect(safe('<h1>a</h1><h2>b</h2><h3>c</h3><h5>d</h5>')).toBe('<h3>a</h3><h3>b</h3><h3>c</h3><h4>d</h4>');
  });

  test('makes links absolute, clean and harmless', () => {
    expect(safe('<a href="/a?utm_source=x&b=1" target=_blank>a</a>')).toBe(
      '<a href="https://example.nl/a?b=1" rel="noopener noreferrer nofollow ugc">a</a>',
    );
    expect(safe('<a href="mailto:a@b.nl">m</a>')).toContain('href="mailto:a@b.nl"');
  });

  test.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ftp://e.nl',
    'mailto:a@b.nl?body=x&cc=y',
    'http://',
  ])('keeps only the text of a link to %s', (href) => {
    const rest = sanitise(`<ul><li>x <a href="${href}">bad</a><li>y</ul>`, null).html;
    expect(rest).toBe('<ul><li>x bad</li><li>y</li></ul>');
  });

  test('names images and players in media and asks third parties nothing', () => {
    const { html, media } = sanitise(
      '<p>a<img src="b.png" alt="Een brug"><img src="https://t.example/p.gif" width=1 height=1></p><video><source src="//v.example/f.mp4"></video><iframe src="https://x.example/"></iframe><svg><image href="x"/></svg>',
      base,
    );
    expect(html).toBe('<p>a</p>');
    expect(media).toEqual([
      { type: 'image', url: 'https://example.nl/nieuws/b.png', alt: 'Een brug' },
      { type: 'video', url: 'https://v.example/f.mp4' },
    ]);
  });

  test('is bounded in length and depth, in bounded time', { timeout }, () => {
    const started = performance.now();
    for (const piece of [
      '<div>',
      '<ul><li>',
      '<svg><math>',
      '<a ',
      '<noscript>',
      '&#999999999999;',
      '<!--',
      '<table><tr><td>',
    ]) {
      const { html } = sanitise(piece.repeat(200_000), base);
      expect(html.length).toBeLessThan(100_000);
    }
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

/** Every tag of the output is one that loads nothing, and the only attributes are those of a link. */
const tagShape =
  /^<\/?(?:p|div|br|hr|a|[uo]l|li|d[ltd]|blockquote|q|cite|pre|code|h[34]|em|strong|[bius]|su[bp]|table|caption|t(?:head|body|foot|r|h|d))(?: \/)?>$|^<a href="(?:https?:\/\/|mailto:)[^"<>]*" rel="noopener noreferrer nofollow ugc">$/;
const asksNobody = (html: string) => (html.match(/<[^>]*>?/g) ?? []).every((tag) => tagShape.test(tag));

describe.skipIf(!haveCorpora)('published payloads (CORPORA_DIR)', () => {
  test('leave no survivor in any field of a mention', { timeout }, () => {
    const payloads = xssPayloads();
    expect(payloads.length).toBeGreaterThan(8_700);
    const harmful = payloads.filter(({ payload }) => survivorsIn(payload).length > 0);
    expect(harmful.length, 'the check sees what it is for').toBeGreaterThan(6_000);
    const context = { fetchedAt: new Date(), hostname: 'example.nl' };
    const left = payloads.filter(({ payload }) => {
      const mention = normalise(
        {
          externalId: payload,
          namespace: 'feed:1',
          kind: 'article',
          url: payload,
          title: payload,
          html: `<p>${payload}</p>`,
          baseUrl: base,
          author: { name: payload, handle: payload, url: payload },
          media: [{ type: 'image', url: payload, alt: payload }],
        },
        context,
      );
      const markup = mention.html ?? '';
      const addresses = [mention.canonicalUrl, mention.author?.url, ...mention.media.map(({ url }) => url)];
      return (
        survivorsIn(markup).length > 0 ||
        !asksNobody(markup) ||
        addresses.some((address) => address && (isScriptAddress(address) || !/^https?:\/\//.test(address)))
      );
    });
    expect(left).toEqual([]);
  });

  test('leave no survivor behind a base, a wrapper or a second pass', { timeout }, () => {
    for (const { payload } of xssPayloads().filter((_, index) => index % 5 === 0)) {
      const once = safe(`<table><svg><p>"'>${payload}`);
      expect(survivorsIn(once)).toEqual([]);
      expect(survivorsIn(safe(once))).toEqual([]);
    }
  });
});

test('markup of a grammar of our own leaves no survivor, nor after a second pass', { timeout }, () => {
  const tag = fc.constantFrom(
    'p',
    'a',
    'svg',
    'math',
    'style',
    'title',
    'textarea',
    'noscript',
    'template',
    'table',
    'mtext',
    'mglyph',
    'xmp',
    'iframe',
    'script',
    'img',
    'form',
    'select',
    'option',
    'foreignObject',
    'desc',
    'plaintext',
    'b',
    'li',
  );
  const attribute = fc.constantFrom(
    '',
    ' href=javascript:alert(1)',
    ' onload=alert(1)',
    ' src=x onerror=alert(1)',
    ' xlink:href="java&#9;script:alert(1)"',
    ' title="</style><img src onerror=alert(1)>"',
    " id='--><script>'",
    ' href="data:text/html,x"',
  );
  const piece = fc.oneof(
    fc.tuple(tag, attribute).map(([name, attributes]) => `<${name}${attributes}>`),
    tag.map((name) => `</${name}>`),
    fc.constantFrom('<!--', '-->', '<![CDATA[', ']]>', '&lt;script&gt;', '"', "'>", '\0', 'x', '</p ', '<a/href=//x '),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = safe(pieces.join(''));
      expect(survivorsIn(once)).toEqual([]);
      expect(asksNobody(once)).toBe(true);
      expect(survivorsIn(safe(once))).toEqual([]);
    }),
    { numRuns: process.env.FULL ? 50_000 : 1_000 },
  );
});
