import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { personHeader } from '#test/people.ts';

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.drop());

async function send(file: string | Uint8Array, { dry = false, language = 'nl', type = 'text/csv' } = {}) {
  const answer = await api.app.request(`/api/people/import?dry=${dry}`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'accept-language': language,
      origin: 'http://localhost',
      host: 'localhost',
      [personHeader]: String(api.colleague.id),
    },
    body: file as BodyInit,
  });
  return { status: answer.status, json: await answer.json() };
}
const people = async () => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from people`.execute(api.db);
  return rows[0]!.count;
};

test('a dry run tells what becomes of every line and changes nothing; then everybody comes in by their link', async () => {
  const file =
    '\uFEFFname;email;role;relation;since;until;department\r\n' +
    'Ada Vos;Ada@stad.example;manager;;2024-01-01;;"Inkoop; Beheer"\r\n\r\n=Bé;be@stad.example;;expert;;2090-01-01;\r\n';
  const before = await people();
  const dry = await send(file, { dry: true });
  expect(dry.json).toMatchObject({ dry: true, links: null, counts: { add: 2, known: 0, wrong: 0 } });
  expect(dry.json.lines.map(({ line, outcome }: { line: number; outcome: string }) => [line, outcome])).toEqual([
    [2, 'add'],
    [4, 'add'],
  ]);
  expect(await people()).toBe(before);

  const done = await send(file);
  expect(done.status).toBe(200);
  const rows = done.json.links.split('\r\n');
  expect(rows[0]).toBe('\uFEFFname,email,link,expires');
  expect(rows[1]).toMatch(/^Ada Vos,ada@stad\.example,http:\/\/localhost\/links\/[\w-]{43},20/);
  expect(rows[2]).toMatch(/^"'=Bé",/);
  const token = /links\/([\w-]{43})/.exec(rows[2])![1]!;
  const kept =
    await sql`select from person_links where token_hash = sha256(convert_to(${token}, 'UTF8')) and used_at is null`.execute(
      api.db,
    );
  expect(kept.rows).toHaveLength(1);
  const list = await api.ask('GET', '/api/people?search=inkoop');
  expect(list.json.people).toMatchObject([{ name: 'Ada Vos', role: 'manager', state: 'invited', colleague: true }]);
  const outside = await api.ask('GET', '/api/people?relation=expert&who=outsider');
  expect(outside.json.people).toMatchObject([
    { name: '=Bé', badges: [{ kind: 'expert', former: false }], colleague: false },
  ]);

  const again = await send(file);
  expect(again.json).toMatchObject({ counts: { add: 0, known: 2, wrong: 0 }, links: null });
  expect(await people()).toBe(before + 2);
});

test('with one mistake nothing is changed, and every mistake is told by line and column in both languages', async () => {
  const file =
    'name,email,role,relation,since,until,department\n' +
    'Wel Goed,wel@stad.example,,,,,\n' +
    ',geen-adres,baas,vriend,gisteren,2024-13-01,\n' +
    'Twee,wel@stad.example,,,2025-01-01,2024-01-01,\n' +
    'Kort,kort@stad.example\n';
  const before = await people();
  const dry = await send(file, { dry: true });
  expect(dry.json.counts).toEqual({ add: 1, known: 0, wrong: 3 });
  const dutch = await send(file);
  expect([dutch.status, dutch.json.code]).toEqual([422, 'import_refused']);
  const paths = dutch.json.errors.map(({ path }: { path: string }) => path);
  expect(paths).toEqual([
    ...['name', 'email', 'role', 'relation', 'since', 'until'].map((column) => `3.${column}`),
    '4.email',
    '4.until',
    '5',
  ]);
  expect(dutch.json.errors[1].message).toBe('Dit is geen e-mailadres.');
  expect((await send(file, { language: 'en' })).json.errors[1].message).toBe('This is not an e-mail address.');
  expect(await people()).toBe(before);
});

test('a file that is no list of people is told as a whole', async () => {
  const codes = async (file: string | Uint8Array) =>
    (await send(file, { dry: true })).json.lines.flatMap(
      ({ line, mistakes }: { line: number; mistakes: { column: string; code: string }[] }) =>
        mistakes.map(({ column, code }) => `${line} ${column} ${code}`),
    );
  expect(await codes('')).toEqual(['1  empty']);
  expect(await codes('name,email\n')).toEqual(['1  empty']);
  expect(await codes('naam,email\nA,a@b.nl\n')).toEqual(['1 name column-missing', '1 naam column-unknown']);
  expect(await codes('name,email,email\nA,a@b.nl,x\n')).toEqual(['1 email column-unknown']);
  expect(await codes(new Uint8Array([0x6e, 0xeb, 0x0a]))).toEqual(['1  not-text']);
  expect(await codes(`name,email\n${'A,a@b.nl\n'.repeat(2_001)}`)).toEqual(['2002  too-many-lines']);
  expect((await send('name,email\n', { type: 'text/plain' })).status).toBe(415);
  expect((await send('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
});

test('two thousand lines are added at once', async () => {
  const lines = Array.from({ length: 2_000 }, (_, at) => `Persoon ${at},p${at}@veel.example`);
  const { status, json } = await send(`name,email\n${lines.join('\n')}`);
  expect([status, json.counts.add]).toEqual([200, 2_000]);
  const page = await api.ask('GET', '/api/people?search=veel');
  expect([page.json.people.length, page.json.total]).toEqual([200, 2_000]);
  const next = await api.ask('GET', `/api/people?search=veel&cursor=${page.json.cursor}`);
  const ids = new Set([...page.json.people, ...next.json.people].map(({ id }: { id: string }) => id));
  expect(ids.size).toBe(400);
  expect((await api.ask('GET', `/api/people?cursor=${page.json.cursor}`)).status).toBe(400);
});
