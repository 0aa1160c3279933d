import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedSource } from '#test/seed.ts';
import { seedCircle } from '#test/seed-inside.ts';

let app: TestApp;
let joris: SeededPerson;
let samira: SeededPerson;
let desk: SeededPerson;

beforeAll(async () => {
  app = await testApp();
  joris = await seedPerson(app.db, { name: 'Joris' });
  samira = await seedPerson(app.db, { name: 'Samira' });
  desk = await seedPerson(app.db, { name: 'Ravi', role: 'communication' });
  await seedSource(app.db, 'Omroep Waardstreek');
  await seedCircle(app.db, 'Directieberaad');
  await seedTopic('Sluisbrug', 'all', 'sluisbrug OF "brug bij de sluis"');
  await seedTopic('Klokkenluider', 'desk', 'klokkenluider');
  await sql`insert into saved_searches (owner_id, name, query) values
    (${samira.id}, 'Mijn brug', 'bruggen')`.execute(app.db);
});
afterAll(() => app.drop());

async function seedTopic(name: string, audience: string, query: string): Promise<void> {
  await sql`
    with made as (insert into topics (name, kind, colour, legal_basis, audience, state, version)
      values (${name}, 'theme', 'teal', 'public-task', ${audience}, 'active', 1) returning id)
    insert into topic_versions (topic_id, version, query) select id, 1, ${query} from made`.execute(app.db);
}

const read = async (body: object, person = joris, language = 'nl') => {
  const answer = await app.as(person)('POST', '/api/query', body, { 'accept-language': language });
  expect(answer.status).toBe(200);
  return answer.json;
};
const codes = async (text: string, use: string, person = joris) =>
  (await read({ text, use }, person)).problems.map(({ code }: { code: string }) => code);

test('text becomes rows of words, and rows become the text', async () => {
  const text = '(Sluisbrug OF "brug bij de sluis") EN (dicht OF omleiding*) NIET "te koop" taal:nl';
  const answer = await read({ text });
  expect(answer).toMatchObject({ text, printed: text, problems: [] });
  expect(answer.builder).toEqual({
    any: ['Sluisbrug', '"brug bij de sluis"'],
    also: ['dicht', 'omleiding*'],
    not: ['"te koop"'],
    only: ['taal:nl'],
  });
  expect(answer.tokens.slice(0, 3)).toEqual([
    { kind: 'parenthesis', from: 0, to: 1 },
    { kind: 'word', from: 1, to: 10 },
    { kind: 'operator', from: 11, to: 13 },
  ]);
  expect((await read({ builder: answer.builder })).text).toBe(text);
  expect((await read({ builder: answer.builder, language: 'en' })).text).toBe(
    '(Sluisbrug OR "brug bij de sluis") AND (dicht OR omleiding*) NOT "te koop" lang:nl',
  );
  expect((await read({ builder: { any: ['brug dicht'], also: [], not: [], only: [] } })).text).toBe('"brug dicht"');
});

test('what is wrong is said in the language of who asks, with its place and what could stand there', async () => {
  const text = 'brug sentiment:boos';
  expect(await read({ text }, joris, 'en')).toMatchObject({
    printed: 'brug',
    builder: null,
    problems: [
      {
        code: 'value_unknown',
        severity: 'error',
        from: 15,
        to: 19,
        expected: ['negative', 'neutral', 'positive', 'unclear'],
        message: 'This cannot stand after sentiment:.',
      },
    ],
  });
  expect((await read({ text })).problems[0]).toMatchObject({
    expected: ['negatief', 'neutraal', 'positief', 'onduidelijk'],
    message: 'Dit kan niet achter sentiment: staan.',
  });
  // A note refuses nothing.
  expect(await read({ text: 'koffie & thee' })).toMatchObject({
    printed: 'koffie EN thee',
    problems: [{ code: 'ignored', severity: 'note' }],
    builder: { any: ['koffie'], also: ['thee'] },
  });
});

test('a topic may not ask what a search may', async () => {
  expect(await codes('brug is:open na:gisteren', 'standing')).toEqual(['not_standing', 'date_moves']);
  expect(await codes('brug is:open na:gisteren', 'search')).toEqual([]);
  expect(await codes('', 'standing')).toEqual(['empty']);
  expect(await codes('', 'search')).toEqual([]);
  expect(await codes('zoekvraag:Sluisbrug', 'standing')).toEqual([]);
  // Saved searches are somebody's own: a topic has none.
  expect(await codes('zoekvraag:"Mijn brug"', 'search', samira)).toEqual([]);
  expect(await codes('zoekvraag:"Mijn brug"', 'standing', samira)).toEqual(['unknown_query']);
});

test('names mean what one may see; what is hidden is as unknown as what never was', async () => {
  expect(await codes('bron:"omroep waardstreek" onderwerp:Sluisbrug', 'search')).toEqual([]);
  expect(await codes('onderwerp:Klokkenluider zoekvraag:Klokkenluider', 'search', desk)).toEqual([]);
  const hidden: [string, string][] = [
    ['onderwerp', 'Klokkenluider'],
    ['zoekvraag', 'Klokkenluider'],
    ['zoekvraag', 'Mijn brug'],
    ['in', 'Directieberaad'],
    ['in', 'balie'],
    ['in', 'desk'],
  ];
  for (const use of ['search', 'standing'])
    for (const [field, name] of hidden) {
      const never = [...name].reverse().join('');
      const answers = [name, never].map((each) => read({ text: `${field}:"${each}"`, use }));
      const [there, nowhere] = (await Promise.all(answers)).map((answer) => JSON.stringify(answer));
      expect(there).toBe(nowhere!.replaceAll(never, name));
      // Nor does a slip of the pen bring it up.
      expect(JSON.stringify(await read({ text: `${field}:"${name.slice(0, -2)}"`, use }))).not.toContain(name);
    }
});

test('whatever comes is answered, and what is no question is refused', async () => {
  expect((await read({ text: 'a'.repeat(8_001) })).problems).toMatchObject([{ code: 'too_long' }]);
  expect((await read({ text: `${'('.repeat(1_000)}a` })).problems).toMatchObject([{ code: 'too_deep' }]);
  expect((await read({ text: '\ud800 __proto__:x', use: 'search' })).problems.length).toBeGreaterThan(0);
  for (const body of [
    {},
    { text: 'a', builder: { any: [], also: [], not: [], only: [] } },
    { text: 'a\0' },
    { text: ['a'] },
    { text: 'a', use: 'rule' },
    { text: 'a'.repeat(20_001) },
    { builder: { any: ['a'] } },
  ])
    expect((await app.as(joris)('POST', '/api/query', body)).status).toBe(400);
});

test('the language stands on one page, in the language of who reads it', async () => {
  const page = async (language: string) =>
    (await app.as(joris)('GET', '/api/query/reference', undefined, { 'accept-language': language })).json;
  const [nl, en] = [await page('nl'), await page('en')];
  expect(nl.fields.map(({ name }: { name: string }) => name)).toContain('taal');
  expect(en.fields.map(({ name }: { name: string }) => name)).toContain('lang');
  expect(nl.fields).toHaveLength(en.fields.length);
  // Every example of the page is right.
  const examples = [
    ...nl.forms.map(({ write }: { write: string }) => write),
    ...nl.fields.map((field: { example: string }) => field.example),
  ];
  for (const text of examples) {
    const wrong = (await codes(text, 'search')).filter((code: string) => !code.startsWith('unknown_'));
    expect(wrong).toEqual([]);
  }
});
