import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { PreparedMention } from '#domain/mention.ts';
import type { Database } from '#storage/database.ts';
import { createKeys, type Keys } from '#storage/keys.ts';
import { placeReply } from '#storage/reply-writes.ts';
import { outsideCircle } from '#storage/schema.ts';
import { aMention } from './builders.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { saved } from './saving.ts';
import { seedSource } from './seed.ts';

/** Writers of mentions and replies as the product writes them, for tests of what follows them. */
export type SearchWorld = {
  db: Database;
  keys: Keys;
  sourceId: number;
  person: SeededPerson;
  /** Saves mentions of one source, in one transaction; answers their ids in order of their external ids. */
  mentions: (given: readonly Partial<PreparedMention>[], sourceId?: number) => Promise<number[]>;
  /** A reply in a circle under a thread. */
  reply: (threadId: number, circleId: number, text: string) => Promise<number>;
  threadOf: (mentionId: number) => Promise<number>;
};

export async function searchWorld(db: Database): Promise<SearchWorld> {
  const keys = createKeys(Buffer.alloc(32, 7));
  const sourceId = await seedSource(db);
  const person = await seedPerson(db);
  return {
    db,
    keys,
    sourceId,
    person,
    async mentions(given, from = sourceId) {
      const made = given.map((one) => aMention(one));
      await saved(db, keys, from, made);
      const { rows } = await sql<{ id: number }>`
        select id from mentions where external_id = any(${made.map((one) => one.externalId)}::text[]) order by id`.execute(
        db,
      );
      return rows.map(({ id }) => id);
    },
    async reply(threadId, circleId, text) {
      const { rows } = await sql<{ version: number }>`
        select audience_version as version from circles where id = ${circleId}`.execute(db);
      const placing = await placeReply(db, [outsideCircle, circleId], {
        personId: person.id,
        personName: person.name,
        key: randomUUID(),
        digest: Buffer.alloc(32),
        kind: 'reply',
        threadId,
        circleId,
        outsiders: 0,
        audienceVersion: rows[0]!.version,
        text,
        references: [],
      });
      if (placing.kind !== 'placed') throw new Error(`A reply was not placed: ${placing.kind}`);
      return placing.reply.id;
    },
    async threadOf(mentionId) {
      const { rows } = await sql<{ id: number }>`select thread_id as id from mentions where id = ${mentionId}`.execute(
        db,
      );
      return rows[0]!.id;
    },
  };
}
