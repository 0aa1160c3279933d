import { sql } from 'kysely';
import { createIds } from '#api/ids.ts';
import type { Database } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import type { Colleague } from './client.ts';
import type { ColleagueKey } from './people.ts';

type Version = { query: string; note?: string; by: ColleagueKey; daysAgo: number };
type DemoTopic = {
  name: string;
  kind: 'ourselves' | 'product' | 'competitor' | 'theme';
  colour: string;
  purpose: string;
  legalBasis: string;
  owner: ColleagueKey;
  /** The first is there from the start; the last is the one that counts. */
  versions: [Version, ...Version[]];
};

/** What the town hall listens to, and how its questions grew. */
export const demoTopics: DemoTopic[] = [
  {
    name: 'Over de gemeente',
    kind: 'ourselves',
    colour: 'blue',
    purpose: 'Weten wat inwoners van ons vinden',
    legalBasis: 'public-task',
    owner: 'sanne',
    versions: [
      { query: 'gemeente', by: 'sanne', daysAgo: 28 },
      {
        query: 'gemeente OF wethouder OF burgemeester OF gemeentehuis OF gemeenteraad',
        note: 'Mensen noemen vaker de wethouder dan de gemeente.',
        by: 'sanne',
        daysAgo: 21,
      },
    ],
  },
  {
    name: 'Sluisbrug',
    kind: 'theme',
    colour: 'teal',
    purpose: 'Bewoners op tijd antwoorden',
    legalBasis: 'public-task',
    owner: 'ravi',
    versions: [
      { query: 'sluisbrug', by: 'ravi', daysAgo: 27 },
      { query: 'sluisbrug OF "brug bij de sluis"', note: 'Zo noemen oudere inwoners hem.', by: 'ravi', daysAgo: 19 },
      {
        query: '(sluisbrug OF "brug bij de sluis" OF noodbrug OF #sluisbrug) NIET "te koop"',
        note: 'Ook de noodbrug; advertenties eruit.',
        by: 'ravi',
        daysAgo: 4,
      },
    ],
  },
  {
    name: 'Afvalpas',
    kind: 'product',
    colour: 'green',
    purpose: 'Storingen melden aan de afvaldienst',
    legalBasis: 'public-task',
    owner: 'sanne',
    versions: [
      { query: 'afvalpas', by: 'sanne', daysAgo: 26 },
      { query: 'afvalpas OF (container* (vol OF kapot OF open OF pas))', by: 'ravi', daysAgo: 12 },
    ],
  },
  {
    name: 'Buurgemeente Ambtwaard',
    kind: 'competitor',
    colour: 'amber',
    purpose: 'Vergelijken hoe vaak en hoe er over ons wordt gepraat',
    legalBasis: 'legitimate-interest',
    owner: 'sanne',
    versions: [{ query: 'ambtwaard', by: 'sanne', daysAgo: 20 }],
  },
];

/** What colleagues said about what a topic found; the mentions by words of their title. */
const judgements: { topic: string; titles: string; about: boolean; by: ColleagueKey }[] = [
  { topic: 'Sluisbrug', titles: '%Sluisbrug%', about: true, by: 'ravi' },
  { topic: 'Sluisbrug', titles: '%brommers%', about: false, by: 'ravi' },
  { topic: 'Over de gemeente', titles: '%Ambtwaard%', about: false, by: 'sanne' },
  { topic: 'Over de gemeente', titles: '%wethouder%', about: true, by: 'sanne' },
  { topic: 'Afvalpas', titles: '%afvalpas%', about: true, by: 'sanne' },
];
/** As many as somebody has time for. */
const mostJudged = 30;
const appliedDays = 30;
const lookEveryMs = 250;
const lookForMs = 60_000;
const dayMs = 86_400_000;

type People = ReadonlyMap<ColleagueKey, Colleague>;
type Known = { id: string; name: string; version: number; state: string };

async function known(people: People): Promise<Map<string, Known>> {
  const { topics } = (await people.get('ravi')!.ask('GET', '/topics')) as { topics: Known[] };
  return new Map(topics.map((topic) => [topic.name, topic]));
}

/** Makes the topics with their first versions and lets them collect; those that are there stay as they are. */
export async function makeTopics(people: People): Promise<void> {
  const there = await known(people);
  for (const { versions, owner, ...topic } of demoTopics) {
    if (there.has(topic.name)) continue;
    const [{ query, by }] = versions;
    const { id } = await people.get(by)!.ask('POST', '/topics', { ...topic, query, owner: people.get(owner)!.id });
    await people.get(by)!.ask('POST', `/topics/${id}/start`, {});
  }
}

/**
 * Brings the topics to the versions that count, applies each to the thirty days that are there, and judges some of what they found;
 * then puts all of it back to when it was. Safe to run again.
 */
export async function settleTopics(db: Database, people: People, bornAt: Date, signal: AbortSignal): Promise<void> {
  for (const topic of demoTopics) {
    const { id, version } = (await known(people)).get(topic.name)!;
    if (version > topic.versions.length) continue;
    for (const [at, { query, note, by }] of topic.versions.entries())
      if (at >= version)
        await people.get(by)!.ask('POST', `/topics/${id}/versions`, { after: at, query, ...(note ? { note } : {}) });
    const { runs } = (await people.get('ravi')!.ask('GET', `/topics/${id}/runs`)) as { runs: unknown[] };
    const apply = { from: 'days', days: appliedDays };
    if (runs.length === 0) await people.get(topic.owner)!.ask('POST', `/topics/${id}/start`, { apply });
  }
  await runsAreDone(db, signal);
  for (const judgement of judgements) await judge(db, people, judgement);
  await putBack(db, bornAt);
}

async function runsAreDone(db: Database, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + lookForMs;
  while (!signal.aborted && Date.now() < deadline) {
    const { rows } = await sql`select from topic_runs where state in ('waiting', 'running', 'undoing') limit 1`.execute(
      db,
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

async function judge(
  db: Database,
  people: People,
  { topic, titles, about, by }: (typeof judgements)[number],
): Promise<void> {
  const { rows } = await sql<{ mentionId: number; topicId: number }>`
    select m.id as "mentionId", t.id as "topicId" from topics t
    join mention_topics f on f.topic_id = t.id and f.judged is null
    join mentions m on m.id = f.mention_id join mention_texts x on x.mention_id = m.id and x.edition = 0
    where t.name = ${topic} and t.state <> 'removed' and x.title ilike ${titles} order by m.sort_at desc limit ${mostJudged}`.execute(
    db,
  );
  const ids = createIds(await installationSecret(db));
  for (const { mentionId, topicId } of rows) {
    const path = `/mentions/${ids.encode('mention', mentionId)}/topics/${ids.encode('topic', topicId)}`;
    await people.get(by)!.ask('PUT', path, { about });
  }
}

/** Topics and their versions get the times at which they were made in the thirty days before. */
async function putBack(db: Database, bornAt: Date): Promise<void> {
  const at = (daysAgo: number) => new Date(bornAt.getTime() - daysAgo * dayMs);
  for (const { name, versions } of demoTopics) {
    const first = at(versions[0].daysAgo);
    await sql`update topics set created_at = ${first} where name = ${name} and state <> 'removed'`.execute(db);
    for (const [n, { daysAgo }] of versions.entries())
      await sql`update topic_versions v set made_at = ${at(daysAgo)} from topics t
        where t.id = v.topic_id and t.name = ${name} and t.state <> 'removed' and v.version = ${n + 1}`.execute(db);
  }
}
