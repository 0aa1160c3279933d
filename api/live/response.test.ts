import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxWaitingBytes, writeDeadlineMs } from './client.ts';
import { createResponseClient } from './response.ts';

let server: Server;
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** A reader on a connection of its own, that takes nothing until it is asked to. */
async function reader() {
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  let gone = 0;
  const client = createResponseClient(response.writeHead(200), () => (gone += 1));
  return { socket, response, client, gone: () => gone };
}

const frame = Buffer.alloc(16_384, 'x');

/** Writes until the connection takes no more by itself, and some waits; answers whether the client is still there. */
async function fill({ client, response }: Awaited<ReturnType<typeof reader>>): Promise<boolean> {
  for (let stuck = 0; stuck < 20; await setTimeout(2)) {
    if (response.writableLength > 0) stuck += 1;
    else {
      stuck = 0;
      if (!client.write(frame)) return false;
    }
  }
  return true;
}

test('who reads nothing is let go when too much waits, once', async () => {
  const slow = await reader();
  for (let n = 0; n < 2_000 && slow.client.write(frame); n += 1) await setImmediate();
  expect([slow.gone(), slow.response.destroyed]).toEqual([1, true]);
  expect(slow.response.writableLength).toBeLessThanOrEqual(maxWaitingBytes + 2 * frame.length);
  expect(slow.client.write(frame)).toBe(false);
  slow.client.end();
  expect(slow.gone()).toBe(1);
});

test('who takes nothing for too long is let go; who reads on in time is not', async () => {
  const [stuck, late] = [await reader(), await reader()];
  expect([await fill(stuck), await fill(late)]).toEqual([true, true]);
  const now = Date.now();
  late.socket.on('data', () => undefined).resume();
  await expect.poll(() => late.response.writableLength).toBe(0);
  for (const { client } of [stuck, late]) client.checkDeadline(now + writeDeadlineMs / 2);
  expect([stuck.gone(), late.gone()]).toEqual([0, 0]);
  for (const { client } of [stuck, late]) client.checkDeadline(now + 2 * writeDeadlineMs);
  expect([stuck.gone(), late.gone()]).toEqual([1, 0]);
  late.client.end();
  await expect.poll(() => late.response.writableFinished).toBe(true);
  expect(late.gone()).toBe(1);
});

test('who leaves is gone', async () => {
  const leaving = await reader();
  leaving.socket.destroy();
  await expect.poll(leaving.gone).toBe(1);
  expect(leaving.client.write(frame)).toBe(false);
});
