import { randomBytes } from 'node:crypto';
import { access, constants, type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { ErasureKind } from './erasures.ts';

/** What one line of a journal says: `keys` are keyed hashes in base64, `refs` numbers of replies. */
export type JournalLine = {
  /** When it was erased, by the clock of the database. */
  at: string;
  kind: ErasureKind;
  state: string | null;
  keys: string[];
  refs: number[];
};

export type Journal = {
  folder: string;
  /** Of whom: files of other installations in the same folder are left alone. */
  installation: string;
  /** Adds lines to this process's own file; resolves, when they are on the disk, to its name and size in bytes. */
  append: (lines: readonly JournalLine[]) => Promise<{ file: string; size: number }>;
  close: () => Promise<void>;
};

/** The folder of journals cannot be used: a sentence for whoever starts the program. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const mostPerStep = 5_000;
const keysPerLine = 500;

/**
 * The journal of erasures: files outside the database and its backups, one for each process that erased something, only ever added
 * to. Throws JournalError when the folder cannot be written.
 */
export async function openJournal(folder: string, installation: string): Promise<Journal> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new JournalError(`The folder for the journal of erasures cannot be written (${why}): set ERASURE_JOURNAL.`, {
      cause,
    });
  }
  let file: { name: string; handle: FileHandle; size: number } | null = null;

  async function ownFile() {
    const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const name = `${installation}-${time}-${randomBytes(4).toString('hex')}.jsonl`;
    const handle = await open(join(folder, name), 'ax', 0o600);
    const directory = await open(folder);
    await directory.sync().finally(() => directory.close());
    return { name, handle, size: 0 };
  }
  async function close() {
    const open = file;
    file = null;
    await open?.handle.close();
  }
  return {
    folder,
    installation,
    async append(lines) {
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      file ??= await ownFile();
      try {
        await file.handle.appendFile(bytes);
        await file.handle.sync();
      } catch (error) {
        // Half a line may be there: what comes next goes to another file.
        await close().catch(() => undefined);
        throw error;
      }
      file.size += bytes.length;
      return { file: file.name, size: file.size };
    },
    close,
  };
}

const journals = new WeakMap<Database, Journal>();
/** One writes after the other, so that what a database says of our file is what we wrote. */
const turns = new WeakMap<Journal, Promise<void>>();

/** From here on what is erased through these connections is written to the journal before anybody is told that it is done. */
export function keepJournal(db: Database, journal: Journal): void {
  journals.set(db, journal);
}

/**
 * Writes to the journal what was erased and is not in it yet; called after each transaction that erased something. Rejects when
 * that is not possible: the erasure stands, and is written by whoever comes next. Without a journal (a test) it stays noted.
 */
export async function journalErasures(db: Database): Promise<void> {
  const journal = journals.get(db);
  if (!journal) return;
  const mine = (turns.get(journal) ?? Promise.resolve()).then(() => writeAll(db, journal));
  turns.set(
    journal,
    mine.catch(() => undefined),
  );
  await mine;
}

async function writeAll(db: Database, journal: Journal): Promise<void> {
  for (let count = mostPerStep; count === mostPerStep; ) count = await writeSome(db, journal);
}

type Noted = {
  id: number;
  at: string;
  kind: ErasureKind;
  state: string | null;
  key: string | null;
  ref: number | null;
};

/** The rows go in the transaction that says how far the file is: cut off in between, they are written once more. */
async function writeSome(db: Database, journal: Journal): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<Noted>`
      select id, to_json(at) #>> '{}' as at, kind, state, translate(encode(key, 'base64'), E'\n', '') as key, ref
      from erasures order by id limit ${mostPerStep} for update`.execute(trx);
    if (rows.length === 0) return 0;
    const { file, size } = await journal.append(linesOf(rows));
    await sql`delete from erasures where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(trx);
    await sql`
      insert into erasure_journals (file, applied) values (${file}, ${size})
      on conflict (file) do update set applied = greatest(erasure_journals.applied, excluded.applied)`.execute(trx);
    return rows.length;
  });
}

function linesOf(rows: readonly Noted[]): JournalLine[] {
  const alike = Map.groupBy(rows, ({ at, kind, state }) => `${at} ${kind} ${state}`);
  return [...alike.values()].flatMap((group) => {
    const { at, kind, state } = group[0]!;
    const steps = Math.ceil(group.length / keysPerLine);
    return Array.from({ length: steps }, (_, step) => {
      const some = group.slice(step * keysPerLine, (step + 1) * keysPerLine);
      const keys = some.flatMap(({ key }) => key ?? []);
      return { at, kind, state, keys, refs: some.flatMap(({ ref }) => ref ?? []) };
    });
  });
}
