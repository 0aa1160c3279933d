import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readPidFile } from '#platform/postgres-cluster.ts';
import { type Launched, launched, scratchDataDir } from './launched.ts';

const rounds = process.env.FULL ? 200 : 10;
const writers = 4;

/** Ends the program and the database server under it, with every process of that, at one instant and without a word. */
async function killAll({ child, ended }: Launched, dataDir: string): Promise<void> {
  const { pid } = (await readPidFile(join(dataDir, 'pg')))!;
  // Each of the server's processes has a group of its own. Elsewhere than on Linux they go when they miss the first.
  const backends = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  child.kill('SIGKILL');
  for (const one of [pid, ...backends.split(' ').filter(Boolean).map(Number)]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
  await ended;
}

type Sent = { key: string; body: string; id: string | null };

/** Somebody signed in, at whatever address the program has now. */
function caller() {
  let cookie = '';
  return async (url: string, method: string, path: string, body?: string, key?: string) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(20_000),
    });
    const given = answer.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(';')));
    if (given.length > 0) cookie = given.join('; ');
    // biome-ignore lint/suspicious/noExplicitAny: tests read whatever came
    return { status: answer.status, json: (await answer.json()) as any };
  };
}

test(
  `a reply that was accepted is there after kill -9 of everything, ${rounds} times, and once after it is sent again`,
  async () => {
    const dataDir = await scratchDataDir();
    const call = caller();
    const sent: Sent[] = [];
    let program = launched({ DATA_DIR: dataDir });
    let url = await program.url;
    const first = {
      name: 'Ravi',
      email: 'ravi@lindewaard.example',
      password: 'een lang wachtwoord',
      organisation: 'Lindewaard',
    };
    expect((await call(url, 'POST', '/api/first-person', JSON.stringify(first))).status).toBe(201);
    const [audience] = (await call(url, 'GET', '/api/audiences')).json.audiences;
    const to = { circle: audience.circle.id, audience: audience.token };
    const begun = JSON.stringify({ ...to, title: 'Veel te zeggen', text: 'eerste' });
    const threadId = (await call(url, 'POST', '/api/threads', begun, randomUUID())).json.id;
    const send = async (one: Sent) => {
      const { status, json } = await call(url, 'POST', `/api/threads/${threadId}/replies`, one.body, one.key);
      expect(status, JSON.stringify(json)).toBe(201);
      // Sent again it is the same reply.
      if (one.id !== null) expect(json.id).toBe(one.id);
      one.id = json.id;
    };

    for (let round = 0; round < rounds; round += 1) {
      const before = sent.length;
      let isUp = true;
      const write = async () => {
        while (isUp) {
          const one: Sent = { key: randomUUID(), body: JSON.stringify({ ...to, text: `nr ${sent.length}` }), id: null };
          sent.push(one);
          try {
            await send(one);
          } catch (error) {
            // While it is up, nothing is refused and nothing goes wrong.
            if (isUp) throw error;
          }
        }
      };
      const all = Promise.all(Array.from({ length: writers }, write));
      // At a random moment after replies have been seen to arrive.
      await expect
        .poll(() => sent.slice(before).some(({ id }) => id !== null), { timeout: 30_000, interval: 5 })
        .toBe(true);
      await sleep(Math.random() * 400);
      isUp = false;
      await killAll(program, dataDir);
      await all;
      program = launched({ DATA_DIR: dataDir });
      url = await program.url;
      const ofThisRound = sent.slice(before);
      // Everything is sent again: what was accepted, what may have been, and what was not.
      for (let at = 0; at < ofThisRound.length; at += 20) await Promise.all(ofThisRound.slice(at, at + 20).map(send));
    }

    const stored: { id: string; text: string }[] = [];
    for (let before: string | null = ''; before !== null; ) {
      const { json } = await call(url, 'GET', `/api/threads/${threadId}/replies${before && `?before=${before}`}`);
      stored.unshift(...json.replies);
      before = json.earlier;
    }
    const texts = stored.slice(1).map(({ text }) => text);
    expect(new Set(texts)).toEqual(new Set(sent.map((_, n) => `nr ${n}`)));
    expect(texts).toHaveLength(sent.length);
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set([stored[0]!.id, ...sent.map(({ id }) => id)]));
    const { json } = await call(url, 'GET', '/api/stream?side=inside');
    expect(json.threads[0].replies.count).toBe(stored.length);
    process.stdout.write(`${sent.length} replies, ${rounds} times killed: 0 lost, 0 doubled\n`);
  },
  60_000 + rounds * 20_000,
);
