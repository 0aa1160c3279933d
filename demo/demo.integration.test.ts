import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { DeskPage, SourceList, StreamPage, Thread } from '#api/schema.ts';
import { SavedSearches, SearchPage } from '#api/schema-search.ts';
import { TopicList } from '#api/schema-topics.ts';
import { readPidFile } from '#platform/postgres-cluster.ts';
import { cookieOf, launched, scratchDataDir } from '#test/launched.ts';
import { circles, guests } from './inside/circles.ts';
import { handled } from './inside/desk.ts';
import { colleagues, demoPassword, emailOf } from './inside/people.ts';
import { demoSearches } from './inside/searches.ts';
import { bornInside, underMentions } from './inside/talk.ts';
import { demoTopics } from './inside/topics.ts';
import { readState } from './state.ts';
import { outlets } from './world/outlets.ts';
import { wireOutlets } from './world/wire.ts';

let headers: { cookie: string };
const read = async <Shape>(url: string, shape: z.ZodType<Shape>): Promise<Shape> =>
  shape.parse(await (await fetch(url, { headers })).json());

/** Asks again and again until the answer satisfies; fails with the last answer after `withinMs`. */
async function until<Answer>(ask: () => Promise<Answer>, isEnough: (answer: Answer) => boolean, withinMs: number) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (performance.now() > deadline)
      throw new Error(`Not within ${withinMs} ms: ${JSON.stringify(answer).slice(0, 500)}`);
    await sleep(200);
  }
}

const mentionsIn = ({ sources }: z.infer<typeof SourceList>) =>
  sources.reduce((sum, { mentionCount }) => sum + mentionCount, 0);

