import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { hostGate, hostState, pauseHost } from './hosts.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('requests to one host go one at a time and apart, whoever asks; other hosts do not wait', async () => {
  const gates = [hostGate(database.db, { spacingSeconds: 0.2 }), hostGate(database.db, { spacingSeconds: 0.2 })];
  let inside = 0;
  let most = 0;
  const starts: number[] = [];
  const ask = async (n: number) => {
    const leave = await gates[n % 2]!.enter('one.example', 10_000);
    starts.push(performance.now());
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 30));
    inside -= 1;
    await leave({ kind: 'ok' });
  };
  await Promise.all([ask(0), ask(1), ask(2), ask(3), (await gates[0]!.enter('two.example', 100))({ kind: 'ok' })]);
  expect(most).toBe(1);
  const gaps = starts.slice(1).map((start, index) => start - starts[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(190);
});

test('whoever would wait too long is told at once', async () => {
  const gate = hostGate(database.db, { spacingSeconds: 5 });
  const leave = await gate.enter('slow.example', 1_000);
  await leave({ kind: 'ok' });
  const begin = performance.now();
  await expect(gate.enter('slow.example', 1_000)).rejects.toMatchObject({ reason: 'busy' });
  expect(performance.now() - begin).toBeLessThan(500);
});

test('five failures in a row close a host for half an hour; one that works opens it again', async () => {
  const gate = hostGate(database.db, { spacingSeconds: 0 });
  const ask = async (kind: 'ok' | 'failed') => (await gate.enter('down.example', 1_000))({ kind });
  for (let n = 0; n < 4; n++) await ask('failed');
  await ask('ok');
  for (let n = 0; n < 5; n++) await ask('failed');
  await expect(ask('ok')).rejects.toMatchObject({ reason: 'busy' });
  const { blockedUntil } = await hostState(database.db, 'down.example');
  expect(blockedUntil!.getTime() - Date.now()).toBeGreaterThan(29 * 60_000);
  // Half an hour later: one probe, and the next failure closes it again.
  await sql`update hosts set blocked_until = now() where host_key = 'down.example'`.execute(database.db);
  await ask('failed');
  await expect(ask('ok')).rejects.toMatchObject({ reason: 'busy' });
});

test('Retry-After binds the whole host, between a minute and a day; without it the pause doubles', async () => {
  const pauseOf = async (key: string) => (await hostState(database.db, key)).blockedUntil!.getTime() - Date.now();
  await pauseHost(database.db, 'asks.example', 7_200);
  expect((await pauseOf('asks.example')) / 1000).toBeCloseTo(7_200, -2);
  await pauseHost(database.db, 'short.example', 1);
  expect((await pauseOf('short.example')) / 1000).toBeGreaterThan(55);
  await pauseHost(database.db, 'long.example', 10_000_000);
  expect((await pauseOf('long.example')) / 1000).toBeLessThan(86_401);
  await pauseHost(database.db, 'mute.example');
  expect((await pauseOf('mute.example')) / 60_000).toBeCloseTo(15, 0);
  await pauseHost(database.db, 'mute.example');
  expect((await pauseOf('mute.example')) / 60_000).toBeCloseTo(30, 0);
  expect(await hostState(database.db, 'mute.example')).toMatchObject({ limitedRecently: true });
});

test('a place whose holder died is free again after its time', async () => {
  const gate = hostGate(database.db, { spacingSeconds: 0 });
  await gate.enter('dead.example', 1_000);
  await expect(gate.enter('dead.example', 300)).rejects.toMatchObject({ reason: 'busy' });
  await sql`update hosts set busy_until = now() where host_key = 'dead.example'`.execute(database.db);
  await (await gate.enter('dead.example', 1_000))({ kind: 'ok' });
});
