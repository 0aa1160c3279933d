import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';

/** As many polls in flight as one worker has. */
const concurrency = 32;
const validators = { 'if-none-match': '"unchanged"', 'if-modified-since': 'Mon, 23 Nov 2026 10:00:00 GMT' };

export type UnchangedPolls = { ours: () => Promise<void>; bare: () => Promise<void>; close: () => Promise<void> };

/**
 * P5, the client alone: the same conditional GETs on the same addresses through our client and through a bare undici loop. Each
 * answer is checked to be 304; anything else throws, so a wrong answer voids the figure.
 */
export async function openUnchangedPolls(sourceCount: number): Promise<UnchangedPolls> {
  const server = await startUnchangedServer();
  const addresses = Array.from({ length: sourceCount }, (_, i) => server.address(i));
  const http = createHttp({ contact: null, version: 'bench', allow: parseFetchAllow('127.0.0.0/8') });
  const agent = new Agent();
  return {
    ours: () =>
      eachAtOnce(addresses, async (url) => {
        const { status } = await http.request({ url, headers: validators });
        return status;
      }),
    bare: () =>
      eachAtOnce(addresses, async (url) => {
        const { statusCode, body } = await request(url, { headers: validators, dispatcher: agent });
        await body.dump();
        return statusCode;
      }),
    close: async () => {
      await Promise.all([http.close(), agent.destroy()]);
      server.stop();
    },
  };
}

async function eachAtOnce(addresses: string[], ask: (address: string) => Promise<number>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < addresses.length) {
      const status = await ask(addresses[next++]!);
      if (status !== 304) throw new Error(`an unchanged source answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** Sources that never change, spread over 16 hosts, in a process of their own. */
export async function startUnchangedServer(): Promise<{ address: (source: number) => string; stop: () => void }> {
  const child = fork(join(import.meta.dirname, 'poll-unchanged-server.ts'));
  const origins = await new Promise<string[]>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string[]));
    child.once('exit', () => reject(new Error('the server of unchanged sources did not start')));
  });
  return {
    address: (source) => `${origins[source % origins.length]}/feeds/${source}.xml`,
    stop: () => void child.kill(),
  };
}
