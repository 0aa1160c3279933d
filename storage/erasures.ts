import { type Kysely, sql } from 'kysely';
import type { MentionState } from '#domain/mention.ts';
import { createKeys } from './keys.ts';
import type { Tables } from './schema.ts';

/**
 * What was erased, noted in the transaction that erases as keyed hashes and numbers, never words or names. From here it goes to the
 * journal outside the database (storage/erasure-journal.ts), so that no backup brings it back.
 */
export type ErasureKind = 'mention' | 'author' | 'source' | 'reply';

/** Who mentions were, before their identity went. */
export type Identity = { namespace: string | null; externalId: string | null };

/** Mentions that lost their words. */
export async function noteWiped(
  trx: Kysely<Tables>,
  identities: readonly Identity[],
  state: Exclude<MentionState, 'live'>,
): Promise<void> {
  const { secret } = await trx.selectFrom('installation').select('secret').executeTakeFirstOrThrow();
  const { mention } = createKeys(secret);
  const keys = identities.flatMap(({ namespace, externalId }) =>
    namespace === null || externalId === null ? [] : [mention(namespace, externalId)],
  );
  await sql`insert into erasures (kind, state, key)
    select 'mention', ${state}, decode(key, 'hex') from unnest(${keys}::text[]) key`.execute(trx);
}

/** An author whose words may not come back. */
export async function noteErasedAuthor(trx: Kysely<Tables>, key: Buffer): Promise<void> {
  await sql`insert into erasures (kind, key) values ('author', ${key})`.execute(trx);
}

/** A source that was removed, by the keyed hash of its place (hex); with its mentions or without. */
export async function noteRemovedSource(
  trx: Kysely<Tables>,
  key: string,
  { mentions }: { mentions: boolean },
): Promise<void> {
  await sql`insert into erasures (kind, state, key)
    values ('source', ${mentions ? 'with-mentions' : 'alone'}, decode(${key}, 'hex'))`.execute(trx);
}
