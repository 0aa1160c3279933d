import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, type Binaries, canEnter, makePublicFolder } from './postgres-binaries.ts';

/** Name of the superuser and of the database; no password, because the socket folder lets nobody else in. */
export const name = 'buitenwacht';

/** Where data goes when the server's account cannot enter DATA_DIR. */
const elsewhere = '/var/lib/buitenwacht';

/**
 * The real folder of the database files belonging to `dataDir`, made by initdb when there is none yet. It is made aside and
 * moved into place in one step, so that of several first starts one wins and the others find its result.
 * `dataDir/pg` is the folder itself or, where the account cannot enter `dataDir`, a link to it.
 */
export async function prepareCluster(dataDir: string, binaries: Binaries, account: Account): Promise<string> {
  await makeFolder(dataDir).catch((cause: Error) => {
    throw new Error(`DATA_DIR ${dataDir} cannot be made (${cause.message}): set it to a folder of your own.`, {
      cause,
    });
  });
  const place = join(dataDir, 'pg');
  const existing = await realpath(place).catch(() => null);
  if (existing !== null) {
    await checkVersion(existing, binaries);
    return existing;
  }
  const inside = await canEnter(account, dataDir);
  const random = randomBytes(6).toString('hex');
  // With a folder of its own elsewhere, for the server's log beside the files.
  const aside = inside ? join(dataDir, `pg.new-${random}`) : join(elsewhere, random);
  const made = inside ? aside : join(aside, 'pg');
  try {
    if (!inside) await makePublicFolder(aside);
    await initdb(made, binaries, account);
    if (inside) await rename(made, place);
    else await symlink(made, place);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
  return realpath(place);
}

/** As `mkdir -p`. Node's own turns for ever where a folder can have no children (/proc): there every level answers ENOENT. */
async function makeFolder(path: string, parentStands = false): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !parentStands && path !== dirname(path)) {
      await makeFolder(dirname(path));
      await makeFolder(path, true);
    } else if (!(await stat(path).catch(() => null))?.isDirectory()) throw error;
  }
}

/** Removes what first starts left behind that were killed before they could move it into place. */
export async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const path = join(dataDir, name);
    if (!name.startsWith('pg.new-')) continue;
    // A younger one may still be in the making by somebody who is about to be refused.
    if (Date.now() - (await stat(path)).mtimeMs > 600_000) await rm(path, { recursive: true, force: true });
  }
}

async function initdb(folder: string, binaries: Binaries, account: Account): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (account) await chown(folder, account.uid, account.gid);
  // One system call instead of a thousand where there is one; the files are on the disk either way.
  const sync = process.platform === 'linux' ? ['--sync-method=syncfs'] : [];
  const args = ['-D', folder, '-U', name, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin'];
  const child = spawn(binaries.initdb, [...args, '--builtin-locale=C.UTF-8', '--no-instructions', ...sync], {
    ...account,
    // Out of our process group: a Ctrl-C must not leave it half done without our knowing.
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status === 0) return;
  const hint = /could not look up effective user/.test(said)
    ? ' The user id has no entry in /etc/passwd: run as a user that has one, or set DATABASE_URL.'
    : '';
  throw new Error(
    `The database could not be made in ${folder}: ${said.trim() || `initdb ended with ${status}`}.${hint}`,
  );
}

async function checkVersion(folder: string, binaries: Binaries): Promise<void> {
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (made === binaries.major) return;
  throw new Error(`${folder} was made by PostgreSQL ${made}; this version of Buitenwacht brings ${binaries.major}.`);
}

export type PidFile = { pid: number; socketFolder: string; ready: boolean; text: string };

/** What a running, or badly ended, server left in its data folder; null when there is nothing readable. */
export async function readPidFile(folder: string): Promise<PidFile | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (text === null || !Number.isInteger(pid) || pid <= 1) return null;
  return { pid, socketFolder: lines[4]?.trim() ?? '', ready: lines[7]?.trim() === 'ready', text };
}

/**
 * Whether the process named in a pid file is truly a server on this folder. A live process is not enough: after a restart of
 * a container the number belongs to something else, and a server that nobody reaped is a zombie without a command line.
 */
export async function servesFolder(pid: number, folder: string): Promise<boolean> {
  const commandLine =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).then(
          ({ stdout }) => stdout,
          () => '',
        );
  return commandLine.includes(folder);
}

/**
 * Takes away a pid file that names a process which is no server, because PostgreSQL itself refuses to. It is moved aside
 * and compared first: between our look and now another start may have put its own there, which goes back.
 */
export async function removeStalePidFile(folder: string, seen: PidFile): Promise<void> {
  const path = join(folder, 'postmaster.pid');
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => null);
  if (moved !== null && moved !== seen.text) await rename(aside, path);
  await rm(aside, { force: true });
  if (moved !== seen.text || seen.socketFolder === '') return;
  for (const file of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(seen.socketFolder, file), { force: true });
}

/** The folder for the socket, 0700 and the account's own. Throws when somebody else holds that name. */
export async function prepareSocketFolder(path: string, account: Account): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  const owner = account?.uid ?? process.getuid?.();
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.()))
    throw new Error(`${path} belongs to somebody else: remove it, or set TMPDIR to a folder of your own.`);
  await chmod(path, 0o700);
  if (account) await chown(path, account.uid, account.gid);
}
