import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { firstPersonAt, launched, scratchDataDir } from '#test/launched.ts';

const run = promisify(execFile);
const command = (env: Record<string, string>, ...words: string[]) =>
  run(process.execPath, ['sign-in-link.ts', ...words], { env: { PATH: process.env.PATH, ...env } });

test('whoever keeps the server lets an administrator in again who forgot the password', async () => {
  const dataDir = await scratchDataDir();
  const env = { DATA_DIR: dataDir, PUBLIC_URL: 'https://wacht.stad.example' };
  await expect(command(env, 'ada@stad.example')).rejects.toThrow(/No Buitenwacht runs on/);
  const { url } = launched({ DATA_DIR: dataDir });
  await firstPersonAt(await url);
  await expect(command(env)).rejects.toThrow(/Say for whom/);
  await expect(command(env, 'niemand@stad.example')).rejects.toThrow(/Nobody who may come in/);
  const { stdout } = await command(env, 'ADA@stad.example');
  const path = /^https:\/\/wacht\.stad\.example(\/links\/[A-Za-z0-9_-]{43})\nWorks once, until /.exec(stdout)?.[1];
  const used = await fetch(`${await url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'een nieuw wachtwoord' }),
  });
  expect(await used.json()).toMatchObject({ me: { email: 'ada@stad.example', role: 'administrator' } });
});
