import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { type Journal, JournalError, type JournalLine } from './erasure-journal.ts';
import { createKeys } from './keys.ts';
import { withdraw } from './reply-writes.ts';
import { expireTexts, wipeErased, wipeStep } from './retention.ts';
import type { Tables } from './schema.ts';
import { refreshSearchWords } from './search-words.ts';
import { removeSource } from './sources.ts';

/** Any number that nobody else takes: one process replays at a time, the others wait. */
const replayLock = 0x6275_6979;
const newline = 10;
/** As far as we believe that clocks of our machines can be apart. */
const clocksApartMinutes = 10;

/**
 * Does again what the journal says was erased and this database has not done, because it was put back as it was before. Called
 * before anything is shown or polled. Safe to repeat and to cut off: how far it came is noted after it was done. Answers how many lines were done.
 */
export async function replayErasures(db: Database, journal: Journal): Promise<number> {
  return await db.connection().execute(async (connection) => {
    // Asked again and again: a statement that waits would run into the limit on statements.
    const isMine = async () =>
      (await sql<{ mine: boolean }>`select pg_try_advisory_lock(${replayLock}) as mine`.execute(connection)).rows[0]!
        .mine;
    while (!(await isMine())) await sleep(200);
    try {
      return await replayAll(db, journal);
    } finally {
      await sql`select pg_advisory_unlock(${replayLock})`.execute(connection);
    }
  });
}

async function replayAll(db: Database, { folder, installation }: Journal): Promise<number> {
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(`${installation}-`) && name.endsWith('.jsonl'),
  );
  const { rows } = await sql<{ file: string; applied: number }>`select file, applied from erasure_journals`.execute(db);
  const appliedOf = new Map(rows.map(({ file, applied }) => [file, applied]));
  let count = 0;
  for (const name of names.sort()) {
    const applied = appliedOf.get(name) ?? 0;
    const path = join(folder, name);
    if ((await stat(path)).size <= applied) continue;
    let end = applied;
    for await (const { line, end: lineEnd } of linesFrom(path, applied)) {
      await replayLine(db, readLine(line, path, end));
      end = lineEnd;
      count += 1;
    }
    await sql`
      insert into erasure_journals (file, applied) values (${name}, ${end})
      on conflict (file) do update set applied = greatest(erasure_journals.applied, excluded.applied)`.execute(db);
  }
  // A database that was put back also holds what is too old by now.
  if (count > 0) {
    await expireTexts(db, new Date());
    await refreshSearchWords(db);
  }
  return count;
}

/** Whole lines only: half a line at the end was cut off before anybody was told. */
async function* linesFrom(path: string, start: number): AsyncGenerator<{ line: Buffer; end: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let end = start;
  for await (const chunk of createReadStream(path, { start })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let at = rest.indexOf(newline); at >= 0; at = rest.indexOf(newline)) {
      end += at + 1;
      yield { line: rest.subarray(0, at), end };
      rest = rest.subarray(at + 1);
    }
  }
}

function readLine(line: Buffer, path: string, at: number): JournalLine {
  try {
    const read = JSON.parse(line.toString()) as JournalLine;
    if (Array.isArray(read.keys) && Array.isArray(read.refs) && !Number.isNaN(Date.parse(read.at))) return read;
  } catch {
    // Said below.
  }
  throw new JournalError(`The journal of erasures ${path} is damaged at byte ${at}: put that file back whole.`);
}

async function replayLine(db: Database, line: JournalLine): Promise<void> {
  switch (line.kind) {
    case 'mention':
      return await replayMentions(db, line);
    case 'author':
      await sql`insert into erased_authors (author_key)
        select decode(key, 'base64') from unnest(${line.keys}::text[]) key on conflict do nothing`.execute(db);
      await wipeErased(db);
      return;
    case 'source':
      return await replaySources(db, line);
    case 'reply':
      for (const id of await standingReplies(db, line)) await withdraw(db, id);
      return;
    default:
      throw new JournalError(`The journal of erasures speaks of a ${line.kind satisfies never}: upgrade Buitenwacht.`);
  }
}

/**
 * Only what went with its source comes back by right: of a source that was added after that, or of another that showed it later. The line bears the
 * time of the database and `fetched_at` that of whoever fetched it, so that one is compared with some room: what is wiped in doubt can be fetched
 * again. Everything else was never to come back, whatever a clock says.
 */
async function replayMentions(db: Database, { at, state, keys }: JournalLine): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select m.id from unnest(${keys}::text[]) u (key) join mention_keys k on k.key = decode(u.key, 'base64')
    join mentions m on m.id = k.mention_id left join sources s on s.id = m.source_id
    where m.state = 'live' and (${state !== 'removed'} or (coalesce(s.created_at <= ${at}::timestamptz, true)
      and m.fetched_at <= ${at}::timestamptz + ${clocksApartMinutes} * interval '1 minute'))`.execute(db);
  const ids = rows.map(({ id }) => id);
  const became = state as 'withdrawn' | 'erased' | 'expired' | 'removed';
  await wipeStep(db, ids, became, became === 'expired' || became === 'removed');
  // What this database never had may not come in either.
  if (became !== 'removed')
    await sql`insert into mention_keys (key) select decode(key, 'base64') from unnest(${keys}::text[]) key
      order by 1 on conflict do nothing`.execute(db);
}

async function replaySources(db: Database, { at, state, keys }: JournalLine): Promise<void> {
  const { secret } = await db.selectFrom('installation').select('secret').executeTakeFirstOrThrow();
  const { place: placeKey } = createKeys(secret);
  const { rows } = await sql<{ id: number; place: string }>`
    select id, place from sources where state <> 'removed' and created_at <= ${at}::timestamptz`.execute(db);
  const gone = new Set(keys.map((key) => Buffer.from(key, 'base64').toString('hex')));
  for (const { id, place } of rows) {
    if (gone.has(placeKey(place))) await removeSource(db, id, { mentions: state === 'with-mentions' });
  }
}

async function standingReplies(db: Kysely<Tables>, { at, refs }: JournalLine): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from replies where id = any(${refs}::bigint[]) and withdrawn_at is null
      and written_at <= ${at}::timestamptz order by 1`.execute(db);
  return rows.map(({ id }) => id);
}
