import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hoursAgo, type TopicWorld, topicWorld } from '#test/topic-world.ts';

let world: TopicWorld;
beforeEach(async () => {
  world = await topicWorld();
  const at = hoursAgo(2);
  await world.follow('/nieuws', [{ id: '1', title: 'Sluisbrug', text: 'De brug bij de sluis gaat weer open.', at }]);
  await world.poll();
});
afterEach(() => world.close());

const lookBack = { apply: { from: 'days', days: 30 } };
const run = async (topicId: string) => (await world.api.ask('GET', `/api/topics/${topicId}/runs`)).json.runs[0];

/** Whatever is written of this topic is refused by the database, as a mistake of ours would be. */
async function breaks(topicId: string): Promise<() => Promise<void>> {
  const { db, ids } = world.api;
  await sql`create function refuse() returns trigger language plpgsql as ${sql.lit(
    `begin if coalesce(new.topic_id, old.topic_id) = ${ids.decode('topic', topicId)} then raise exception 'broken'; end if;
      return coalesce(new, old); end`,
  )}`.execute(db);
  await sql`create trigger refuse before insert or update or delete on mention_topics
    for each row execute function refuse()`.execute(db);
  return async () => void (await sql`drop function refuse cascade`.execute(db));
}

/** As if the pause before the next attempt were over. */
const later = () => sql`update topic_runs set try_at = now() where try_at is not null`.execute(world.api.db);

test('a run that breaks each time holds up no other, is tried a few times, and then says that it broke', async () => {
  const broken = await world.topic('Kapot', 'waterschap');
  await world.api.ask('POST', `/api/topics/${broken}/versions`, { after: 1, query: 'brug', ...lookBack });
  const mend = await breaks(broken);
  const sound = await world.topic('Heel', 'waterschap');
  await world.api.ask('POST', `/api/topics/${sound}/versions`, { after: 1, query: 'sluis', ...lookBack });
  await world.runs();
  expect(await run(sound)).toMatchObject({ state: 'done', added: 1, failure: null });
  expect(await run(broken)).toMatchObject({ state: 'running', failure: null });
  for (let attempt = 2; attempt <= 4; attempt++) {
    await later();
    await world.runs();
  }
  expect(await run(broken)).toMatchObject({ state: 'failed', failure: 'broke', done: 0 });
  // Once it is mended it can be asked for again.
  await mend();
  await world.api.ask('POST', `/api/topics/${broken}/versions`, { after: 2, query: 'brug', ...lookBack });
  await world.runs();
  expect(await run(broken)).toMatchObject({ state: 'done', added: 1 });
});

test('a run that broke once is done at the next attempt', async () => {
  const id = await world.topic('Sluis', 'waterschap');
  await world.api.ask('POST', `/api/topics/${id}/versions`, { after: 1, query: 'brug', ...lookBack });
  const mend = await breaks(id);
  await world.runs();
  await mend();
  await world.runs();
  expect(await run(id)).toMatchObject({ state: 'running' });
  await later();
  await world.runs();
  expect(await run(id)).toMatchObject({ state: 'done', added: 1 });
});

test('undoing that breaks each time ends as well, and can be asked for again', async () => {
  const id = await world.topic('Sluis', 'waterschap');
  await world.api.ask('POST', `/api/topics/${id}/versions`, { after: 1, query: 'brug', ...lookBack });
  await world.runs();
  const undo = `/api/topics/${id}/runs/${(await run(id)).id}/undo`;
  const mend = await breaks(id);
  expect((await world.api.ask('POST', undo)).json.state).toBe('undoing');
  for (let attempt = 1; attempt <= 4; attempt++) {
    await world.runs();
    await later();
  }
  expect(await run(id)).toMatchObject({ state: 'failed', failure: 'broke' });
  await mend();
  expect((await world.api.ask('POST', undo)).json).toMatchObject({ state: 'undoing', failure: null });
  await world.runs();
  expect(await run(id)).toMatchObject({ state: 'undone' });
});

test('a run whose query names what is gone says so', async () => {
  await world.topic('Brug', 'brug');
  const id = await world.topic('Sluis', 'zoekvraag:brug');
  await world.api.ask('POST', `/api/topics/${id}/versions`, { after: 1, query: 'zoekvraag:brug', ...lookBack });
  await sql`update topics set state = 'removed' where name = 'Brug'`.execute(world.api.db);
  await world.runs();
  expect(await run(id)).toMatchObject({ state: 'failed', failure: 'query' });
});
