import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PreparedMention } from '#domain/mention.ts';
import { addedSource, aMention, aSource } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { emptyDatabase, tablesWith } from '#test/other-database.ts';
import { seedPerson } from '#test/people.ts';
import { aPoll, brokenPromises, leased } from '#test/saving.ts';
import { writeBackup } from './backup.ts';
import type { Database } from './database.ts';
import { type Journal, JournalError, journalErasures, keepJournal, openJournal } from './erasure-journal.ts';
import { installationName, installationSecret } from './installation.ts';
import { createKeys, type Keys } from './keys.ts';
import { savePolls } from './mentions.ts';
import { putBack } from './put-back.ts';
import { replayErasures } from './replay-erasures.ts';
import { withdraw } from './reply-writes.ts';
import { restoreBackup } from './restore.ts';
import { eraseAuthor, expireTexts, withdrawMentions } from './retention.ts';
import { addSource, removeSource } from './sources.ts';

let database: FreshDatabase;
let db: Database;
let keys: Keys;
let folder: string;
let journal: Journal;

beforeEach(async () => {
  database = await freshDatabase();
  ({ db } = database);
  // Each test is an installation of its own.
  await sql`update installation set secret = sha256(gen_random_uuid()::text::bytea)`.execute(db);
  const secret = await installationSecret(db);
  keys = createKeys(secret);
  folder = mkdtempSync(join(tmpdir(), 'bw-journal-'));
  journal = await openJournal(join(folder, 'erasures'), installationName(secret));
  keepJournal(db, journal);
});
afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const journalFiles = () => readdirSync(journal.folder).map((name) => join(journal.folder, name));
const journalText = () =>
  journalFiles()
    .map((file) => readFileSync(file, 'utf8'))
    .join('');

/** Saves mentions fetched just now; answers their numbers in the same order. */
async function save(into: Database, sourceId: number, mentions: PreparedMention[], withdrawn: string[] = []) {
  const poll = aPoll(keys, sourceId, mentions, { withdrawn });
  for (const arrival of poll.arrivals) arrival.fetchedAt = new Date();
  await savePolls(into, keys, await leased(into, poll));
  const { rows } = await sql<{ id: number; externalId: string }>`
    select id, external_id as "externalId" from mentions`.execute(into);
  const ids = new Map(rows.map(({ id, externalId }) => [externalId, id]));
  return mentions.map(({ externalId }) => ids.get(externalId)!);
}

const said = (word: string, more: Partial<PreparedMention> = {}) =>
  aMention({ title: `Over ${word}`, text: `Wat ${word} betreft.`, ...more });

test('whatever was erased after a backup stays erased when the backup is restored', { timeout: 60_000 }, async () => {
  const source = await addedSource(db);
  const gone = await addedSource(db, { place: 'weg.example', label: 'Weg' });
  const author = { name: 'Zwartkop Jansen', handle: 'zwartkop' };
  const [kept, withdrawn, byAuthor, old] = await save(db, source, [
    said('blijfwoord'),
    said('intrekwoord'),
    said('auteurwoord', { author }),
    said('verlopenwoord'),
  ]);
  await save(db, source, [said('brongaf', { externalId: 'upstream' })]);
  await save(db, gone, [said('bronwoord')]);
  const person = await seedPerson(db);
  const { rows: replies } = await sql<{ id: number }>`
    insert into replies (thread_id, circle_id, person_id, text)
    select thread_id, 2, ${person.id}, 'Antwoordwoord' from mentions where id = ${kept!} returning id`.execute(db);
  await sql`insert into placements (thread_id, circle_id, sort_at, reply_count)
    select thread_id, 2, now(), 1 from mentions where id = ${kept!}`.execute(db);
  const file = join(folder, 'backup.gz');
  await writeBackup(database.url, file);

  await withdrawMentions(db, [withdrawn!]);
  expect(await eraseAuthor(db, byAuthor!)).toEqual({ erased: 1 });
  await sql`update mention_texts set expires_at = now() - interval '1 minute' where mention_id = ${old!}`.execute(db);
  await expireTexts(db, new Date());
  await save(db, source, [], [keys.mention('feed:1', 'upstream')]);
  await removeSource(db, gone, { mentions: true });
  await withdraw(db, replies[0]!.id);
  // What came after the backup, and was erased, is not let in again either.
  const [late] = await save(db, source, [said('laatwoord', { externalId: 'late' })]);
  await withdrawMentions(db, [late!]);

  const words = [
    'intrekwoord',
    'auteurwoord',
    'verlopenwoord',
    'brongaf',
    'bronwoord',
    'antwoordwoord',
    'zwartkop',
    'laatwoord',
  ];
  const other = await emptyDatabase();
  expect(await putBack(other.url, file, journal.folder)).toMatchObject({ erasedAgain: expect.any(Number) });
  for (const word of words) expect([word, await tablesWith(other.db, word)]).toEqual([word, []]);
  expect(await tablesWith(other.db, 'blijfwoord')).toContain('public.mention_texts');
  const broken = await brokenPromises(other.db);
  expect(broken.filter((one) => !one.includes('no change row'))).toEqual([]);

  const again = await addedSource(other.db, { place: 'elders.example' });
  await save(other.db, again, [
    said('laatwoord', { externalId: 'late' }),
    said('auteurwoord', { author }),
    said('brongaf', { externalId: 'upstream' }),
  ]);
  for (const word of words) expect([word, await tablesWith(other.db, word)]).toEqual([word, []]);
});

