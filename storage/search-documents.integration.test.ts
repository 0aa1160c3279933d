import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { saved } from '#test/saving.ts';
import { type SearchWorld, searchWorld } from '#test/search-world.ts';
import { seedSource } from '#test/seed.ts';
import { seedCircle } from '#test/seed-inside.ts';
import { tsvectorArray } from './binary-arrays.ts';
import { actOnCase } from './case-acts.ts';
import { vectorOf } from './document-vector.ts';
import { changeOwn } from './people-list.ts';
import { placeInCircle } from './placing.ts';
import { readDocuments } from './read-documents.ts';
import { changeWords, withdraw } from './reply-writes.ts';
import { eraseAuthor, expireTexts } from './retention.ts';
import { changeKinds, everyoneCircle, outsideCircle } from './schema.ts';
import { remakeMentionDocuments } from './search-documents.ts';
import { removeSource } from './sources.ts';

let fresh: FreshDatabase;
let world: SearchWorld;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await searchWorld(fresh.db);
});
afterAll(() => fresh.drop());
async function empty(): Promise<void> {
  await sql`truncate threads, placements, placement_sources, mentions, mention_keys, sightings, mention_texts, join_keys, joined,
    replies, search_documents, cases, changes, erased_authors cascade`.execute(fresh.db);
  // Circles can be about one thread, and go with them.
  await sql`insert into circles (id, kind, name) overriding system value
    values (1, 'outside', 'outside'), (2, 'internal', 'everyone'), (3, 'desk', 'desk')`.execute(fresh.db);
}
beforeEach(empty);

type Row = { kind: number; ref: number; facts: string; words: string };

