import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createSessionCookie } from '#api/auth-cookie.ts';
import type { RelationKind } from '#domain/relation.ts';
import type { Database } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';

export type SignedIn = { cookie: string; personId: number };

/** So many people of one kind, each with a session whose cookie is made here: thousands would take long to sign in one by one. */
export async function seedSignedIn(db: Database, kind: RelationKind, count: number): Promise<SignedIn[]> {
  const secret = await installationSecret(db);
  // As api/auth.ts makes the key of its cookies.
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'buitenwacht sessions', 32)).toString('base64');
  const cookie = createSessionCookie({ key, isSecure: false });
  const tokens = Array.from({ length: count }, (_, n) =>
    createHmac('sha256', secret).update(`${kind} ${n}`).digest('hex'),
  );
  const users = tokens.map(() => randomUUID());
  await sql`insert into auth."user" ("id", "name", "email", "emailVerified")
    select u.id, ${kind} || ' ' || u.n, ${kind} || '-' || u.n || '@bench.example', true
    from unnest(${users}::text[]) with ordinality u (id, n)`.execute(db);
  const { rows } = await sql<{ id: number; user: string }>`
    insert into people (user_id, name, last_seen_on) select u.id, ${kind} || ' ' || u.n, current_date
    from unnest(${users}::text[]) with ordinality u (id, n) returning id, user_id as user`.execute(db);
  await sql`insert into relations (person_id, kind)
    select id, ${kind} from unnest(${rows.map(({ id }) => id)}::bigint[]) p (id)`.execute(db);
  await sql`insert into auth."session" ("id", "expiresAt", "token", "updatedAt", "userId")
    select gen_random_uuid()::text, now() + interval '7 days', token, now(), u
    from unnest(${tokens}::text[], ${users}::text[]) s (token, u)`.execute(db);
  const personOf = new Map(rows.map(({ id, user }) => [user, id]));
  return tokens.map((token, n) => ({
    cookie: cookie.set(token).split(';')[0]!,
    personId: personOf.get(users[n]!)!,
  }));
}
