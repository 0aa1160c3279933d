import { createHash } from 'node:crypto';
import type pg from 'pg';
import { connect } from './backup.ts';
import { BackupError, End, formatVersion, Header, TableEnd, TableLine } from './backup-format.ts';
import { type BackupReader, readBackup } from './backup-reader.ts';
import { copyIn } from './copy.ts';
import { applyMigration, migrationLock, migrationNames } from './migrate.ts';
import { partitionStatement } from './partitions.ts';

export type RestoreReport = { tables: number; rows: number; madeAt: string };

/**
 * Puts a backup into an empty database: all of it or nothing. Throws BackupError, in a sentence, when the file is damaged or of a newer
 * version, or the database is not empty. What was erased after the backup was made is to be erased again afterwards
 * (storage/replay-erasures.ts), here or at the next start.
 */
export async function restoreBackup(databaseUrl: string, file: string): Promise<RestoreReport> {
  const backup = readBackup(file);
  const header = await backup.line(Header);
  await checkVersions(header);
  const client = await connect(databaseUrl);
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query('begin');
    await checkEmpty(client);
    for (const name of header.migrations) await applyMigration(client, name);
    for (const month of header.months) await client.query(partitionStatement(month));
    const counts = await load(client, backup, file);
    await client.query('commit');
    await client.query('analyze');
    return { ...counts, madeAt: header.madeAt };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkVersions({ version, migrations }: typeof Header._output): Promise<void> {
  const known = await migrationNames();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (version > formatVersion || unknown.length > 0)
    throw new BackupError('The backup was made by a newer version: upgrade Buitenwacht, then restore.');
  if (known.slice(0, migrations.length).some((name, index) => name !== migrations[index]))
    throw new BackupError(
      'The backup was made by a version whose tables were made otherwise: restore it with that one.',
    );
}

async function checkEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ count: number }>(`
    select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'auth')
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`);
  if (rows[0]!.count > 0)
    throw new BackupError(`The database is not empty (${rows[0]!.count} tables): a backup goes into a new one only.`);
}

async function load(client: pg.Client, backup: BackupReader, file: string): Promise<{ tables: number; rows: number }> {
  let [tables, rows] = [0, 0];
  const emptied = new Set<string>();
  for (;;) {
    const next = await backup.line(TableLine.or(End));
    if ('table' in next) {
      // What the migrations put there themselves stands in the backup too.
      if (emptied.size === 0) await emptyAll(client, emptied);
      rows += await loadTable(client, backup, next, file);
      tables += 1;
      continue;
    }
    if (next.tables !== tables || !(await backup.isAtEnd())) throw new BackupError(`${file} is no whole backup.`);
    for (const [name, value] of Object.entries(next.sequences))
      await client.query('select setval($1::regclass, $2)', [name, value]);
    await endInvitations(client);
    return { tables, rows };
  }
}

/** An invitation that nobody had used when the backup was made may have been taken back since: it lets nobody in any more. */
async function endInvitations(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select from pg_class where oid = to_regclass('public.invitations')");
  if (rows.length > 0)
    await client.query('update invitations set revoked_at = now() where used_at is null and revoked_at is null');
}

/** Rows that stay: which migrations were done, and the one row that says where the change table begins. */
const keptRows = ['public.migrations', 'public.changes_horizon'];

async function emptyAll(client: pg.Client, emptied: Set<string>): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'auth')
        and n.nspname || '.' || c.relname <> all($1)`,
    [keptRows],
  );
  for (const { name } of rows) emptied.add(name);
  await client.query(`truncate ${[...emptied].join()}`);
}

async function loadTable(
  client: pg.Client,
  backup: BackupReader,
  { table, columns }: typeof TableLine._output,
  file: string,
): Promise<number> {
  const hash = createHash('sha256');
  async function* hashed() {
    for await (const chunk of backup.rows()) {
      hash.update(chunk);
      yield chunk;
    }
  }
  const rows = await copyIn(client, `copy ${table} (${columns.join()}) from stdin`, hashed()).catch(
    (cause: unknown) => {
      if (cause instanceof BackupError) throw cause;
      // Its message may quote a row.
      const code = (cause as { code?: string }).code ?? 'no answer';
      throw new BackupError(`The table ${table} of ${file} does not fit into the database (${code}).`, { cause });
    },
  );
  const end = await backup.line(TableEnd);
  if (end.rows !== rows || end.sha256 !== hash.digest('hex'))
    throw new BackupError(`${file} is damaged: the table ${table} is not as it was written.`);
  return rows;
}