/** What stands there, without the part a document is counted in, which is drawn. */
async function standing(): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select kind, ref, concat_ws(' ', thread_id, circle_id, sort_at, source_id, type, language, tone, topics, inexact, version) as facts,
      ts_delete(words, array['%1', '%2', '%4', '%8', '%16', '%32'])::text as words
    from search_documents order by kind, ref`.execute(fresh.db);
  return rows;
}

/** What should stand there: made anew from mentions, texts and replies. */
async function derived(): Promise<Row[]> {
  const { rows } = await sql<{ kind: number; ref: number; circle: number; facts: string; version: number }>`
    select 1 as kind, m.id as ref, ${outsideCircle}::int as circle, m.version,
      concat_ws(' ', m.thread_id, ${outsideCircle}::int, date_trunc('milliseconds', m.sort_at), m.source_id, m.kind, m.language,
        m.tone, array(select t.topic_id from mention_topics t where t.mention_id = m.id and t.judged is distinct from false order by 1)
      ) as facts
    from mentions m where m.state = 'live'
    union all
    select 2, r.id, r.circle_id, r.version, concat_ws(' ', r.thread_id, r.circle_id, r.written_at, 'reply', '{}') from replies r
    where r.withdrawn_at is null order by kind, ref`.execute(fresh.db);
  const documents = new Map(
    (
      await readDocuments(
        fresh.db,
        rows.map(({ kind, ref }) => ({ kind: kind === 1 ? 'mention' : 'reply', id: ref })),
      )
    ).map((one) => [`${one.kind === 'mention' ? 1 : 2} ${one.id}`, one]),
  );
  const made = rows.map((row) => ({ row, one: documents.get(`${row.kind} ${row.ref}`)! }));
  const { rows: texts } = await sql<{ words: string }>`
    select ts_delete(x, array['%1', '%2', '%4', '%8', '%16', '%32'])::text as words
    from unnest(${tsvectorArray(made.map(({ row, one }) => vectorOf(one.document, one.title, row.circle)))}::tsvector[])
      with ordinality u (x, n) order by n`.execute(fresh.db);
  return made.map(({ row: { kind, ref, facts, version }, one }, index) => ({
    kind,
    ref,
    facts: `${facts} ${one.document.inexact ? 't' : 'f'} ${version}`,
    words: texts[index]!.words,
  }));
}

const found = async (query: string): Promise<string[]> => {
  const { rows } = await sql<{ key: string }>`
    select kind || '-' || ref as key from search_documents where words @@ ${query}::tsquery order by kind, ref`.execute(
    fresh.db,
  );
  return rows.map(({ key }) => key);
};

test('a mention and a reply are found by what they say from the moment they are stored', async () => {
  const [id] = await world.mentions([
    {
      title: 'Brug open',
      text: 'De wethouders fietsen over https://www.haven.example/brug/nieuws?x=1 heen.',
      canonicalUrl: 'https://www.nieuws.krant.example/Stad/brug?from=rss',
      author: { name: 'Jan de Vries', handle: '@jan@social.example' },
      rating: { value: 3, best: 10 },
    },
  ]);
  for (const query of [
    "'brug':A <-> 'open'",
    "'wethouders'",
    "'~wethouder'",
    "'~fiet' | '~fiets'",
    "':author:vries' & ':author:jan@social.example'",
    "':site:krant.example' & ':site:nieuws.krant.example'",
    "':url:nieuws.krant.example/stad/brug'",
    "':link:haven.example/brug' & ':has:link'",
    "':rating:2' & ':has:rating' & ':side:outside' & ':type:article' & ':lang:nl' & ':sentiment:neutral'",
  ])
    expect(await found(query), query).toEqual([`1-${id}`]);
  const reply = await world.reply(
    await world.threadOf(id!),
    everyoneCircle,
    'Dat wist ik: https://intranet.example/plan.',
  );
  expect(await found("'wist'")).toEqual([`2-${reply}`]);
  expect(await found("':side:inside' & ':type:reply' & ':link:intranet.example/plan'")).toEqual([`2-${reply}`]);
  expect(await standing()).toEqual(await derived());
});

test('the beginning of a word finds words, never a field', async () => {
  await world.mentions([{ title: 'Bericht', text: 'Zomaar iets.' }]);
  for (const query of ["'side':*", "'lang':*", "'iet':* & 'type':*"]) expect(await found(query), query).toEqual([]);
  expect(await found("'iet':*")).toHaveLength(1);
});

test('of what is erased nothing is found any more', async () => {
  const author = { name: 'Piet Bakker', externalId: 'piet' };
  const ids = await world.mentions([
    { author, text: 'Geheimzinnig een.' },
    { author, text: 'Geheimzinnig twee.' },
    { text: 'Geheimzinnig drie.' },
  ]);
  await eraseAuthor(fresh.db, ids[0]!);
  expect(await found("'geheimzinnig'")).toEqual([`1-${ids[2]}`]);
  expect(await found("':author:piet'")).toEqual([]);
  await expireTexts(fresh.db, new Date('2030-01-01'));
  expect(await standing()).toEqual([]);
});

test('an act of the desk raises the mentions of its thread, and a reply told of is told of by its own number', async () => {
  const [id] = await world.mentions([{}]);
  const threadId = await world.threadOf(id!);
  const reply = await world.reply(threadId, everyoneCircle, 'Ik kijk ernaar.');
  const before = await versions();
  const reader = { personId: world.person.id, circles: [outsideCircle, everyoneCircle] };
  await sql`delete from changes`.execute(fresh.db);
  expect((await actOnCase(fresh.db, reader, threadId, { action: 'take', version: 0 })).kind).toBe('done');
  expect(await versions()).toEqual({ ...before, [`1-${id}`]: before[`1-${id}`]! + 1 });
  expect(await told()).toContainEqual({ kind: changeKinds.mention, ref: id, circleId: null });
  await withdraw(fresh.db, reply);
  expect(await told()).toContainEqual({ kind: changeKinds.reply, ref: reply, circleId: everyoneCircle });
  expect(await standing()).toEqual(await derived());
});

test('what is made anew stays in every circle of its thread', async () => {
  const [id] = await world.mentions([{ text: 'Overal te lezen.' }]);
  const circleId = await seedCircle(fresh.db, 'Binnenstad');
  const threadId = await world.threadOf(id!);
  await fresh.db.transaction().execute((trx) => placeInCircle(trx, threadId, circleId));
  const circles = () => found(`'@${circleId}' & '@${outsideCircle}' & 'overal'`);
  expect(await circles()).toEqual([`1-${id}`]);
  await fresh.db.transaction().execute((trx) => remakeMentionDocuments(trx, [id!]));
  expect(await circles()).toEqual([`1-${id}`]);
});

async function versions(): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; version: number }>`
    select kind || '-' || ref as key, version from search_documents`.execute(fresh.db);
  return Object.fromEntries(rows.map(({ key, version }) => [key, version]));
}
async function told() {
  const { rows } = await sql<{ kind: number; ref: number; circleId: number | null }>`
    select kind, ref, circle_id as "circleId" from changes order by seq`.execute(fresh.db);
  return rows;
}

const texts = ['De brug blijft dicht.', 'Fietspad klaar: https://pad.example/a/b', 'Ja '.repeat(300), 'Café, één 東京'];
const anyAct = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('post' as const), text: fc.nat(), url: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('edit' as const), which: fc.nat(), text: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('again elsewhere' as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('reply' as const), which: fc.nat(), text: fc.nat() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom('reword', 'take back', 'withdraw', 'erase', 'take', 'rename', 'remove source'),
      which: fc.nat(),
      text: fc.nat(),
    }),
  },
);

test('after any sequence of writes the documents are what mentions, texts and replies say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 5, maxLength: 14 }), async (acts) => {
      await empty();
      const sources = [await seedSource(fresh.db), await seedSource(fresh.db)];
      const posted: ReturnType<typeof aMention>[] = [];
      const replies: number[] = [];
      const textOf = (n: number) => texts[n % texts.length]!;
      const live = async (which: number) => {
        const { rows } = await sql<{ id: number; threadId: number }>`
          select m.id, m.thread_id as "threadId" from mentions m join placements p on p.thread_id = m.thread_id and p.circle_id = 1
          where m.state = 'live' order by 1`.execute(fresh.db);
        return rows[which % Math.max(1, rows.length)];
      };
      const save = (one: ReturnType<typeof aMention>, source: number) => saved(fresh.db, world.keys, source, [one]);
      for (const step of acts) {
        if (step.act === 'post') {
          const author = { name: `Ann ${posted.length % 3}`, externalId: `ann-${posted.length % 3}` };
          const one = aMention({
            text: textOf(step.text),
            author,
            namespace: 'mastodon',
            ...(step.url ? {} : { canonicalUrl: null }),
          });
          posted.push(one);
          await save(one, sources[0]!);
          continue;
        }
        const mention = await live(step.which);
        const known = posted[step.which % Math.max(1, posted.length)];
        const reply = replies[step.which % Math.max(1, replies.length)];
        if (step.act === 'edit' && known) {
          const text = `${textOf(step.text)} ${step.which}`;
          await save(
            { ...known, ...aMention({ text, externalId: known.externalId, namespace: 'mastodon' }) },
            sources[0]!,
          );
        } else if (step.act === 'again elsewhere' && known) await save(known, sources[1]!);
        else if (step.act === 'reply' && mention) {
          replies.push(await world.reply(mention.threadId, everyoneCircle, textOf(step.text)));
        } else if (step.act === 'reword' && reply) {
          const { rows } = await sql<{ version: number }>`select version from replies where id = ${reply}`.execute(
            fresh.db,
          );
          const words = { text: textOf(step.text), references: [] };
          await changeWords(fresh.db, {
            ...words,
            id: reply,
            personId: world.person.id,
            version: rows[0]!.version,
            heard: { circleId: everyoneCircle, audienceVersion: 1, outsiders: 0 },
          });
        } else if (step.act === 'take back' && reply) await withdraw(fresh.db, reply);
        else if (step.act === 'withdraw' && known) {
          const key = world.keys.mention(known.namespace, known.externalId);
          await saved(fresh.db, world.keys, sources[0]!, [], { withdrawn: [key] });
        } else if (step.act === 'erase' && mention) await eraseAuthor(fresh.db, mention.id);
        else if (step.act === 'take' && mention) {
          const reader = { personId: world.person.id, circles: [outsideCircle, everyoneCircle] };
          await actOnCase(fresh.db, reader, mention.threadId, { action: 'take', version: 0 });
        } else if (step.act === 'rename') {
          world.person.name = `Zoë ${step.which % 5}`;
          await fresh.db.transaction().execute((trx) => changeOwn(trx, world.person.id, { name: world.person.name }));
        } else if (step.act === 'remove source' && step.which % 4 === 0)
          await removeSource(fresh.db, sources[0]!, { mentions: true });
      }
      expect(await standing()).toEqual(await derived());
    }),
    { numRuns: process.env.FULL ? 200 : 12 },
  );
}, 120_000);
