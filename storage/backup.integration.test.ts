import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { allTables, emptyDatabase } from '#test/other-database.ts';
import { seedPerson } from '#test/people.ts';
import { brokenPromises, saved } from '#test/saving.ts';
import { audit } from './audit-log.ts';
import { writeBackup } from './backup.ts';
import { leftOut } from './backup-format.ts';
import type { Database } from './database.ts';
import { installationSecret } from './installation.ts';
import { createKeys, type Keys } from './keys.ts';
import { migrate } from './migrate.ts';
import { restoreBackup } from './restore.ts';

let database: FreshDatabase;
let folder: string;
let keys: Keys;
const newFile = () => join(folder, `${randomUUID()}.gz`);

// What COPY, lines and gzip could trip over.
const awkward = [
  'een\nregel',
  '\\.',
  'tab\there',
  'é 漢 👩‍👩‍👧',
  '\\N',
  'a\r\nb',
  '\\',
  '"{},\'',
  `lang ${'x'.repeat(300_000)}`,
];

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'bw-backup-'));
  const { db } = database;
  keys = createKeys(await installationSecret(db));
  const source = await addedSource(db);
  await saved(db, keys, source, [
    ...awkward.map((text) => aMention({ text })),
    aMention({ title: 'bewerkt', externalId: 'e' }),
  ]);
  await saved(db, keys, source, [aMention({ title: 'bewerkt', text: 'anders', externalId: 'e' })]);
  const person = await seedPerson(db);
  await sql`insert into replies (thread_id, circle_id, person_id, text) select id, 2, ${person.id}, 'Mooi' from threads`.execute(
    db,
  );
  const circle = await sql<{ id: number }>`
    insert into circles (kind, name, created_by) values ('closed', 'Stil', ${person.id}) returning id`.execute(db);
  const circleId = circle.rows[0]!.id;
  await sql`insert into memberships (circle_id, person_id, role) values (${circleId}, ${person.id}, 'host')`.execute(
    db,
  );
  await sql`insert into invitations (token_hash, circle_id, name, relation, reason, until, made_by, expires_at, used_at, used_by)
    values ('\\x01', ${circleId}, 'Jan', 'customer', 'Meedenken', today() + 9, ${person.id}, now() + interval '9 days', now(),
      ${person.id})`.execute(db);
  await audit(db, { personId: person.id, action: 'circle.opened', circleId });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

/** The change table begins anew. */
const broken = async (db: Database) => (await brokenPromises(db)).filter((one) => !one.includes('no change row'));