test('the demo fills itself by polling, goes on by itself, and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  const dataDir = await scratchDataDir();
  const first = launched({ DATA_DIR: dataDir }, 'demo/main.ts');
  const url = await first.url;
  headers = await cookieOf(url, emailOf('henk'), demoPassword);
  await until(
    async () => first.out.length,
    (lines) => lines >= 10,
    2_000,
  );
  const told = first.out.join('\n');
  expect(told).toContain(`: ${outlets.length} sources`);
  expect(told).toContain(`${wireOutlets.length} times elsewhere`);
  expect(told).toContain(`http://127.0.0.1:${readState(dataDir)!.port}/`);
  expect(told).toContain('CONTACT=');
  const sources = () => read(`${url}/api/sources`, SourceList);
  const stream = () => read(`${url}/api/stream?limit=100`, StreamPage);

  await until(stream, ({ threads }) => threads.length >= 50, 5_000);
  await until(sources, (list) => mentionsIn(list) >= 450, 15_000);

  // The story is near the top, because it is new, and all its copies are one thread.
  const wire = (await stream()).threads.slice(0, 10).find(({ copies }) => copies >= wireOutlets.length - 1);
  const thread = await read(`${url}/api/threads/${wire!.id}`, Thread);
  const labels = new Set(thread.mentions.map(({ source }) => source?.label));
  expect(labels.size).toBe(wireOutlets.length + 1); // And one that links to a copy.
  expect(thread.mentions[0]!.source?.label).toBe('De Waardbode');
  expect(thread.mentions.map(({ joined }) => joined?.reason ?? null)).toContain(null);

  // The colleagues have their say as soon as there is something to say it about, and the desk has kept up.
  const inside = () => read(`${url}/api/stream?limit=100&side=inside`, StreamPage);
  // Henk's circles are among them; what is said about a story in several places is one conversation.
  const his = circles.filter(({ kind, host, members }) => kind === 'internal' || [host, ...members].includes('henk'));
  const conversations = bornInside.length + underMentions.length + his.flatMap(({ talks }) => talks).length;
  const talk = await until(inside, ({ threads }) => threads.length === conversations, 30_000);
  expect(new Set(talk.threads.map(({ born }) => born))).toEqual(new Set(['inside', 'outside']));
  const desk = () => read(`${url}/api/desk`, DeskPage);
  const { counts } = await until(
    desk,
    (page) => page.counts.answered > handled.length && page.counts.open < 80,
    30_000,
  );
  expect(counts.open).toBeGreaterThan(5);

  // A guest reads what is said in their circle, by both sides, and nothing else.
  const [guest] = guests;
  const asGuest = { cookie: (await cookieOf(url, guest.email, demoPassword)).cookie };
  const theirs = circles.find(({ guests: invited }) => invited.some(({ key }) => key === guest.key))!;
  const seen = await (await fetch(`${url}/api/stream?limit=100`, { headers: asGuest })).json();
  const about = [...theirs.talks.map(({ title }) => title), ...theirs.under.map(({ about: title }) => title)];
  expect((seen as { threads: { title: string }[] }).threads.map(({ title }) => title).sort()).toEqual(about.sort());

  for (const { key, name } of colleagues.slice(0, 2)) {
    expect(talk.threads.some(({ replies }) => replies.last?.person.name === name || replies.count > 1)).toBe(true);
    await cookieOf(url, emailOf(key), demoPassword);
  }

  // What the town hall listens to has its thirty days too, and somebody has looked whether it is about them.
  const topics = await until(
    () => read(`${url}/api/topics`, TopicList),
    (list) => list.topics.some(({ precision }) => precision.judged > 0),
    30_000,
  );
  expect(topics.topics.map(({ name, version }) => [name, version])).toEqual(
    expect.arrayContaining(demoTopics.map(({ name, versions }) => [name, versions.length])),
  );
  for (const { id } of topics.topics)
    expect((await read(`${url}/api/stream?topic=${id}`, StreamPage)).threads.length).toBeGreaterThan(2);

  // What a colleague shares finds something for everybody.
  const { searches } = await read(`${url}/api/searches`, SavedSearches);
  const shared = demoSearches.find((search) => search.shared)!;
  const kept = searches.find(({ name }) => name === shared.name)!;
  const found = await read(`${url}/api/search?q=${encodeURIComponent(kept.query)}`, SearchPage);
  expect(found.threads.length).toBeGreaterThan(2);

  // "Lees bij" opens a page.
  expect((await fetch(thread.mentions[0]!.url!)).status).toBe(200);

  const healthOf = async (label: string) => (await sources()).sources.find((one) => one.label === label)!.health;
  expect(await healthOf('Wijkkrant Waterrijk')).toMatchObject({ reason: 'web-page' });
  expect(await healthOf('Buurtblad Oost')).toMatchObject({ reason: 'silent' });
  await until(
    () => healthOf('Waardstreek Vandaag'),
    ({ status }) => status === 403,
    45_000,
  );
  await until(
    async () => readState(dataDir)!.published.size,
    (count) => count > 0,
    60_000,
  );

  const { port } = readState(dataDir)!;
  const before = mentionsIn(await sources());
  const began = performance.now();
  process.kill(-first.child.pid!, 'SIGTERM');
  expect(await first.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await readPidFile(join(dataDir, 'pg'))).toBeNull();
  await expect(fetch(`http://127.0.0.1:${port}/waardbode/feed`)).rejects.toThrow();

  // A second start is the same world at the same address: nothing comes twice.
  const second = launched({ DATA_DIR: dataDir }, 'demo/main.ts');
  const again = await second.url;
  headers = await cookieOf(again, emailOf('henk'), demoPassword);
  expect((await fetch(`http://127.0.0.1:${port}/waardbode/feed`)).status).toBe(200);
  const poll = (id: string) => fetch(`${again}/api/sources/${id}/poll`, { method: 'POST', headers });
  for (const { id } of (await read(`${again}/api/sources`, SourceList)).sources)
    expect((await poll(id)).status).toBe(202);
  const list = await until(
    () => read(`${again}/api/sources`, SourceList),
    ({ sources }) => sources.every(({ health }) => Date.parse(health.nextPollAt ?? '') > Date.now() + 60_000),
    20_000,
  );
  expect(mentionsIn(list)).toBeGreaterThanOrEqual(before);
  expect(mentionsIn(list)).toBeLessThan(before + 10);
  expect(JSON.parse(readFileSync(join(dataDir, 'outside-world.json'), 'utf8')).port).toBe(port);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});
