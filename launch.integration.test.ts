import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { readPidFile } from '#platform/postgres-cluster.ts';
import { firstPersonAt, launched, scratchDataDir } from '#test/launched.ts';

describe('a start that cannot be', () => {
  test('tells every mistake in the configuration at once, before anything starts', async () => {
    const dataDir = await scratchDataDir();
    const { ended, out, err } = launched({ DATA_DIR: dataDir, PORT: 'x', HOST: 'example.nl', LOG_LEVEL: 'loud' });
    expect(await ended).toBe(1);
    expect(out).toEqual([]);
    expect(err()).toMatch(/3 mistakes[\s\S]*HOST is "example.nl"[\s\S]*PORT is "x"[\s\S]*LOG_LEVEL is "loud"/);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });

  test.each(['api/main.ts', 'workers/main.ts'])('%s without a database says that it needs one', async (file) => {
    const { ended, err } = launched({}, file);
    expect(await ended).toBe(1);
    expect(err()).toContain('DATABASE_URL is missing');
  });

  test('on a port that is taken says so in one sentence and leaves no server behind', async () => {
    const dataDir = await scratchDataDir();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { ended, err } = launched({ DATA_DIR: dataDir, PORT: String(port) });
    expect(await ended).toBe(1);
    expect(err()).toBe(
      `Buitenwacht cannot start. Port ${port} on 127.0.0.1 is in use by another program: stop that one, or set PORT to another number.\n`,
    );
    expect(await readPidFile(join(dataDir, 'pg'))).toBeNull();
  });

  test('without a folder for the journal of erasures says so, and opens no port', async () => {
    const env = { DATABASE_URL: inject('postgresUrl'), ERASURE_JOURNAL: join(import.meta.filename, 'below') };
    const { ended, out, err } = launched(env);
    expect(await ended).toBe(1);
    expect(out).toEqual([]);
    expect(err()).toMatch(/^Buitenwacht cannot start\. The folder .* cannot be written .*: set ERASURE_JOURNAL\.\n$/);
  });

  test('on a data folder in use is refused in one sentence, and the first goes on', async () => {
    const dataDir = await scratchDataDir();
    const first = launched({ DATA_DIR: dataDir });
    const url = await first.url;
    const second = launched({ DATA_DIR: dataDir });
    expect(await second.ended).toBe(1);
    expect(second.err().trim().split('\n')).toEqual([
      expect.stringMatching(/^Buitenwacht cannot start\. .+ is in use by another Buitenwacht \(/),
    ]);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});

describe('a running process', () => {
  test('says on stdout where the stream is, and nothing else; ends in order at SIGTERM to its whole group', async () => {
    const dataDir = await scratchDataDir();
    const { child, url, ended, out, err } = launched({ DATA_DIR: dataDir });
    expect((await fetch(`${await url}/health/ready`)).status).toBe(200);
    const cookie = await firstPersonAt(await url);
    const live = await fetch(`${await url}/api/live`, { headers: { cookie } });
    expect(live.status).toBe(200);
    const began = performance.now();
    process.kill(-child.pid!, 'SIGTERM');
    process.kill(-child.pid!, 'SIGTERM'); // npm hands its own copy on
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await live.body?.cancel().catch(() => undefined);
    expect(out).toEqual([`Buitenwacht is ready at ${await url}`]);
    expect(err()).toBe('');
    expect(await readPidFile(join(dataDir, 'pg'))).toBeNull();
  });

  test.each([60, 250, 450, 700, 1_000])('stopped %d ms after it began leaves nothing behind', async (afterMs) => {
    const dataDir = await scratchDataDir();
    const { child, ended, out } = launched({ DATA_DIR: dataDir });
    await sleep(afterMs);
    child.kill('SIGTERM');
    const status = await ended;
    expect(await readPidFile(join(dataDir, 'pg'))).toBeNull();
    expect(await readdir(dataDir).catch(() => [])).not.toContainEqual(expect.stringMatching(/^pg\.new/));
    // Before our first line runs the signal ends Node as any program.
    expect([0, null]).toContain(status);
    if (afterMs < 500) expect(out).toEqual([]);
  });

  test('outlives a kill -9 of its database', async () => {
    const dataDir = await scratchDataDir();
    const { child, url, ended } = launched({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
    const ready = `${await url}/health/ready`;
    process.kill((await readPidFile(join(dataDir, 'pg')))!.pid, 'SIGKILL');
    await sleep(100);
    for (let attempt = 0; (await fetch(ready)).status !== 200; attempt += 1) {
      expect(attempt).toBeLessThan(100);
      await sleep(100);
    }
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('halves run apart on one database, two of each', async () => {
    const env = { DATABASE_URL: inject('postgresUrl') };
    const files = ['api/main.ts', 'api/main.ts', 'workers/main.ts', 'workers/main.ts'];
    const four = files.map((file) => launched(env, file));
    for (const { url } of four.slice(0, 2)) expect((await fetch(`${await url}/health/ready`)).status).toBe(200);
    for (const { out } of four.slice(2)) while (out.length === 0) await sleep(20);
    for (const { child, ended } of four) {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });
});
