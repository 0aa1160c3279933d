import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Http, type HttpAnswer, HttpError, type HttpErrorReason } from '#platform/http.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { personHeader } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';

const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>De Waardbode</title><link>https://krant.example/</link>
  <language>nl</language>
  <item><guid>1</guid><title>Brug dicht</title><link>https://krant.example/1</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item>
  <item><guid>2</guid><title>Brug &lt;b&gt;open&lt;/b&gt;</title><link>javascript:alert(1)</link><pubDate>Thu, 19 Nov 2026 08:00:00 GMT</pubDate></item>
  </channel></rss>`;
const page = `<!doctype html><html><head><title>Krant</title>
  <link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Nieuws</body></html>`;

/** What stands outside, by address; anything else is a 404. */
const outside: Record<string, () => Promise<HttpAnswer>> = {
  'https://krant.example/feed.xml': () => answer('application/rss+xml', feed),
  'https://krant.example/': () => answer('text/html', page),
  'https://leeg.example/': () => answer('text/html', '<!doctype html><title>Leeg</title><p>Niets te volgen'),
  'https://stuk.example/': () => answer('text/html', 'x', 503),
  'https://fout500.example/': () => answer('text/html', 'x', 500),
  'https://thee.example/': () => answer('text/html', 'x', 418),
};
for (const reason of ['dns', 'port', 'private-address', 'contact-missing', 'timeout', 'busy'] as HttpErrorReason[])
  outside[`https://${reason}.example/`] = () => Promise.reject(new HttpError(reason, 'no', `${reason}.example`));
const release: (() => void)[] = [];
outside['https://traag.example/'] = () =>
  new Promise((_, reject) => release.push(() => reject(new HttpError('timeout', 'no'))));

async function answer(type: string, body: string, status = 200): Promise<HttpAnswer> {
  return { status, headers: { 'content-type': type }, body: new TextEncoder().encode(body), url: '' };
}
const http: Http = {
  request: async ({ url }) => {
    const href = String(url);
    const found = await (outside[href] ?? (() => answer('text/plain', 'none', 404)))();
    return { ...found, url: href };
  },
};

let it: TestApp;
beforeAll(async () => {
  it = await testApp(http);
});
afterAll(() => it.drop());

const preview = (address: string, headers = {}) => it.ask('POST', '/api/sources/preview', { address }, headers);
const add = (url: string, more = {}) =>
  it.ask('POST', '/api/sources', { connector: 'feed', settings: { url }, keeps: 'everything', ...more });

test('a pasted page shows what following it would bring, and a candidate goes back as it came', async () => {
  const { status, json } = await preview('krant.example');
  expect(status).toBe(200);
  expect(json).toMatchObject({ found: 'web-page', pageTitle: 'Krant', refused: [] });
  expect(json.candidates).toMatchObject([
    {
      connector: 'feed',
      title: 'De Waardbode',
      what: 'feed',
      language: 'nl',
      itemCount: 2,
      skipped: 0,
      existingId: null,
    },
  ]);
  const [candidate] = json.candidates;
  expect(candidate.samples.map((sample: { url: string }) => sample.url)).toEqual(['https://krant.example/1', null]);
  expect((await sql`select from sources`.execute(it.db)).rows).toHaveLength(0);
  const { connector, settings, title, kind } = candidate;
  const added = await it.ask('POST', '/api/sources', { connector, settings, label: title, kind, keeps: 'everything' });
  expect(added.status).toBe(201);
  expect(added.json).toMatchObject({ label: 'De Waardbode', place: 'https://krant.example/feed.xml', state: 'active' });
  expect(added.headers.get('location')).toBe(`/api/sources/${added.json.id}`);
  expect((await preview('krant.example')).json.candidates[0].existingId).toBe(added.json.id);
});

test('a source that is followed already is not added again, and which one it is, is told', async () => {
  const first = await add('https://dubbel.example/feed');
  const again = await add('https://dubbel.example/feed/', { label: 'Anders' });
  expect([again.status, again.json.code]).toEqual([409, 'source_exists']);
  expect(again.json.facts).toEqual({ existingId: first.json.id });
  expect((await it.ask('GET', `/api/sources/${first.json.id}`)).json.label).toBe(first.json.label);
});

