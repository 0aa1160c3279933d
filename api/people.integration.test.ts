import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPerson, setPassword } from '#storage/accounts.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { seedPerson } from '#test/people.ts';

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.drop());

const pathOf = (id: number) => `/api/people/${api.ids.encode('person', id)}`;
const names = async (q: string, more = '') =>
  (await api.ask('GET', `/api/people/names?q=${encodeURIComponent(q)}${more}`)).json.people.map(
    ({ name }: { name: string }) => name,
  );

describe('me', () => {
  test('shows who signed in, with the rights of their role', async () => {
    const manager = await seedPerson(api.db, { name: 'Noor', role: 'manager' });
    const { status, json } = await api.as(manager)('GET', '/api/me');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: 'Noor',
      role: 'manager',
      rights: ['member', 'colleague', 'figures'],
      language: null,
    });
  });

  test('changes name, language and theme, each apart; null follows the browser again', async () => {
    const person = await seedPerson(api.db);
    const me = api.as(person);
    expect((await me('PATCH', '/api/me', { language: 'en', theme: 'dark' })).json).toMatchObject({
      name: person.name,
      language: 'en',
      theme: 'dark',
    });
    const { json } = await me('PATCH', '/api/me', { name: '  Sanne  ', theme: null });
    expect(json).toMatchObject({ name: 'Sanne', language: 'en', theme: null });
    expect((await me('PATCH', '/api/me', {})).json).toEqual(json);
  });

  test('a role or another address cannot be given to oneself', async () => {
    const person = await seedPerson(api.db);
    const { json } = await api.as(person)('PATCH', '/api/me', { role: 'administrator', email: 'a@b.example' });
    expect(json).toMatchObject({ role: 'employee', email: expect.stringContaining('@lindewaard.example') });
  });
});

describe('names', () => {
  test('are found by the beginning of any word, without accents or case', async () => {
    await seedPerson(api.db, { name: 'Zoë van ’t Hof-Šmit' });
    await seedPerson(api.db, { name: 'Bjørn Çelik' });
    for (const q of ['zoe', 'ZOË', 'hof', 'smi', 'van t', 'hof zo'])
      expect(await names(q)).toEqual(['Zoë van ’t Hof-Šmit']);
    expect(await names('bjor')).toEqual(['Bjørn Çelik']);
    expect(await names('çel')).toEqual(['Bjørn Çelik']);
    for (const q of ['oe', 'mit', '%', 'zoe x', '_oe']) expect(await names(q)).not.toContain('Zoë van ’t Hof-Šmit');
  });

  test('at most twenty, by name, and none of who left', async () => {
    for (let i = 0; i < 25; i += 1) await seedPerson(api.db, { name: `Veel ${String.fromCharCode(90 - i)}` });
    const gone = await seedPerson(api.db, { name: 'Veel A' });
    await api.ask('PATCH', pathOf(gone.id), { active: false });
    const found = await names('veel');
    expect(found).toHaveLength(20);
    expect(found).toEqual([...found].sort());
    expect(found).not.toContain('Veel A');
  });

  test('with a right only those whose role has it', async () => {
    await seedPerson(api.db, { name: 'Desk Een', role: 'communication' });
    await seedPerson(api.db, { name: 'Desk Twee', role: 'manager' });
    expect(await names('desk', '&right=desk')).toEqual(['Desk Een']);
  });
});

