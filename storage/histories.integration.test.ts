import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { brokenPromises, saved } from '#test/saving.ts';
import { installationSecret } from './installation.ts';
import { createKeys, type Keys } from './keys.ts';
import { eraseAuthor } from './retention.ts';

const histories = process.env.FULL ? 500 : 20;
const length = 20;
let database: FreshDatabase;
let keys: Keys;

beforeAll(async () => {
  database = await freshDatabase();
  keys = createKeys(await installationSecret(database.db));
});
afterAll(() => database.drop());

/** Numbers in [0, 1), the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), state | 1) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Post = { id: number; author: number; words: string };

/** What must come of a history, in twenty lines: the last words of each post, unless it or its author is gone. */
function createModel() {
  const texts = new Map<number, Post>();
  const gone = new Set<number>();
  const erased = new Set<number>();
  return {
    see(post: Post) {
      if (erased.has(post.author)) gone.add(post.id);
      if (!gone.has(post.id)) texts.set(post.id, post);
    },
    withdraw(id: number) {
      gone.add(id);
      texts.delete(id);
    },
    erase(author: number) {
      erased.add(author);
      for (const post of [...texts.values()].filter((one) => one.author === author)) this.withdraw(post.id);
    },
    texts: () => [...texts.values()].map(({ id, words }) => `${id} ${words}`).sort(),
    has: (author: number) => [...texts.values()].find((post) => post.author === author),
  };
}

test(`F8: ${histories} histories of posts, edits, late duplicates, withdrawals and erasures end as the model says`, async () => {
  const { db } = database;
  for (let history = 1; history <= histories; history++) {
    const random = seeded(history);
    const pick = (count: number) => Math.floor(random() * count);
    const source = await addedSource(db);
    const namespace = `history-${history}`;
    const model = createModel();
    const sent: Post[] = [];
    const send = async (post: Post) => {
      model.see(post);
      sent.push(post);
      const author = { externalId: `${post.author}` };
      const mention = aMention({ namespace, externalId: `${post.id}`, author, text: `${post.id} ${post.words}` });
      await saved(db, keys, source, [mention], { record: null });
    };
    for (let step = 0; step < length; step++) {
      const kind = pick(10);
      const id = pick(8);
      if (kind < 5) await send({ id, author: id % 3, words: `woorden ${step}` });
      else if (kind < 7 && sent.length > 0) await send(sent[pick(sent.length)]!);
      else if (kind < 9) {
        model.withdraw(id);
        await saved(db, keys, source, [], { withdrawn: [keys.mention(namespace, `${id}`)], record: null });
      } else {
        const post = model.has(id % 3);
        if (!post) continue;
        const { rows } = await sql<{ id: number }>`select id from mentions
          where namespace = ${namespace} and external_id = ${`${post.id}`}`.execute(db);
        await eraseAuthor(db, rows[0]!.id);
        model.erase(post.author);
      }
    }
    const { rows } = await sql<{
      text: string;
    }>`select x.text from mention_texts x join mentions m on m.id = x.mention_id
      where m.namespace = ${namespace} and x.edition = 0 order by x.text collate "C"`.execute(db);
    expect(
      rows.map(({ text }) => text),
      `history ${history}`,
    ).toEqual(model.texts());
  }
  expect(await brokenPromises(db)).toEqual([]);
}, 300_000);