test.each<[string, number, string, string]>([
  ['dns.example', 422, 'unreachable', 'We vonden deze naam niet: klopt het adres, en is er verbinding?'],
  ['timeout.example', 422, 'unreachable', 'De site antwoordde niet op tijd.'],
  [
    'private-address.example',
    422,
    'address_refused',
    'Dit adres ligt op een eigen of lokaal netwerk. FETCH_ALLOW kan het toestaan.',
  ],
  [
    'contact-missing.example',
    409,
    'contact_missing',
    'Openbare sites worden pas gelezen als CONTACT of PUBLIC_URL zegt wie er leest.',
  ],
  ['busy.example', 429, 'busy', 'Probeer het over enkele seconden nog eens.'],
  ['stuk.example', 422, 'unreachable', 'Dit adres gaf geen bruikbaar antwoord.'],
  ['kwijt.example', 422, 'not_a_feed', 'Op dit adres is geen pagina (404). Klopt het adres?'],
  ['fout500.example', 422, 'unreachable', 'De site heeft een storing.'],
  ['thee.example', 422, 'not_a_feed', 'De site antwoordde met een foutmelding.'],
  ['port.example', 422, 'address_refused', 'FETCH_ALLOW kan een andere toestaan.'],
  ['ftp://krant.example/', 422, 'address_refused', 'Dit is geen leesbaar adres.'],
  ['geen adres', 422, 'address_refused', 'Dit is geen leesbaar adres.'],
])('looking behind %s answers %i %s', async (address, status, code, sentence) => {
  const { json, ...refused } = await preview(address);
  expect([refused.status, json.code]).toEqual([status, code]);
  expect(`${json.detail} ${json.title}`).toContain(sentence);
  expect((await preview(address, { 'accept-language': 'en' })).json.detail).not.toBe(json.detail);
});

test('a page with nothing to follow says what was found instead', async () => {
  expect((await preview('leeg.example')).json).toMatchObject({ found: 'web-page', pageTitle: 'Leeg', candidates: [] });
});

test('four look at once; a fifth is asked to wait and the places come free', async () => {
  const slow = Array.from({ length: 4 }, () => preview('traag.example'));
  await expect.poll(() => release.length).toBe(4);
  const fifth = await preview('krant.example');
  expect([fifth.status, fifth.json.code, fifth.headers.get('retry-after')]).toEqual([429, 'busy', '5']);
  for (const let_ of release.splice(0)) let_();
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  expect((await preview('krant.example')).status).toBe(200);
});

test.each([
  [{ connector: 'telegraph' }, 'connector'],
  [{ connector: '__proto__' }, 'connector'],
  [{ settings: { url: 'javascript:alert(1)' } }, 'settings.url'],
  [{ settings: { url: 'https://a.example/\u0000' } }, 'settings'],
  [{ settings: { url: 'https://a.example/\ud800' } }, 'settings'],
  [{ settings: {} }, 'settings.url'],
  [{ keeps: 'nothing' }, 'keeps'],
  [{ label: '   ' }, 'label'],
  [{ label: 'a\u0000b' }, 'label'],
  [{ kind: 'krant' }, 'kind'],
])('a source like %j is refused by part', async (change, path) => {
  const { status, json } = await add('https://fout.example/feed', change);
  expect([status, json.code, json.errors[0].path]).toEqual([400, 'invalid_request', path]);
});

test('a place shows nothing secret, in the list or anywhere', async () => {
  await add('https://anna:geheim@besloten.example/feed?token=abc123&page=2', { label: 'Besloten' });
  const { text, json } = await it.ask('GET', '/api/sources');
  expect(text).not.toMatch(/geheim|abc123|anna/);
  expect(json.sources.find(({ label }: { label: string }) => label === 'Besloten').place).toContain('besloten.example');
});

test('the list tells health, pace and how much each brought', async () => {
  const { json: source } = await add('https://telling.example/feed', { label: 'Telling' });
  const id = it.ids.decode('source', source.id)!;
  for (let i = 0; i < 3; i += 1) await seedMention(it.db, { sourceId: id });
  const { mentionId } = await seedMention(it.db);
  await sql`insert into sightings values (${mentionId}, ${id}, now(), 'feed')`.execute(it.db);
  const recent = [1, 2].map((days) => Date.now() - days * 86_400_000);
  await sql`update sources set recent = ${recent}::bigint[] where id = ${id}`.execute(it.db);
  const listed = async () => {
    const { json } = await it.ask('GET', '/api/sources');
    return json.sources.find((one: { id: string }) => one.id === source.id);
  };
  // The list's counts may be a moment old; a source by itself is always counted anew.
  await expect.poll(listed).toMatchObject({ mentionCount: 4, perDay: 0.14 });
  expect((await it.ask('GET', `/api/sources/${source.id}`)).json).toMatchObject({ mentionCount: 4, perDay: 0.14 });
  const { json } = await it.ask('GET', '/api/sources');
  expect(json.contact).toBe(true);
  expect(json.sources.map(({ label }: { label: string }) => label.toLowerCase())).toEqual(
    json.sources.map(({ label }: { label: string }) => label.toLowerCase()).toSorted(),
  );
  const counted = Object.values(json.counts as Record<string, number>).reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(json.sources.length);
});

