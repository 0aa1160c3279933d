import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createIds } from '#api/ids.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { addSource } from '#storage/sources.ts';
import { aSource } from './builders.ts';
import { cookieOf, firstPersonAt, launched, scratchDataDir } from './launched.ts';
import { tablesWith } from './other-database.ts';
import { ownAddress } from './own-address.ts';
import { brokenPromises } from './saving.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
/** One of the commands of package.json, as npm starts it. */
const command = (file: string, argument: string, env: Record<string, string>) =>
  run(process.execPath, [join(root, file), argument], { env: { PATH: process.env.PATH, ...env } });

/** With its owner, who is not always us. */
const copyFolder = (from: string, to: string) => run('cp', ['-a', from, to]);

const items = 60;
const author = 'Zwartkop';

/** A feed whose every second item is by one author. */
async function startFeed(): Promise<string> {
  const body = Array.from({ length: items }, (_, n) => {
    const by = n % 2 === 0 ? `<dc:creator>${author}</dc:creator>` : '<dc:creator>Een ander</dc:creator>';
    const word = n % 2 === 0 ? 'wegwoord' : 'blijfwoord';
    return `<item><guid isPermaLink="false">i${n}</guid><title>Nummer ${n}</title>${by}<description>Het ${word} van bericht ${n}.</description></item>`;
  });
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(
      `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>K</title>${body.join('')}</channel></rss>`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
}

/** The database of a running Buitenwacht, from beside it. */
async function beside<Result>(dataDir: string, ask: (db: Database) => Promise<Result>): Promise<Result> {
  const { db } = openDatabase(await ownAddress(dataDir), { max: 2, name: 'test', onError: () => undefined });
  return await ask(db).finally(() => db.destroy());
}

const stop = async ({ child, ended }: ReturnType<typeof launched>) => {
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
};

test('an author erased after the backup is nowhere after a restore, nor after an old folder was put back, however often the start is killed', {
  timeout: 180_000,
}, async () => {
  const dataDir = await scratchDataDir();
  const env = { DATA_DIR: dataDir, FETCH_ALLOW: '127.0.0.1' };
  const backup = join(dataDir, '..', 'backup.gz');
  const url = await startFeed();

  let running = launched(env);
  const cookie = await firstPersonAt(await running.url);
  await beside(dataDir, (db) => addSource(db, aSource({ settings: { url }, place: url })));
  await expect.poll(() => beside(dataDir, (db) => tablesWith(db, 'wegwoord')), { timeout: 20_000 }).not.toEqual([]);
  expect((await command('backup.ts', backup, env)).stdout).toMatch(/^\d+ rows of \d+ tables are in /);
  await stop(running);
  await copyFolder(join(dataDir, 'pg'), join(dataDir, 'pg-old'));

  running = launched(env);
  await running.url;
  const mentionId = await beside(dataDir, async (db) => {
    const { rows } = await sql<{ id: number }>`
      select mention_id as id from mention_texts where text like '%wegwoord%' limit 1`.execute(db);
    return createIds(await installationSecret(db)).encode('mention', rows[0]!.id);
  });
  const erased = await fetch(`${await running.url}/api/mentions/${mentionId}/author`, {
    method: 'DELETE',
    headers: { cookie },
  });
  expect(await erased.json()).toEqual({ erased: items / 2 });
  expect(await beside(dataDir, (db) => tablesWith(db, 'wegwoord'))).toEqual([]);
  await stop(running);

  // The folder as it was before, on a machine that fails again and again.
  rmSync(join(dataDir, 'pg'), { recursive: true });
  await copyFolder(join(dataDir, 'pg-old'), join(dataDir, 'pg'));
  for (const afterMs of [500, 900, 1_300, 1_700]) {
    const cut = launched(env);
    await sleep(afterMs);
    cut.child.kill('SIGKILL');
    await cut.ended;
  }
  await isClean();

  // The backup, on a new folder with the same journal.
  rmSync(join(dataDir, 'pg'), { recursive: true });
  expect((await command('restore.ts', backup, env)).stdout).toContain('was erased again');
  await isClean();

  async function isClean() {
    running = launched(env);
    const again = await cookieOf(await running.url, 'ada@stad.example', 'een lang wachtwoord');
    const shown = await (await fetch(`${await running.url}/api/stream?limit=50`, { headers: again })).text();
    expect(shown).not.toContain('wegwoord');
    expect(shown).toContain('blijfwoord');
    for (const word of ['wegwoord', author]) {
      expect(await beside(dataDir, (db) => tablesWith(db, word))).toEqual([]);
    }
    const broken = await beside(dataDir, brokenPromises);
    expect(broken.filter((one) => !one.includes('no change row'))).toEqual([]);
    await stop(running);
  }
});
