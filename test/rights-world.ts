import { sql } from 'kysely';
import { makeLink } from '#storage/person-links.ts';
import { everyoneCircle } from '#storage/schema.ts';
import { makeFeed } from '#storage/search-feeds.ts';
import { type Caller, callers } from './policy.ts';
import { seedMention, seedSource } from './seed.ts';
import { seedCircle, seedReply } from './seed-inside.ts';
import { type Browser, type SignInApp, signInApp } from './sign-in.ts';

/** Somebody of every kind, signed in for real, with objects of their own to ask for. */
export type RightsWorld = {
  api: SignInApp;
  browsers: Record<Caller, Browser>;
  /** By the name of a path's parameter: something that is there, and that this caller may reach if anybody. */
  own: Record<Caller, Record<string, string>>;
  /** The same, of something that never was. */
  never: Record<string, string>;
  /** Sessions that a request ended, and searches that one removed, are as they were. */
  restore: () => Promise<void>;
};

export async function rightsWorld(): Promise<RightsWorld> {
  const api = await signInApp();
  const browsers = {} as RightsWorld['browsers'];
  const own = {} as RightsWorld['own'];
  const { rows } = await sql<{ id: number }>`select id from people order by id limit 1`.execute(api.db);
  const somebody = rows[0]!.id;
  for (const caller of callers) {
    const browser = api.browser();
    let person = somebody;
    if (caller !== 'anonymous') {
      const role = caller === 'deactivated' ? 'administrator' : caller === 'guest' ? 'employee' : caller;
      const email = `${caller}@stad.example`;
      person = await api.colleagueWith({ email, role });
      if (caller === 'guest')
        await sql`update relations set kind = 'customer' where person_id = ${person}`.execute(api.db);
      const { status } = await browser.signIn(email);
      if (status !== 200) throw new Error(`${caller} did not get in: ${status}`);
    }
    browsers[caller] = browser;
    own[caller] = await objectsOf(api, person);
  }
  const out = await browsers.administrator.ask('PATCH', `/api/people/${own.deactivated.self}`, { active: false });
  if (out.json.state !== 'deactivated') throw new Error('Nobody was deactivated');
  await sql`create table kept_sessions as table auth."session"`.execute(api.db);
  await sql`create table kept_searches as table saved_searches`.execute(api.db);
  await sql`create table kept_feeds as table search_feeds`.execute(api.db);
  const kept = new Map(callers.map((caller) => [caller, new Map(browsers[caller].cookies)]));
  return {
    api,
    browsers,
    own,
    never: {
      circleId: api.ids.encode('circle', 9_999_999),
      invitationId: api.ids.encode('invitation', 9_999_999),
      standing: 'guest',
      threadId: api.ids.encode('thread', 9_999_999),
      moveId: api.ids.encode('move', 9_999_999),
      mentionId: api.ids.encode('mention', 9_999_999),
      sourceId: api.ids.encode('source', 9_999_999),
      personId: api.ids.encode('person', 9_999_999),
      replyId: api.ids.encode('reply', 9_999_999),
      tipId: api.ids.encode('tip', 9_999_999),
      searchId: api.ids.encode('search', 9_999_999),
      topicId: api.ids.encode('topic', 9_999_999),
      runId: api.ids.encode('run', 9_999_999),
      token: 'A'.repeat(43),
      feed: `${'A'.repeat(43)}.atom`,
    },
    async restore() {
      await sql`update memberships set left_at = null`.execute(api.db);
      await sql`insert into auth."session" table kept_sessions on conflict do nothing`.execute(api.db);
      await sql`insert into saved_searches overriding system value table kept_searches on conflict do nothing`.execute(
        api.db,
      );
      await sql`insert into search_feeds table kept_feeds on conflict do nothing`.execute(api.db);
      for (const caller of callers)
        for (const [name, value] of kept.get(caller)!) browsers[caller].cookies.set(name, value);
    },
  };
}

async function objectsOf({ db, ids, colleagueWith }: SignInApp, personId: number): Promise<Record<string, string>> {
  const sourceId = await seedSource(db);
  const authorKey = Buffer.from(`author ${sourceId}`);
  const { threadId, mentionId } = await seedMention(db, { sourceId, authorKey });
  const { rows } = await sql<{
    id: number;
  }>`insert into tips (person_id, text) values (${personId}, 'tip') returning id`.execute(db);
  const target = await colleagueWith({ email: `${sourceId}@stad.example` });
  const circleId = await seedCircle(db, `Kring ${sourceId}`);
  // Who comes from outside is in until a day.
  await sql`insert into memberships (circle_id, person_id, role, until)
    values (${circleId}, ${personId}, 'host', today() + 30), (${circleId}, ${target}, 'deputy', null) on conflict do nothing`.execute(
    db,
  );
  const replyId = await seedReply(db, { threadId, personId, circleId, at: '2026-11-21T09:00:00Z' });
  const move = await sql<{ id: number }>`
    insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
    values (${threadId}, ${circleId}, ${everyoneCircle}, ${personId}, true) returning id`.execute(db);
  const { token } = await makeLink(db, { personId: target, purpose: 'invite', madeBy: target });
  // One link for both kinds: a path names only a token.
  const invitation = await sql<{ id: number }>`
    insert into invitations (token_hash, circle_id, name, relation, reason, until, made_by, expires_at)
    values (sha256(${token}::text::bytea), ${circleId}, 'Fatima', 'expert', 'Een vraag', today() + 30, ${target}, now() + interval '1 day')
    returning id`.execute(db);
  const searches = await sql<{ id: number }>`
    insert into saved_searches (owner_id, name, query) values (${personId}, 'Brug', 'brug'), (${target}, 'Brug', 'brug')
    returning id`.execute(db);
  const [own, another] = searches.rows;
  const feed = await makeFeed(db, { searchId: another!.id, personId: target });
  return {
    self: ids.encode('person', personId),
    circleId: ids.encode('circle', circleId),
    invitationId: ids.encode('invitation', invitation.rows[0]!.id),
    standing: 'guest',
    sourceId: ids.encode('source', sourceId),
    threadId: ids.encode('thread', threadId),
    moveId: ids.encode('move', move.rows[0]!.id),
    mentionId: ids.encode('mention', mentionId),
    replyId: ids.encode('reply', replyId),
    tipId: ids.encode('tip', rows[0]!.id),
    personId: ids.encode('person', target),
    searchId: ids.encode('search', own!.id),
    ...(await topicOf(db, ids, mentionId)),
    token,
    feed: `${feed}.atom`,
  };
}

/** A topic that found a mention, and a run of it that can be undone. */
async function topicOf(db: SignInApp['db'], ids: SignInApp['ids'], mentionId: number): Promise<Record<string, string>> {
  const one = async (query: ReturnType<typeof sql<{ id: number }>>) => (await query.execute(db)).rows[0]!.id;
  const topicId = await one(sql`insert into topics (name, kind, colour, legal_basis, state, version)
    values (${`Onderwerp ${mentionId}`}, 'theme', 'teal', 'public-task', 'active', 1) returning id`);
  await sql`insert into topic_versions (topic_id, version, query) values (${topicId}, 1, 'brug')`.execute(db);
  await sql`insert into mention_topics (mention_id, topic_id, version, spans) values (${mentionId}, ${topicId}, 1, '{}')`.execute(
    db,
  );
  const runId = await one(
    sql`insert into topic_runs (topic_id, version, days, state) values (${topicId}, 1, 30, 'done') returning id`,
  );
  return { topicId: ids.encode('topic', topicId), runId: ids.encode('run', runId) };
}