test('a source can be renamed, paused and resumed; a paused one is not polled', async () => {
  const { json } = await add('https://anders.example/feed');
  const path = `/api/sources/${json.id}`;
  const changed = await it.ask('PATCH', path, { label: ' Nieuwe naam ', kind: 'blog', state: 'paused' });
  expect(changed.json).toMatchObject({ label: 'Nieuwe naam', kind: 'blog', state: 'paused' });
  expect((await it.ask('POST', `${path}/poll`)).json.code).toBe('source_paused');
  expect((await it.ask('PATCH', path, { state: 'active' })).json).toMatchObject({
    label: 'Nieuwe naam',
    state: 'active',
  });
  expect((await it.ask('POST', `${path}/poll`)).status).toBe(202);
  expect((await it.ask('PATCH', path, { state: 'stopped' })).status).toBe(400);
  expect((await it.ask('PATCH', path, { place: 'x', id: 1 })).json).toMatchObject({ keeps: 'everything' });
  expect((await it.ask('PATCH', path, { keeps: 'matched' })).json).toMatchObject({ keeps: 'matched' });
  expect((await it.ask('PATCH', path, { label: 'Weer anders' })).json).toMatchObject({ keeps: 'matched' });
});

test('a source goes, with or without what it brought', async () => {
  for (const mentions of ['keep', 'remove'] as const) {
    const { json } = await add(`https://weg-${mentions}.example/feed`);
    const { threadId } = await seedMention(it.db, { sourceId: it.ids.decode('source', json.id)! });
    const thread = `/api/threads/${it.ids.encode('thread', threadId)}`;
    const path = `/api/sources/${json.id}`;
    expect((await it.ask('DELETE', `${path}?mentions=maybe`)).status).toBe(400);
    const gone = await it.ask('DELETE', `${path}?mentions=${mentions}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await it.ask('GET', path)).status).toBe(404);
    expect((await it.ask('DELETE', path)).status).toBe(404);
    expect((await it.ask('PATCH', path, { label: 'x' })).status).toBe(404);
    expect((await it.ask('POST', `${path}/poll`)).status).toBe(404);
    const { status, json: left } = await it.ask('GET', thread);
    if (mentions === 'keep')
      expect(left.mentions[0]).toMatchObject({ state: 'live', source: { label: 'weg-keep.example' } });
    else expect(status === 404 || left.mentions[0].text === null).toBe(true);
  }
});

const opml = `<?xml version="1.0"?>
<opml version="2.0"><body>
<outline text="Regio">
  <outline type="rss" text="Nieuw &amp; vers" xmlUrl="https://nieuw.example/feed" htmlUrl="javascript:alert(1)"/>
  <outline type="rss" text="Nog eens" xmlUrl="https://nieuw.example/feed"/>
</outline>
<outline type="rss" text="Fout" xmlUrl="ftp://x.example/feed"/>
<outline type="rss" text="Leeg" xmlUrl=""/>
<outline type="rss" text="Router" xmlUrl="http://192.168.1.1/feed"/>
<outline type="rss" text="Deze machine" xmlUrl="http://localhost/feed"/>
<outline type="rss" text="Vreemde poort" xmlUrl="https://nieuw.example:9200/feed"/>
</body></opml>`;

test('an OPML file adds what can be added and says of every other line why not', async () => {
  const { status, json } = await it.ask('POST', '/api/opml', opml, { 'content-type': 'text/x-opml' });
  expect(status).toBe(200);
  expect(json.added).toBe(1);
  expect(json.lines).toMatchObject([
    { line: 4, title: 'Nieuw & vers', result: 'added', reason: null },
    { line: 5, result: 'exists' },
    { line: 7, result: 'invalid', reason: 'scheme' },
    { line: 8, result: 'invalid', reason: 'no-address' },
    { line: 9, result: 'invalid', reason: 'private-address' },
    { line: 10, result: 'invalid', reason: 'private-address' },
    { line: 11, result: 'invalid', reason: 'port' },
  ]);
  const { json: list } = await it.ask('GET', '/api/sources');
  expect(list.sources.find(({ label }: { label: string }) => label === 'Nieuw & vers')).toMatchObject({
    folder: 'Regio',
    homeUrl: null,
  });
});

test('an OPML file can come from a form, and what goes out comes in again', async () => {
  const out = await it.ask('GET', '/api/opml');
  expect(out.headers.get('content-type')).toContain('text/x-opml');
  expect(out.headers.get('content-disposition')).toContain('attachment');
  expect(out.text).toContain('https://krant.example/feed.xml');
  const form = new FormData();
  form.append('file', new File([out.text], 'mijn.opml'));
  const back = await sendForm(form);
  const told = (await back.json()) as { added: number; lines: { result: string }[] };
  expect(told.added).toBe(0);
  expect(new Set(told.lines.map(({ result }) => result))).toEqual(new Set(['exists']));
});

const sendForm = (body: FormData) =>
  it.app.request('http://localhost/api/opml', {
    method: 'POST',
    body,
    headers: { [personHeader]: String(it.colleague.id) },
  });

test('whether a source has a desk follows from its kind, until somebody says it', async () => {
  const add = (name: string, more: object) =>
    it.ask('POST', '/api/sources', {
      connector: 'feed',
      settings: { url: `https://${name}.example/feed.xml` },
      keeps: 'everything',
      ...more,
    });
  expect((await add('balie-forum', { kind: 'forum' })).json.desk).toBe(true);
  const { json } = await add('balie-krant', { kind: 'news' });
  expect(json.desk).toBe(false);
  expect((await add('balie-blog', { kind: 'blog', desk: true })).json.desk).toBe(true);
  expect((await it.ask('PATCH', `/api/sources/${json.id}`, { desk: true })).json.desk).toBe(true);
  expect((await it.ask('PATCH', `/api/sources/${json.id}`, { kind: 'blog' })).json.desk).toBe(true);
});

