import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corporaDir } from '#test/xss-payloads.ts';
import { SourceError } from './errors.ts';
import { readOpml, writeOpml } from './opml.ts';

const opml = (body: string): Uint8Array =>
  Buffer.from(`<?xml version="1.0"?>\n<opml version="2.0"><body>\n${body}\n</body></opml>`);
const reasonOf = (bytes: Uint8Array): string | undefined => {
  try {
    readOpml(bytes);
  } catch (error) {
    if (error instanceof SourceError) return error.detail.reason;
    throw error;
  }
  return undefined;
};

test('entries keep their line, their folders, and the title before the text', () => {
  const lines = readOpml(
    opml(`<outline text="Nieuws">
 <outline TEXT="Regio &amp; stad"><outline
    type="rss" text="kort" title="De Dijkbode" XMLURL="https://dijkbode.example/feed" htmlUrl="https://dijkbode.example/"/></outline>
</outline>
<outline type="rss" text="Los" xmlUrl="http://los.example/rss?a=1&amp;b=2"/>`),
  );
  expect(lines).toEqual([
    {
      title: 'De Dijkbode',
      folder: 'Nieuws / Regio & stad',
      xmlUrl: 'https://dijkbode.example/feed',
      htmlUrl: 'https://dijkbode.example/',
      line: 4,
    },
    { title: 'Los', folder: null, xmlUrl: 'http://los.example/rss?a=1&b=2', htmlUrl: null, line: 7 },
  ]);
});

test('a wrong entry is told by its line and a word, and costs only itself', () => {
  const lines = readOpml(
    opml(
      [
        '<outline type="rss" text="a" xmlUrl="not an address"/>',
        '<outline type="rss" text="b" xmlUrl="ftp://b.example/feed"/>',
        '<outline type="rss" text="c"/>',
        '<outline type="rss" text="d" xmlUrl="https://d.example/feed">',
        '<outline type="rss" text="e" xmlUrl="https://d.example/feed"/>',
        '<outline text="unquoted" xmlUrl=https://f.example/feed>',
        `<outline text="long" xmlUrl="https://g.example/${'x'.repeat(3000)}"/>`,
      ].join('\n'),
    ),
  );
  expect(lines.map(({ line, problem }) => [line, problem ?? 'fine'])).toEqual([
    [3, 'invalid-url'],
    [4, 'scheme'],
    [5, 'no-address'],
    [6, 'fine'],
    [7, 'repeated'],
    [8, 'fine'],
    [9, 'too-long'],
  ]);
});

test('what is too much, or no OPML, is refused quickly and in a word', () => {
  const began = performance.now();
  expect(reasonOf(opml('<outline xmlUrl="https://a.example"/>\n'.repeat(1_000_000)))).toBe('too-large');
  expect(reasonOf(opml('<outline/>'.repeat(100_000)))).toBe('too-large');
  expect(reasonOf(opml('<outline>'.repeat(200_000)))).toBe('too-deep');
  expect(reasonOf(opml('<outline '.repeat(200_000)))).toBe('too-deep');
  expect(reasonOf(opml('<!--'.repeat(400_000)))).toBeUndefined();
  expect(reasonOf(Buffer.from('<!DOCTYPE opml [<!ENTITY a "b">]><opml/>'))).toBe('doctype');
  expect(reasonOf(Buffer.from('<rss/>'))).toBe('not-opml');
  expect(performance.now() - began).toBeLessThan(1000);
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
test('what is written is read again, whatever stands in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ title: anyText, folder: fc.option(anyText), path: fc.webPath() }), { maxLength: 20 }),
      (list) => {
        const sources = list.map(({ title, folder, path }, i) => ({
          title,
          folder,
          xmlUrl: new URL(`https://s${i}.example${path}`).href,
          htmlUrl: null,
        }));
        const read = readOpml(Buffer.from(writeOpml('Bronnen & meer', sources, new Date(0))));
        expect(read.map(({ xmlUrl }) => xmlUrl).toSorted()).toEqual(sources.map(({ xmlUrl }) => xmlUrl).toSorted());
        const tidy = (text: string): string | null => text.replace(/\s+/g, ' ').trim() || null;
        for (const { title, folder, xmlUrl } of read) {
          const source = sources.find((one) => one.xmlUrl === xmlUrl)!;
          expect(title).toBe(tidy(source.title));
          expect(folder).toBe(tidy(source.folder ?? ''));
        }
      },
    ),
  );
});

const folder = join(corporaDir, 'opml');
describe.skipIf(!existsSync(folder))('subscription lists of real readers (CORPORA_DIR)', () => {
  test('every list is read and names feeds', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(opml|xml)$/.test(name),
    );
    const empty = files.filter((name) => readOpml(readFileSync(join(folder, name))).length === 0);
    const problems = files.flatMap((name) =>
      readOpml(readFileSync(join(folder, name))).flatMap(({ problem }) => problem ?? []),
    );
    console.log(
      `opml: ${files.length} files, problems ${JSON.stringify(
        Object.groupBy(problems, (word) => word),
        (_, v) => (Array.isArray(v) ? v.length : v),
      )}`,
    );
    expect(files.length).toBeGreaterThan(60);
    expect(empty).toEqual([]);
  });
});