async function contents(db: Database): Promise<Record<string, string[]>> {
  const tables = (await allTables(db)).filter((name) => !leftOut.has(name) && !name.startsWith('bullmq'));
  const entries = tables.map(async (table) => {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(table)} t order by 1`.execute(db);
    return [table, rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

test('a backup restored is the same, row by row, and goes on counting where it was', async () => {
  const file = newFile();
  const report = await writeBackup(database.url, file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const other = await emptyDatabase();
  expect(await restoreBackup(other.url, file)).toMatchObject({ rows: report.rows, tables: report.tables });
  const there = await contents(other.db);
  expect(there).toEqual(await contents(database.db));
  expect(there['public.mention_texts']).toHaveLength(awkward.length + 2);
  expect(await broken(other.db)).toEqual([]);
  // The schema is up to date, the secret is the same, and new rows get new numbers.
  await migrate(other.url);
  expect(await installationSecret(other.db)).toEqual(await installationSecret(database.db));
  const next = await sql<{ id: number }>`select nextval('mentions_id_seq') as id`.execute(other.db);
  const last = await sql<{ id: number }>`select max(id) as id from mentions`.execute(database.db);
  expect(next.rows[0]!.id).toBeGreaterThan(last.rows[0]!.id);
  const source = await addedSource(other.db);
  expect(await saved(other.db, keys, source, [aMention()])).toMatchObject({ new: 1 });
});

test('a backup is of one moment, however much is written meanwhile', async () => {
  const busy = await freshDatabase();
  const source = await addedSource(busy.db);
  const own = createKeys(await installationSecret(busy.db));
  let isOver = false;
  const writing = (async () => {
    while (!isOver)
      await saved(
        busy.db,
        own,
        source,
        Array.from({ length: 20 }, () => aMention()),
      );
  })();
  try {
    const mentions = async (db: Database) =>
      (await sql<{ n: number }>`select count(*)::int as n from mentions`.execute(db)).rows[0]!.n;
    await expect.poll(() => mentions(busy.db), { timeout: 20_000 }).toBeGreaterThan(60);
    const file = newFile();
    await writeBackup(busy.url, file);
    const other = await emptyDatabase();
    await restoreBackup(other.url, file);
    expect(await broken(other.db)).toEqual([]);
    const n = await mentions(other.db);
    expect(n).toBeGreaterThan(60);
    expect(n % 20).toBe(0);
  } finally {
    isOver = true;
    await writing;
    await busy.drop();
  }
});

test('the audit log comes back, and stays what nobody can change', async () => {
  const file = newFile();
  await writeBackup(database.url, file);
  const other = await emptyDatabase();
  await restoreBackup(other.url, file);
  const { rows } = await sql<{ action: string }>`select action from audit_log`.execute(other.db);
  expect(rows).toEqual([{ action: 'circle.opened' }]);
  for (const statement of ["update audit_log set action = 'x'", 'delete from audit_log', 'truncate audit_log'])
    await expect(sql.raw(statement).execute(other.db)).rejects.toThrow('append-only');
  const today = await sql<{ today: string }>`select today()::text as today`.execute(other.db);
  expect(today.rows[0]!.today).toMatch(/^20/);
  // New lines get new numbers.
  await audit(other.db, { personId: null, action: 'member.left' });
});

test('what let somebody in is not in a backup', async () => {
  await sql`insert into auth."session" (id, "expiresAt", token, "updatedAt", "userId")
    select 's', now(), 'een-sessie', now(), id from auth."user" limit 1`.execute(database.db);
  const file = newFile();
  await writeBackup(database.url, file);
  expect(gunzipSync(readFileSync(file)).includes('een-sessie')).toBe(false);
});

test('an invitation that nobody had used lets nobody in after a restore', async () => {
  await sql`insert into invitations (token_hash, circle_id, name, relation, reason, until, made_by, expires_at)
    select '\\x02', circle_id, name, relation, reason, until, made_by, expires_at from invitations limit 1`.execute(
    database.db,
  );
  const file = newFile();
  await writeBackup(database.url, file);
  const other = await emptyDatabase();
  await restoreBackup(other.url, file);
  const open = await sql`select from invitations where used_at is null and revoked_at is null`.execute(other.db);
  expect(open.rows).toEqual([]);
});

describe('in a sentence is refused, and nothing is touched:', () => {
  let good: string;
  beforeAll(async () => {
    good = newFile();
    await writeBackup(database.url, good);
  });
  async function refused(file: string): Promise<string> {
    const other = await emptyDatabase();
    const error = await restoreBackup(other.url, file).then(
      () => new Error('restored'),
      (thrown: Error) => thrown,
    );
    expect(error.name).toBe('BackupError');
    expect(await allTables(other.db)).toEqual([]);
    return error.message;
  }
  const altered = (change: (text: string) => string) => {
    const file = newFile();
    writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(good)).toString())));
    return file;
  };

  test('a database with something in it', async () => {
    const other = await freshDatabase();
    await expect(restoreBackup(other.url, good)).rejects.toThrow(/^The database is not empty \(\d+ tables\): /);
    await other.drop();
  });
  test('a file that is not there, or no backup', async () => {
    expect(await refused(join(folder, 'nergens.gz'))).toMatch(/^There is no file /);
    const file = newFile();
    writeFileSync(file, 'hallo');
    expect(await refused(file)).toContain('is no backup, or it is damaged');
    writeFileSync(file, gzipSync('hallo\n'));
    expect(await refused(file)).toContain('is no backup that this version can read');
    writeFileSync(file, gzipSync('x'.repeat(3_000_000)));
    expect(await refused(file)).toContain('is no backup');
  });
  test.each([0.1, 0.5, 0.99])('a file that was cut off at %d of its length', async (part) => {
    const file = newFile();
    writeFileSync(file, readFileSync(good));
    truncateSync(file, Math.floor(statSync(file).size * part));
    expect(await refused(file)).toMatch(/damaged|too early/);
  });
  test('a file in which something was changed, lost or added', async () => {
    expect(await refused(altered((text) => text.replace('een\\nregel', 'een\\nander')))).toContain(
      'is not as it was written',
    );
    expect(await refused(altered((text) => text.replace(/\n[^\n]*een\\nregel[^\n]*/, '')))).toContain(
      'is not as it was written',
    );
    expect(await refused(altered((text) => text.replace(/\{"end"[^\n]*\n$/, '')))).toContain('ends too early');
    expect(await refused(altered((text) => `${text}meer\n`))).toContain('is no whole backup');
  });
  test('a backup of a newer version, or one that names what is not there', async () => {
    expect(await refused(altered((text) => text.replace('"version":1', '"version":2')))).toContain(
      'by a newer version',
    );
    expect(await refused(altered((text) => text.replace('.sql"]', '.sql","0999_later.sql"]')))).toContain(
      'by a newer version',
    );
    const other = altered((text) => text.replace('"table":"public.mentions"', '"table":"public.nergens"'));
    expect(await refused(other)).toContain('does not fit into the database (42P01)');
    const hostile = altered((text) => text.replace('"table":"public.mentions"', '"table":"pg_class; drop table x"'));
    expect(await refused(hostile)).toContain('is no backup that this version can read');
  });
  test('a file that would be written over', async () => {
    const bytes = readFileSync(good);
    await expect(writeBackup(database.url, good)).rejects.toThrow('is there already');
    expect(readFileSync(good).equals(bytes)).toBe(true);
  });
  test('a database that is no Buitenwacht', async () => {
    const file = newFile();
    await expect(writeBackup((await emptyDatabase()).url, file)).rejects.toThrow('There is no Buitenwacht');
    expect(() => statSync(file)).toThrow();
    expect(() => statSync(`${file}.part`)).toThrow();
  });
});