test('what is no OPML, no file, too large or of another kind is refused', async () => {
  const send = async (body: string, type: string) => {
    const { status, json } = await it.ask('POST', '/api/opml', body, { 'content-type': type });
    if (status === 400 && type.endsWith('xml'))
      expect(json.detail).toMatch(/^(Dit is geen OPML-bestand\.|.* DOCTYPE .*)$/);
    return [status, json.code];
  };
  expect(await send('<html></html>', 'text/xml')).toEqual([400, 'invalid_request']);
  expect(await send('', 'text/xml')).toEqual([400, 'invalid_request']);
  expect(await send('<!DOCTYPE x><opml></opml>', 'application/xml')).toEqual([400, 'invalid_request']);
  expect(await send(opml, 'application/json')).toEqual([415, 'unsupported_media_type']);
  expect(await send(opml, '')).toEqual([415, 'unsupported_media_type']);
  expect(await send(' '.repeat(2 * 1024 * 1024 + 1), 'text/xml')).toEqual([413, 'too_large']);
  expect(await send('--x\r\n\r\n--x--', 'multipart/form-data; boundary=x')).toEqual([400, 'invalid_request']);
  const form = new FormData();
  form.append('file', 'geen bestand');
  const answer = await sendForm(form);
  expect(answer.status).toBe(400);
});

test('a place longer than the database can keep apart is refused as settings that do not fit', async () => {
  const path = Array.from({ length: 1_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join('');
  const labels = Array.from({ length: 80 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex').slice(0, 60));
  for (const [connector, settings] of [
    ['feed', { url: `https://krant.example/${path}` }],
    ['mastodon', { server: `${labels.join('.')}.nl`, hashtag: 'sluis' }],
  ] as const) {
    const { status, json } = await it.ask('POST', '/api/sources', { connector, settings, keeps: 'everything' });
    expect([status, json.code]).toEqual([400, 'invalid_request']);
  }
});

test('what the database cannot hold in one line of an OPML file costs no other line', async () => {
  const bad =
    '<outline text="nul \0&#0;&#xD800;"><outline type="rss" text="a\0b&#0;" xmlUrl="https://nul.example/\0a" htmlUrl="https://nul.example/\0"/></outline>';
  const good = '<outline type="rss" text="Goed" xmlUrl="https://goed.example/feed"/>';
  const send = (body: string) => it.ask('POST', '/api/opml', body, { 'content-type': 'text/xml' });
  const { status, json } = await send(`<opml version="2.0"><body>${bad}${good}</body></opml>`);
  expect([status, json.lines?.at(-1)]).toMatchObject([200, { title: 'Goed', result: 'added' }]);
});
