import { type Kysely, sql } from 'kysely';
import type { CircleKind, Tables } from './schema.ts';

export type AudienceFacts = {
  circle: { id: number; kind: CircleKind; name: string };
  people: number;
  outsiders: boolean;
  version: number;
};

/** Who will hear what is written in each of the circles in which one can write. */
export async function readAudiences(db: Kysely<Tables>, circles: readonly number[]): Promise<AudienceFacts[]> {
  // There is one internal circle so far, of all colleagues; nobody from outside is in it.
  const { rows } = await sql<AudienceFacts>`
    select json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle, c.audience_version as version,
      (select count(*)::int from people where deactivated_at is null) as people, false as outsiders
    from circles c where c.id = any(${circles}::int[]) and c.kind = 'internal' order by c.id`.execute(db);
  return rows;
}
