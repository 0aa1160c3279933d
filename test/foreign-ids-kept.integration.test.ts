import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audience, type ForeignWorld, foreignWorld } from './foreign-world.ts';
import { seedMention } from './seed.ts';

// Z2 of the reliability list, of what a client keeps for us: sealed for one person and one purpose, it counts for nobody else.
let world: ForeignWorld;
beforeAll(async () => {
  world = await foreignWorld();
});
afterAll(() => world.api.drop());

test('cursors, what undoes and audiences count for nobody else', async () => {
  const { api, writer, others, open } = world;
  const [mine, other] = [api.as(writer), api.as(others[0]!)];
  for (let i = 0; i < 3; i += 1) await seedMention(api.db);
  const { cursor } = (await mine('GET', '/api/stream?limit=1')).json;
  expect((await mine('GET', `/api/stream?limit=1&cursor=${cursor}`)).status).toBe(200);
  const { undo } = (await mine('POST', '/api/stream/read')).json;
  const heard = { ...(await audience(world, writer)), text: 'x' };
  const key = { 'idempotency-key': randomUUID() };
  for (const asked of [
    await other('GET', `/api/stream?limit=1&cursor=${cursor}`),
    await mine('GET', `/api/desk?cursor=${cursor}`),
    await other('POST', '/api/stream/unread', { undo }),
    await other('POST', `/api/threads/${open.thread}/replies`, heard, key),
  ])
    expect([asked.status, asked.json.code]).toEqual([400, 'invalid_request']);
  expect((await mine('POST', '/api/stream/unread', { undo })).status).toBe(204);
});

test('the key of another’s request makes an own one', async () => {
  const { api, writer, others, open } = world;
  const key = { 'idempotency-key': randomUUID() };
  const path = `/api/threads/${open.thread}/replies`;
  const first = await api.as(writer)('POST', path, { ...(await audience(world, writer)), text: 'x' }, key);
  const second = await api.as(others[0]!)('POST', path, { ...(await audience(world, others[0]!)), text: 'x' }, key);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.json.id).not.toBe(first.json.id);
  expect(second.json.person.name).toBe(others[0]!.name);
});
