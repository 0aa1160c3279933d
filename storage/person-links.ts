import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

export type LinkPurpose = 'invite' | 'reset';
export type LinkState =
  | { kind: 'usable'; personId: number; purpose: LinkPurpose; name: string; email: string; expiresAt: Date }
  | { kind: 'used' }
  | { kind: 'expired' };

const lifetimeDays = { invite: 7, reset: 1 } satisfies Record<LinkPurpose, number>;
const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Makes a link for a person: 256 random bits, of which only a hash is kept. Earlier ones of this person stop working. */
export async function makeLink(
  trx: Kysely<Tables>,
  { personId, purpose, madeBy }: { personId: number; purpose: LinkPurpose; madeBy: number | null },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  await sql`select from people where id = ${personId} for no key update`.execute(trx);
  await endLinksOf(trx, personId);
  const { rows } = await sql<{ expiresAt: Date }>`
    insert into person_links (token_hash, person_id, purpose, made_by, expires_at)
    values (${hashOf(token)}, ${personId}, ${purpose}, ${madeBy}, now() + ${lifetimeDays[purpose]} * interval '1 day')
    returning expires_at as "expiresAt"`.execute(trx);
  return { token, expiresAt: rows[0]!.expiresAt };
}

/** Makes a link to come in for each of these people, who have none yet; tokens in their order. */
export async function makeInvites(
  trx: Kysely<Tables>,
  people: readonly number[],
  madeBy: number,
): Promise<{ tokens: string[]; expiresAt: Date }> {
  const tokens = people.map(() => randomBytes(32).toString('base64url'));
  const { rows } = await sql<{ expiresAt: Date }>`
    with made as (
      insert into person_links (token_hash, person_id, purpose, made_by, expires_at)
      select decode(u.hash, 'hex'), u.id, 'invite', ${madeBy}, now() + ${lifetimeDays.invite} * interval '1 day'
      from unnest(${tokens.map((token) => hashOf(token).toString('hex'))}::text[], ${people}::bigint[]) u (hash, id)
    ) select now() + ${lifetimeDays.invite} * interval '1 day' as "expiresAt"`.execute(trx);
  return { tokens, expiresAt: rows[0]!.expiresAt };
}

/** The unused links of a person stop working. */
export async function endLinksOf(trx: Kysely<Tables>, personId: number): Promise<void> {
  await sql`update person_links set replaced_at = now()
    where person_id = ${personId} and used_at is null and replaced_at is null`.execute(trx);
}

type LinkRow = {
  personId: number;
  purpose: LinkPurpose;
  name: string;
  email: string;
  expiresAt: Date;
  used: boolean;
  over: boolean;
};

/** What a link is worth now; null for one that never was, or whose person may not come in. Never changes anything. */
export async function readLink(db: Kysely<Tables>, token: string, lock = false): Promise<LinkState | null> {
  const { rows } = await sql<LinkRow>`
    select l.person_id as "personId", l.purpose, p.name, u."email", l.expires_at as "expiresAt", l.used_at is not null as used,
      l.expires_at <= now() or l.replaced_at is not null as over
    from person_links l join people p on p.id = l.person_id join auth."user" u on u."id" = p.user_id
    where l.token_hash = ${hashOf(token)} and p.deactivated_at is null ${lock ? sql`for update of l` : sql``}`.execute(
    db,
  );
  const link = rows[0];
  if (!link) return null;
  if (link.used) return { kind: 'used' };
  if (link.over) return { kind: 'expired' };
  const { personId, purpose, name, email, expiresAt } = link;
  return { kind: 'usable', personId, purpose, name, email, expiresAt };
}

/** Uses a link up, with `act` in the same transaction: of two at the same moment one finds it used. */
export async function useLink(
  db: Database,
  token: string,
  act: (trx: Kysely<Tables>, personId: number) => Promise<void>,
): Promise<LinkState | null> {
  return await db.transaction().execute(async (trx) => {
    // The person before the link, as whoever deactivates them: else each could wait for the other.
    await sql`select from people where id = (select person_id from person_links where token_hash = ${hashOf(token)})
      for update`.execute(trx);
    const link = await readLink(trx, token, true);
    if (link?.kind !== 'usable') return link;
    await sql`update person_links set used_at = now() where token_hash = ${hashOf(token)}`.execute(trx);
    await act(trx, link.personId);
    return link;
  });
}

/** A link to choose another password for the active person with this address (in lower case), or null; made by who keeps the server. */
export async function makeLinkForEmail(
  db: Database,
  email: string,
): Promise<{ token: string; expiresAt: Date } | null> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number }>`
      select p.id from people p join auth."user" u on u."id" = p.user_id
      where u."email" = ${email} and p.deactivated_at is null`.execute(trx);
    return rows[0] ? await makeLink(trx, { personId: rows[0].id, purpose: 'reset', madeBy: null }) : null;
  });
}
