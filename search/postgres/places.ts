import { type RawBuilder, sql } from 'kysely';
import { type DocumentKind, documentKinds, type Hit, outsideCircle, type Place, type Scope } from '#search/engine.ts';

/** A row as every query of this engine answers it. */
export type HitRow = { kind: number; ref: number; threadId: number; circleId: number; sortAt: Date; inexact: boolean };

export const hitColumns = sql`d.kind, d.ref, d.thread_id, d.circle_id, d.sort_at, d.inexact`;
export const newestFirst = sql`sort_at desc, kind desc, ref desc`;

const kindNames = new Map<number, DocumentKind>(
  Object.entries(documentKinds).map(([name, number]) => [number, name as DocumentKind]),
);

export const hitOf = ({ kind, ref, threadId, circleId, sortAt }: HitRow): Hit => ({
  kind: kindNames.get(kind)!,
  id: ref,
  threadId,
  circleId,
  sortAt: sortAt.getTime(),
});

const placeValues = ({ sortAt, kind, id }: Place) =>
  sql`(${new Date(sortAt).toISOString()}::timestamptz, ${documentKinds[kind]}::smallint, ${id}::bigint)`;
export const isAfter = (place: Place | null): RawBuilder<boolean> =>
  place ? sql`(d.sort_at, d.kind, d.ref) < ${placeValues(place)}` : sql`true`;
export const isAbove = (place: Place): RawBuilder<boolean> => sql`(d.sort_at, d.kind, d.ref) > ${placeValues(place)}`;

/**
 * The asker's circles, in every query. Who does not see the outside sees little of all there is: a lexeme of the circle lets the index
 * leave the rest out; the column decides.
 */
export function visible({ circles }: Scope): RawBuilder<boolean> {
  // Most documents are in one circle only: the others are looked at where that one is not enough.
  const column = sql<boolean>`(d.circle_id = any(${circles}::int[]) or (d.also is not null and d.also && ${circles}::int[]))`;
  if (circles.includes(outsideCircle) || circles.length === 0) return column;
  return sql`(${column} and d.words @@ ${circles.map((id) => `'@${id}'`).join(' | ')}::tsquery)`;
}