describe('people', () => {
  test('a colleague is added with a link that leads to where the administrator is', async () => {
    const asked = await api.ask('POST', '/api/people', { name: 'Ada', email: 'Ada@stad.example', role: 'manager' });
    expect(asked.status).toBe(201);
    expect(asked.json.person).toMatchObject({
      name: 'Ada',
      email: 'ada@stad.example',
      state: 'invited',
      lastSeenOn: null,
    });
    expect(asked.json.link.url).toMatch(/^http:\/\/localhost\/links\/[A-Za-z0-9_-]{43}$/);
    const days = (Date.parse(asked.json.link.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    const behindProxy = await api.ask(
      'POST',
      '/api/people',
      { name: 'Bea', email: 'bea@stad.example', role: 'employee' },
      { host: '10.0.0.5', origin: 'https://10.0.0.5' },
    );
    expect(behindProxy.json.link.url).toMatch(/^https:\/\/10\.0\.0\.5\/links\//);
  });

  test('an address that exists is refused, whatever its case, and nobody is added', async () => {
    await api.ask('POST', '/api/people', { name: 'Eva', email: 'eva@stad.example', role: 'employee' });
    const before = (await api.ask('GET', '/api/people')).json.people.length;
    const again = await api.ask('POST', '/api/people', { name: 'X', email: 'EVA@stad.example', role: 'employee' });
    expect([again.status, again.json.code]).toEqual([409, 'email_exists']);
    expect((await api.ask('GET', '/api/people')).json.people).toHaveLength(before);
  });

  test('the list is by name, and tells who was invited and who left', async () => {
    const gone = await seedPerson(api.db, { name: 'Éva Weg' });
    await api.ask('PATCH', pathOf(gone.id), { active: false });
    const { people } = (await api.ask('GET', '/api/people')).json as { people: { name: string; state: string }[] };
    expect(people.find(({ name }) => name === 'Éva Weg')?.state).toBe('deactivated');
    const place = (name: string) => people.findIndex((person) => person.name === name);
    expect(place('Eva')).toBeLessThan(place('Éva Weg'));
    expect(place('Éva Weg')).toBeLessThan(place('Noor'));
  });

  test('is renamed and given another role; an id that never was is not there', async () => {
    const person = await seedPerson(api.db);
    const { json } = await api.ask('PATCH', pathOf(person.id), { name: 'Nieuw', role: 'communication' });
    expect(json).toMatchObject({ name: 'Nieuw', role: 'communication', state: 'invited' });
    expect((await api.ask('PATCH', pathOf(999_999), { role: 'manager' })).status).toBe(404);
    expect((await api.ask('POST', `${pathOf(999_999)}/link`)).status).toBe(404);
  });

  test('who left cannot do anything, has no link, and can be let in again', async () => {
    const person = await seedPerson(api.db);
    expect((await api.ask('PATCH', pathOf(person.id), { active: false })).json.state).toBe('deactivated');
    expect((await api.as(person)('GET', '/api/me')).status).toBe(401);
    expect((await api.ask('POST', `${pathOf(person.id)}/link`)).status).toBe(404);
    expect((await api.ask('PATCH', pathOf(person.id), { active: true })).json.state).toBe('invited');
    expect((await api.as(person)('GET', '/api/me')).status).toBe(200);
  });

  test('a new link is an invitation for who never came, a reset for who has a password', async () => {
    const person = await seedPerson(api.db);
    const daysOf = async () => {
      const { status, json } = await api.ask('POST', `${pathOf(person.id)}/link`);
      expect(status).toBe(201);
      return Math.round((Date.parse(json.expiresAt) - Date.now()) / 86_400_000);
    };
    expect(await daysOf()).toBe(7);
    await setPassword(api.db, person.id, 'hash');
    expect(await daysOf()).toBe(1);
  });
});

describe('the last administrator', () => {
  const administrators = async (count: number) => {
    const fresh = await testApp();
    const ids: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const email = `a${i}@stad.example`;
      ids.push((await createPerson(fresh.db, { name: `A${i}`, email, role: 'administrator', passwordHash: 'hash' }))!);
    }
    return { fresh, path: (i: number) => `/api/people/${fresh.ids.encode('person', ids[i]!)}` };
  };

  test('cannot leave or be made something else; one who never came in does not count', async () => {
    const { fresh, path } = await administrators(1);
    await seedPerson(fresh.db, { role: 'administrator' });
    for (const change of [{ active: false }, { role: 'manager' }]) {
      const refused = await fresh.ask('PATCH', path(0), change);
      expect([refused.status, refused.json.code]).toEqual([409, 'last_administrator']);
    }
    expect((await fresh.ask('PATCH', path(0), { name: 'Anders', role: 'administrator' })).status).toBe(200);
    await fresh.drop();
  });

  test('two who put each other out at the same moment: one stays', async () => {
    const { fresh, path } = await administrators(2);
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.all([0, 1].map((i) => fresh.ask('PATCH', path(i), { active: false })));
      expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409]);
      await Promise.all([0, 1].map((i) => fresh.ask('PATCH', path(i), { active: true })));
    }
    await fresh.drop();
  });
});
