import { type Kysely, sql } from 'kysely';
import { keepTextDays } from './mention-rows.ts';
import type { Tables } from './schema.ts';

/** However much it is talked about, a stranger's text is kept no longer than this. */
export const mostKeptDays = 730;
/** Month under which texts stand that outlive theirs, so that a month can be dropped whole (storage/partitions.ts). */
const keptMonth = '0001-01-01';

/**
 * Of mentions whose time is over, keeps the words of those that are still talked about: until as long after the newest reply
 * as any text is kept, at most two years. Earlier versions keep their own time. Answers which are kept.
 */
export async function keepDiscussed(
  trx: Kysely<Tables>,
  mentionIds: readonly number[],
  now: Date,
): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    with due as (
      select m.id, m.text_month, least(talk.last + ${keepTextDays} * interval '1 day',
        m.fetched_at + ${mostKeptDays} * interval '1 day') as until
      from mentions m
      cross join lateral (
        select max(p.sort_at) as last from placements p where p.thread_id = m.thread_id and p.reply_count > 0
      ) talk
      where m.id = any(${mentionIds}::bigint[]) and m.state = 'live' and talk.last is not null
      order by m.id for update of m
    ), kept as (
      select * from due where until > ${now.toISOString()}::timestamptz
    ), texts as (
      update mention_texts x set month = ${keptMonth},
        expires_at = case when x.edition = 0 then kept.until else x.expires_at end
      from kept where x.mention_id = kept.id and x.month = kept.text_month
    )
    update mentions m set text_month = ${keptMonth} from kept where m.id = kept.id returning m.id`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}
