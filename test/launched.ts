import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { readPidFile } from '#platform/postgres-cluster.ts';

/** A data folder that is not there yet; after the test it is gone, with any server still on it. */
export async function scratchDataDir(): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'bw-launch-'));
  // As root the database server runs as somebody else, who must be able to come in.
  await chmod(scratch, 0o755);
  onTestFinished(async () => {
    const left = await readPidFile(join(scratch, 'data', 'pg'));
    if (left) process.kill(left.pid, 'SIGQUIT');
    await rm(scratch, { recursive: true, force: true });
  });
  return join(scratch, 'data');
}

export type Launched = {
  child: ChildProcess;
  ended: Promise<number | null>;
  out: string[];
  err: () => string;
  url: Promise<string>;
};

/** `npm start`, or another of the entry points, in a process group of its own as under a shell. */
export function launched(env: Record<string, string>, file = 'start.ts'): Launched {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', file)], {
    detached: true,
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  let err = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      out.push(line);
      const found = /^Buitenwacht is ready at (http:\/\/\S+)$/.exec(line)?.[1];
      if (found) resolve(found);
    });
    void ended.then((status) => reject(new Error(`ended with ${status}: ${err}`)));
  });
  url.catch(() => undefined);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, out, err: () => err, url };
}

/** Signs somebody in on a running server; answers the cookie to send along. */
export async function cookieOf(url: string, email: string, password: string): Promise<{ cookie: string }> {
  return { cookie: await cookieAfter(`${url}/api/session`, { email, password }) };
}

/** Makes the first person of an installation that is all ours; answers what goes into a Cookie header. */
export async function firstPersonAt(url: string): Promise<string> {
  const person = { name: 'Ada', email: 'ada@stad.example', password: 'een lang wachtwoord', organisation: 'Stad' };
  return await cookieAfter(`${url}/api/first-person`, person);
}

async function cookieAfter(address: string, body: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`Not signed in: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}
