import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import pg from 'pg';
import { BackupError, endOfRows, formatVersion, type Header, leftOut } from './backup-format.ts';
import { copyOut } from './copy.ts';

export type BackupReport = { tables: number; rows: number; bytes: number };

type Table = { name: string; fullName: string; columns: string[]; refersTo: string[] };

const blockBytes = 256 * 1024;

/**
 * Writes everything in a database to a new file, as it is at one moment, while the system goes on. Only its owner may read the
 * file: it holds what people wrote and how they sign in. Throws BackupError when there is such a file, or nothing to back up.
 */
export async function writeBackup(databaseUrl: string, file: string): Promise<BackupReport> {
  if (await stat(file).catch(() => null)) throw new BackupError(`${file} is there already: give another name.`);
  const client = await connect(databaseUrl);
  // Under another name until it is whole: half a backup is none.
  const part = `${file}.part`;
  try {
    const gzip = createGzip();
    const disk = createWriteStream(part, { mode: 0o600, flush: true });
    gzip.pipe(disk);
    gzip.on('error', (error) => disk.destroy(error));
    disk.on('error', (error) => gzip.destroy(error));
    const written = finished(disk);
    written.catch(() => undefined);
    const counts = await writeAll(client, gzip);
    gzip.end();
    await written;
    await rename(part, file);
    await syncFolderOf(file);
    return { ...counts, bytes: (await stat(file)).size };
  } finally {
    await client.end().catch(() => undefined);
    await rm(part, { force: true });
  }
}

/** A connection without limits of time, for what takes as long as there are rows. */
export async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'buitenwacht backup',
    keepAlive: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`select set_config(name, '0', false) from pg_settings
    where name in ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`);
  return client;
}

async function syncFolderOf(file: string): Promise<void> {
  const folder = await open(dirname(file)).catch(() => null);
  await folder?.sync().finally(() => folder.close());
}

async function writeAll(client: pg.Client, gzip: Gzip): Promise<{ tables: number; rows: number }> {
  // One moment for all of it. Without a number of its own such a transaction holds up nobody who reads the change table.
  await client.query('begin isolation level repeatable read read only');
  const { rows: done } = await client
    .query<{ name: string }>('select name from migrations order by name')
    .catch((cause: unknown) => {
      throw new BackupError('There is no Buitenwacht in this database.', { cause });
    });
  const tables = await tablesInOrder(client);
  const { rows: months } = await client.query<{ month: string }>(
    'select distinct month::text as month from mention_texts order by 1',
  );
  const header: typeof Header._input = {
    format: 'buitenwacht',
    version: formatVersion,
    madeAt: new Date().toISOString(),
    migrations: done.map(({ name }) => name),
    months: months.map(({ month }) => month).filter((month) => month >= '2000'),
  };
  await write(gzip, line(header));
  let rows = 0;
  for (const table of tables) rows += await writeTable(client, gzip, table);
  const { rows: sequences } = await client.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value as value from pg_sequences
      where schemaname in ('public', 'auth') and last_value is not null`,
  );
  const values = Object.fromEntries(sequences.map(({ name, value }) => [name, Number(value)]));
  await write(gzip, line({ end: true, tables: tables.length, sequences: values }));
  return { tables: tables.length, rows };
}

const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);

async function write(gzip: Gzip, bytes: Buffer): Promise<void> {
  if (!gzip.write(bytes)) await once(gzip, 'drain');
}

async function writeTable(client: pg.Client, gzip: Gzip, { name, columns }: Table): Promise<number> {
  await write(gzip, line({ table: name, columns }));
  const hash = createHash('sha256');
  let block: Buffer[] = [];
  let bytes = 0;
  let rows = 0;
  const writeBlock = () => {
    const whole = Buffer.concat(block);
    [block, bytes] = [[], 0];
    hash.update(whole);
    return write(gzip, whole);
  };
  await copyOut(client, `copy (select ${columns.join()} from ${name}) to stdout`, (row) => {
    rows += 1;
    bytes += row.length;
    block.push(Buffer.from(row));
    return bytes >= blockBytes ? writeBlock() : undefined;
  });
  await writeBlock();
  await write(gzip, endOfRows);
  await write(gzip, line({ rows, sha256: hash.digest('hex') }));
  return rows;
}

/** What refers to another table comes after it. Partitions are read through the table they belong to. */
async function tablesInOrder(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select format('%I.%I', n.nspname, c.relname) as name, n.nspname || '.' || c.relname as "fullName",
      array(select format('%I', a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct format('%I.%I', rn.nspname, r.relname) from pg_constraint f
        join pg_class r on r.oid = f.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as "refersTo"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'auth')
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by 1`);
  const waiting = rows.filter(({ fullName }) => !leftOut.has(fullName));
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ name }) => name));
    const next = waiting.findIndex(({ refersTo }) => refersTo.every((name) => !open.has(name)));
    if (next < 0) throw new Error(`Tables refer to each other in a ring: ${[...open].join(', ')}`);
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}
