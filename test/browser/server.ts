import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');
const readyWithinMs = 60_000;

export type Server = { url: string; close: () => Promise<void> };

/** The real thing as `npm start` (or the demo) runs it, on a free port and an empty folder, allowed to fetch from this machine. */
export async function startServer(entry: 'start.ts' | 'demo/main.ts' = 'start.ts'): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'bw-browser-'));
  // As root the database server runs as somebody else, who must be able to come in.
  await chmod(folder, 0o755);
  const child = spawn(process.execPath, [join(root, entry)], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'warn',
      FETCH_ALLOW: '127.0.0.1',
      CONTACT: 'proef@lindewaard.example',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-5_000);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(hard);
    await rm(folder, { recursive: true, force: true });
  };
  const url = await new Promise<string | null>((resolve) => {
    const late = setTimeout(() => resolve(null), readyWithinMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^Buitenwacht is ready at (http:\/\/\S+)$/.exec(line)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    void ended.then(() => resolve(null));
  });
  if (url !== null) return { url, close };
  await close();
  throw new Error(`The server did not start: ${said}`);
}
