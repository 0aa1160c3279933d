import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

test('a backup of a folder without data is refused, and makes nothing there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bw-empty-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { PATH: process.env.PATH, DATA_DIR: folder };
  const refused = promisify(execFile)(process.execPath, ['backup.ts', join(folder, 'backup.gz')], {
    cwd: import.meta.dirname,
    env,
    timeout: 30_000,
  });
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: `There is no data in ${folder}: set DATA_DIR or DATABASE_URL.\n`,
  });
  expect(readdirSync(folder)).toEqual([]);
});
