import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, lstat, mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { canEnter, reachable } from './postgres-binaries.ts';
import { readPidFile, removeStalePidFile } from './postgres-cluster.ts';

const asRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const script = join(import.meta.dirname, '..', 'test', 'hold-postgres.ts');

type Event = { event: string; url: string; pid: number; folder: string; message: string; name: string; rows: unknown };
type Holder = { child: ChildProcess; next: (event?: string) => Promise<Event>; ended: Promise<number | null> };
type How = { env?: Record<string, string>; as?: { uid: number; gid: number }; settings?: Record<string, string> };

const tidy: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of tidy.splice(0).reverse()) await step();
});

/** An empty data folder, gone after the test together with any server still on it. */
async function dataFolder(parentMode = 0o755): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'bw-test-'));
  await chmod(parent, parentMode);
  const folder = join(parent, 'data');
  tidy.push(async () => {
    const real = await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8').catch(() => '');
    if (real !== '') process.kill(Number(real.split('\n')[0]), 'SIGQUIT');
    await sleep(real === '' ? 0 : 300);
    await rm(parent, { recursive: true, force: true });
  });
  return folder;
}

/** A process that holds PostgreSQL on the folder; `next` is the next thing it says (or the next of that name). */
function hold(folder: string, { env = {}, as, settings = {} }: How = {}): Holder {
  const child = spawn(process.execPath, [script, folder, JSON.stringify(settings)], {
    detached: true,
    env: { PATH: process.env.PATH, TMPDIR: dirname(folder), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...as,
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  tidy.push(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const next = async (event?: string) => {
    for (;;) {
      const line = await lines.next();
      if (line.done) throw new Error('it ended without a word');
      const said = JSON.parse(line.value) as Event;
      if (event === undefined || said.event === event) return said;
    }
  };
  return { child, next, ended };
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function askUntilAnswered(url: string, sql: string): Promise<pg.QueryResultRow[]> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(url, sql);
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}

const stopped = async ({ child, ended }: Holder) => {
  child.kill('SIGTERM');
  return ended;
};

describe('embedded PostgreSQL', () => {
  test('is reached through a private socket only, keeps what is committed, and starts again where it was', async () => {
    const folder = await dataFolder();
    const first = hold(folder);
    const { url, pid, ...ready } = await first.next();
    expect(ready).toMatchObject({ event: 'ready', folder: join(folder, 'pg') });
    const settings = await ask<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses')`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      listen_addresses: '',
    });
    const socketFolder = new URL(url.replace('@/', '@localhost/')).searchParams.get('host') ?? '';
    const owner = asRoot ? nobody.uid : process.getuid?.();
    expect(await stat(socketFolder)).toMatchObject({ mode: 0o40700, uid: owner });
    expect((await stat(`/proc/${pid}`)).uid).toBe(owner);
    await ask(url, 'create table kept as select 1 one');
    expect(await stopped(first)).toBe(0);
    await expect(stat(socketFolder)).rejects.toThrow('ENOENT');

    const second = hold(folder);
    expect(await ask((await second.next()).url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(await stopped(second)).toBe(0);
  });

  test('a second instance is refused in one sentence, and the first goes on', async () => {
    const folder = await dataFolder();
    const first = hold(folder);
    const { url } = await first.next();
    const second = hold(folder);
    expect(await second.next()).toMatchObject({
      event: 'refused',
      name: 'InUseError',
      message: expect.stringContaining(
        `${folder} is in use by another Buitenwacht (buitenwacht, process ${first.child.pid})`,
      ),
    });
    expect(await second.ended).toBe(1);
    expect(await ask(url, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  test('of three first starts at once one runs and two are refused', async () => {
    const folder = await dataFolder();
    const three = [hold(folder), hold(folder), hold(folder)];
    const said = await Promise.all(three.map(({ next }) => next()));
    expect(said.map(({ event }) => event).sort()).toEqual(['ready', 'refused', 'refused']);
    expect(said.filter(({ event }) => event === 'refused').map(({ name }) => name)).toEqual([
      'InUseError',
      'InUseError',
    ]);
    const { url } = said.find(({ event }) => event === 'ready')!;
    expect(await ask(url, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  test('Ctrl-C in the terminal does not reach the server before our last query', async () => {
    const holder = hold(await dataFolder());
    await holder.next();
    process.kill(-holder.child.pid!, 'SIGINT');
    expect(await holder.next()).toMatchObject({ event: 'answers', rows: [{ one: 1 }] });
    expect(await holder.next()).toMatchObject({ event: 'stopped' });
    expect(await holder.ended).toBe(0);
  });

  test('a server killed with -9 is started again under the same address', async () => {
    const holder = hold(await dataFolder());
    const { url, pid } = await holder.next();
    await ask(url, 'create table kept as select 1 one');
    process.kill(pid, 'SIGKILL');
    await sleep(50);
    expect(await askUntilAnswered(url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(await stopped(holder)).toBe(0);
  });

  test('a server left behind by a kill -9 of its process is taken over', async () => {
    const folder = await dataFolder();
    const first = hold(folder);
    const { pid } = await first.next();
    first.child.kill('SIGKILL');
    await first.ended;
    const second = hold(folder);
    expect(await second.next()).toMatchObject({ event: 'ready', pid });
    expect(await stopped(second)).toBe(0);
    expect(await readPidFile(join(folder, 'pg'))).toBeNull();
  });

  test('a server left behind with other settings is replaced', async () => {
    const folder = await dataFolder();
    const first = hold(folder, { settings: { work_mem: '5MB' } });
    const { pid } = await first.next();
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await hold(folder).next();
    expect(second.event).toBe('ready');
    expect(second.pid).not.toBe(pid);
    expect(await ask(second.url, 'show work_mem')).toEqual([{ work_mem: '4MB' }]);
  });

  test('what a killed first start left half made is cleared away, one in the making is not', async () => {
    const folder = await dataFolder();
    const [old, young] = [join(folder, 'pg.new-old'), join(folder, 'pg.new-young')];
    for (const path of [old, young]) await mkdir(path, { recursive: true });
    await utimes(old, 0, 0);
    const holder = hold(folder);
    await holder.next();
    expect(await stopped(holder)).toBe(0);
    await expect(stat(old)).rejects.toThrow('ENOENT');
    await stat(young);
  });

  test('a path too long for a socket is gone round', async () => {
    const folder = await dataFolder();
    const long = join(folder, 'x'.repeat(90));
    await mkdir(long, { recursive: true });
    expect(await hold(folder, { env: { TMPDIR: long } }).next()).toMatchObject({ event: 'ready' });
  });

  // In the second no folder can be made at any level, and the first answer is that its parent is missing.
  test.each(['/dev/null/data', '/proc/nowhere/data'])(
    '%s, which cannot be made, is named in the sentence',
    async (path) => {
      expect(await hold(path).next()).toMatchObject({
        event: 'refused',
        message: expect.stringMatching(new RegExp(`^DATA_DIR ${path} cannot be made`)),
      });
    },
  );
});

describe('a pid file left behind', () => {
  /** A data folder whose server died without a word, and the text of its pid file. */
  async function deadServer(): Promise<{ folder: string; pidPath: string; text: string }> {
    const folder = await dataFolder();
    const holder = hold(folder);
    const { pid } = await holder.next();
    const pidPath = join(folder, 'pg', 'postmaster.pid');
    const text = await readFile(pidPath, 'utf8');
    holder.child.kill('SIGKILL');
    await holder.ended;
    process.kill(pid, 'SIGKILL');
    await sleep(200);
    return { folder, pidPath, text };
  }
  const claim = (pidPath: string, text: string, pid: number) => writeFile(pidPath, text.replace(/^\d+/, String(pid)));
  /** Under the server's own account: PostgreSQL takes others for strangers by itself. */
  const account = asRoot ? nobody : {};

  test('by a server that is gone does not keep the next one from starting', async () => {
    const { folder } = await deadServer();
    expect(await hold(folder).next()).toMatchObject({ event: 'ready' });
  });

  test('naming a stranger that has the number now does not either', async () => {
    const { folder, pidPath, text } = await deadServer();
    const stranger = spawn('sleep', ['60'], { ...account, stdio: 'ignore' });
    tidy.push(async () => stranger.kill('SIGKILL'));
    await claim(pidPath, text, stranger.pid!);
    expect(await hold(folder).next()).toMatchObject({ event: 'ready' });
    expect(stranger.exitCode).toBeNull();
  });

  test('naming a process that nobody reaped does not either', async () => {
    const { folder, pidPath, text } = await deadServer();
    // The shell becomes a program that never waits for the child it inherits.
    const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], {
      ...account,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    tidy.push(async () => parent.kill('SIGKILL'));
    const zombie = Number(String(await new Promise((resolve) => parent.stdout.once('data', resolve))));
    await sleep(100);
    await claim(pidPath, text, zombie);
    expect(await hold(folder).next()).toMatchObject({ event: 'ready' });
  });

  test('is left alone when another start has put its own there meanwhile', async () => {
    const folder = await dataFolder();
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'postmaster.pid');
    await writeFile(path, '4321\nnew');
    await removeStalePidFile(folder, { pid: 1234, socketFolder: '', ready: true, text: '1234\nold' });
    expect(await readFile(path, 'utf8')).toBe('4321\nnew');
  });
});

describe.runIf(asRoot)('as root', () => {
  test('under a closed home folder the data lives where the server may enter, and is found again', async () => {
    const folder = await dataFolder(0o700);
    const first = hold(folder);
    const ready = await first.next();
    tidy.push(() => rm(dirname(ready.folder), { recursive: true, force: true }));
    expect(ready).toMatchObject({
      event: 'ready',
      folder: expect.stringMatching(/^\/var\/lib\/buitenwacht\/\w+\/pg$/),
    });
    expect((await lstat(join(folder, 'pg'))).isSymbolicLink()).toBe(true);
    await ask(ready.url, 'create table kept as select 1 one');
    expect(await stopped(first)).toBe(0);
    const second = hold(folder);
    const again = await second.next();
    expect(again.folder).toBe(ready.folder);
    expect(await ask(again.url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(await stopped(second)).toBe(0);
  });

  test('programs under a closed home folder are copied once to where the server may enter', async () => {
    const home = await mkdtemp(join(tmpdir(), 'bw-closed-'));
    tidy.push(() => rm(home, { recursive: true, force: true }));
    const [closed, shelf] = [join(home, 'closed'), join(home, 'shelf')];
    await chmod(home, 0o755);
    await mkdir(join(closed, 'bin'), { recursive: true });
    await writeFile(join(closed, 'bin', 'postgres'), 'program', { mode: 0o700 });
    await chmod(closed, 0o700);
    expect(await canEnter(nobody, join(closed, 'bin'))).toBe(false);
    expect(await reachable(null, closed, 'postgres-1', shelf)).toBe(closed);
    const three = await Promise.all([1, 2, 3].map(() => reachable(nobody, closed, 'postgres-1', shelf)));
    expect(new Set(three)).toEqual(new Set([join(shelf, 'postgres-1')]));
    expect(await readFile(join(shelf, 'postgres-1', 'bin', 'postgres'), 'utf8')).toBe('program');
    expect(await canEnter(nobody, join(shelf, 'postgres-1', 'bin', 'postgres'))).toBe(true);
  });

  test('an ordinary user runs it as themselves', async () => {
    const folder = await dataFolder();
    await mkdir(folder);
    await chown(folder, nobody.uid, nobody.gid);
    const holder = hold(folder, { as: nobody, env: { TMPDIR: folder } });
    expect(await holder.next()).toMatchObject({ event: 'ready' });
    expect(await stopped(holder)).toBe(0);
  });

  test('a user without a name is told why it cannot be', async () => {
    const folder = await dataFolder();
    await mkdir(folder);
    await chown(folder, 54_321, 54_321);
    expect(await hold(folder, { as: { uid: 54_321, gid: 54_321 } }).next()).toMatchObject({
      event: 'refused',
      message: expect.stringContaining('no entry in /etc/passwd'),
    });
  });
});
