import { type RawBuilder, sql } from 'kysely';

/**
 * The moment at which a day begins in a time zone, as an expression. Not simply its midnight: where clocks go back at midnight (the
 * Azores, Cuba) there are two of those and PostgreSQL takes the second, where they go forward (Chile, Egypt) there is none. The end of
 * the day before is one moment in every zone, and whatever `at time zone` calls that day begins there.
 */
export function startOfDay(day: RawBuilder<unknown>, timeZone: string): RawBuilder<unknown> {
  return sql`(((${day})::timestamp - interval '1 microsecond') at time zone ${timeZone}::text + interval '1 microsecond')`;
}