test('the journal holds keyed hashes: no words, no names, no addresses', async () => {
  const source = await addedSource(db);
  const [id] = await save(db, source, [
    said('geheimwoord', { externalId: 'nummer-7', author: { name: 'Zwartkop', handle: 'zwartkop' } }),
  ]);
  await eraseAuthor(db, id!);
  await removeSource(db, source, { mentions: false });
  const text = journalText();
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind),
  ).toEqual(['author', 'mention', 'source']);
  expect(text).not.toMatch(/geheimwoord|zwartkop|nummer-7|feed:1|krant|bron-/i);
  expect(await sql`select from erasures`.execute(db)).toMatchObject({ rows: [] });
});

test('an ordinary start has nothing to replay', async () => {
  const source = await addedSource(db);
  const ids = await save(db, source, [said('een'), said('twee')]);
  for (const id of ids) await withdrawMentions(db, [id]);
  expect(await replayErasures(db, journal)).toBe(0);
});

test('what came back by right stays: its source was removed, added again, and read again', async () => {
  const place = { place: 'terug.example' };
  const source = await addedSource(db, place);
  await save(db, source, [said('terugwoord', { externalId: 'terug' })]);
  await removeSource(db, source, { mentions: true });
  const { id } = await addSource(db, aSource(place));
  await save(db, id, [said('terugwoord', { externalId: 'terug' })]);
  await sql`delete from erasure_journals`.execute(db);
  expect(await replayErasures(db, journal)).toBeGreaterThan(0);
  expect(await tablesWith(db, 'terugwoord')).toContain('public.mention_texts');
});

test('what was erased is erased again also when the clock of who fetched it was ahead of that of the database', async () => {
  const source = await addedSource(db);
  const gone = await addedSource(db, { place: 'weg.example' });
  const [withdrawn] = await save(db, source, [said('intrekwoord')]);
  await save(db, gone, [said('bronwoord')]);
  await sql`update mentions set fetched_at = now() + interval '5 minutes'`.execute(db);
  const file = join(folder, 'backup.gz');
  await writeBackup(database.url, file);
  await withdrawMentions(db, [withdrawn!]);
  await removeSource(db, gone, { mentions: true });
  const other = await emptyDatabase();
  await putBack(other.url, file, journal.folder);
  for (const word of ['intrekwoord', 'bronwoord']) expect([word, await tablesWith(other.db, word)]).toEqual([word, []]);
});

test('an erasure that did not reach the journal is written by whoever comes next', async () => {
  const source = await addedSource(db);
  const [id] = await save(db, source, [said('later')]);
  const full: Journal = { ...journal, append: () => Promise.reject(new Error('ENOSPC')) };
  keepJournal(db, full);
  await expect(withdrawMentions(db, [id!])).rejects.toThrow('ENOSPC');
  expect(await tablesWith(db, 'later')).toEqual([]);
  expect(journalFiles()).toEqual([]);
  keepJournal(db, journal);
  await journalErasures(db);
  expect(journalText()).toContain('"withdrawn"');
});

test('several connections erase at once: every erasure is in the journal when it is acknowledged', async () => {
  const source = await addedSource(db);
  const ids = await save(
    db,
    source,
    Array.from({ length: 40 }, (_, n) => said(`woord${n}`)),
  );
  await Promise.all(
    ids.map(async (id) => {
      const externalId = await sql<{ key: string }>`
        select translate(encode(k.key, 'base64'), E'\n', '') as key from mention_keys k where mention_id = ${id}`.execute(
        db,
      );
      await withdrawMentions(db, [id]);
      expect(journalText()).toContain(externalId.rows[0]!.key);
    }),
  );
  expect(await replayErasures(db, journal)).toBe(0);
});

test('half a line at the end was never acknowledged; a damaged one stops the start; other installations are left alone', async () => {
  const source = await addedSource(db);
  const [id] = await save(db, source, [said('half')]);
  await withdrawMentions(db, [id!]);
  const [file] = journalFiles() as [string];
  appendFileSync(file, '{"at":"2026-');
  expect(await replayErasures(db, journal)).toBe(0);
  appendFileSync(file, '\n');
  await expect(replayErasures(db, journal)).rejects.toThrow(JournalError);
  rmSync(file);
  writeFileSync(join(journal.folder, 'ander-20260101.jsonl'), 'onzin\n');
  expect(await replayErasures(db, journal)).toBe(0);
});

test('a folder that cannot be written is said in a sentence', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  await expect(openJournal(join(file, 'below'), 'x')).rejects.toThrow(/cannot be written .*: set ERASURE_JOURNAL\.$/);
});

test('a replay that is cut off half way is done whole by the next', async () => {
  const source = await addedSource(db);
  const ids = await save(
    db,
    source,
    Array.from({ length: 30 }, (_, n) => said(`halfwoord${n}`)),
  );
  const file = join(folder, 'backup.gz');
  await writeBackup(database.url, file);
  for (const id of ids) await withdrawMentions(db, [id]);
  const other = await emptyDatabase();
  await restoreBackup(other.url, file);
  // The fifteenth erasure meets a database that refuses.
  await sql
    .raw(`create function refuse() returns trigger language plpgsql as $$ begin
    if (select count(*) from mentions where state <> 'live') >= 15 then raise 'no'; end if; return null; end $$`)
    .execute(other.db);
  await sql`create trigger refuse after update on mentions for each statement execute function refuse()`.execute(
    other.db,
  );
  await expect(replayErasures(other.db, journal)).rejects.toThrow('no');
  expect(await tablesWith(other.db, 'halfwoord')).not.toEqual([]);
  await sql`drop trigger refuse on mentions`.execute(other.db);
  expect(await replayErasures(other.db, journal)).toBe(30);
  expect(await tablesWith(other.db, 'halfwoord')).toEqual([]);
});
