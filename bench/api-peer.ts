// The least that could stand in our place: bare Hono with one prepared query for each answer. It knows one reader, hides its
// ids behind nothing and checks nobody.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { replyDocument } from '#domain/search-document.ts';
import { tsvector } from '#storage/binary-arrays.ts';
import { vectorOf } from '#storage/document-vector.ts';
import { changeKinds } from '#storage/schema.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 10 });
const reader = Number(process.env.PEER_READER);

const stream = `
  select t.id, t.born, coalesce(x.title, t.title) as title, left(x.text, 280) as excerpt,
    coalesce(m.language, here.language) as language, s.id as source_id, s.label, s.kind as source_kind, b.id as starter_id,
    b.name as starter_name, m.kind, m.state, m.tone, m.sentiment_confidence, m.sentiment_method, m.rating_value, m.rating_best,
    t.mention_count, here.replies, here.unread, here.follows, r.text, r.written_at, w.id as writer_id, w.name as writer_name,
    c.id as circle_id, c.kind as circle_kind, c.name as circle_name, k.state as case_state, k.waiting_since,
    h.id as holder_id, h.name as holder_name, k.closed_at, k.reason, closer.id as closer_id, closer.name as closer_name, page.sort_at,
    greatest((select max(sort_at) from mentions where thread_id = t.id), r.written_at, t.created_at) as last_at,
    exists (select from thread_events e where e.thread_id = t.id and e.kind = 'tipped') as tip
  from (
    select thread_id, max(sort_at) as sort_at from (
      (select thread_id, sort_at from placements where circle_id = 1 order by sort_at desc, thread_id desc limit 50)
      union all
      (select thread_id, sort_at from placements where circle_id = 2 order by sort_at desc, thread_id desc limit 50)
    ) both_sides group by thread_id order by 2 desc, 1 desc limit 50
  ) page
  join threads t on t.id = page.thread_id
  left join mentions m on m.id = t.origin_mention_id
  left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
  left join sources s on s.id = m.source_id
  left join people b on b.id = t.started_by
  cross join lateral (
    select sum(p.reply_count)::int as replies, max(p.language) as language, coalesce(bool_or(a.follows), false) as follows,
      bool_or(p.news_at > greatest(a.read_at, g.read_up_to, '-infinity')) as unread
    from placements p
    left join attention a on a.person_id = $1 and a.thread_id = p.thread_id and a.circle_id = p.circle_id
    left join circle_readings g on g.person_id = $1 and g.circle_id = p.circle_id
    where p.thread_id = t.id and p.circle_id in (1, 2)
  ) here
  left join lateral (
    select * from replies where thread_id = t.id and circle_id in (1, 2) and withdrawn_at is null
    order by written_at desc, id desc limit 1
  ) r on true
  left join people w on w.id = r.person_id
  left join circles c on c.id = r.circle_id
  left join cases k on k.thread_id = t.id
  left join people h on h.id = k.holder_id
  left join people closer on closer.id = k.closed_by
  order by page.sort_at desc, t.id desc`;

// The same rows as ours, so that what differs is what we do beside them: the reply, its placement and that of its source, what the
// writer has read and follows on both sides of the thread, the words it is found by (always the same, made beforehand), the key
// against a second sending, three changes.
const reply = `
  with standing as (
    update placements set sort_at = now(), news_at = now(), reply_count = reply_count + 1
    where thread_id = $1 and circle_id = 2 returning thread_id, circle_id
  ), written as (
    insert into replies (thread_id, circle_id, person_id, text, written_at)
    select thread_id, circle_id, $2::bigint, $3, now() from standing
    returning id, thread_id, circle_id, person_id, text, written_at
  ), accepted as (
    insert into accepted_requests (person_id, key, digest, kind, ref) select person_id, $4, $5, 'reply', id from written
  ), attending as (
    insert into attention (person_id, thread_id, circle_id, read_at, follows)
    select person_id, thread_id, circle_id, written_at, true from written
    union all select person_id, thread_id, 1, written_at, false from written
    on conflict (person_id, thread_id, circle_id) do update set read_at = excluded.read_at, follows = excluded.follows
  ), documented as (
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, words, inexact, version)
    select 2, id, thread_id, circle_id, written_at, 'reply', $6::tsvector, false, 1 from written
  ), of_sources as (
    insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select w.thread_id, w.circle_id, o.source_id, w.written_at
    from written w join placement_sources o on o.thread_id = w.thread_id and o.circle_id = 1
    on conflict (thread_id, circle_id, source_id) do update set sort_at = excluded.sort_at
  ), told as (
    insert into changes (kind, ref, circle_id)
    select 1, thread_id, circle_id from written union all select ${changeKinds.person}, person_id, null from written
    union all select ${changeKinds.reply}, id, circle_id from written
  )
  select w.*, p.name as person_name, c.kind as circle_kind, c.name as circle_name
  from written w join people p on p.id = w.person_id join circles c on c.id = w.circle_id`;
const digest = Buffer.alloc(32);
const text = 'Dat klopt, sinds de verhuizing staan er rijen. Morgen komt er een tweede loket bij.';
const written = replyDocument({ title: null, text, authorName: 'Sanne', hasQuote: false, isEdited: false, sortAt: 0 });
const found = tsvector(vectorOf(written, null, 2));

const id = (tag: string, number: number) => `${tag}_${String(number).padStart(22, '0')}`;
const tones = ['negative', 'neutral', 'positive'];

const app = new Hono()
  .get('/health/live', (c) => c.json({ status: 'live' }))
  .get('/api/stream', async (c) => {
    const { rows } = await pool.query({ name: 'stream', text: stream, values: [reader] });
    const last = rows.at(-1);
    return c.json({
      threads: rows.map((row) => ({
        id: id('t', row.id),
        born: row.born,
        title: row.title,
        excerpt: row.excerpt,
        language: row.language,
        source: row.source_id && { id: id('s', row.source_id), label: row.label, kind: row.source_kind },
        kind: row.kind ?? 'post',
        state: row.state ?? 'live',
        sentiment: row.sentiment_method && {
          tone: row.tone === null ? 'unclear' : tones[row.tone + 1],
          certainty: row.tone !== null && row.sentiment_confidence >= 0.7 ? 'sure' : 'unsure',
          method: row.sentiment_method,
        },
        rating: row.rating_value && { value: row.rating_value, best: row.rating_best },
        starter: row.starter_id && { id: id('p', row.starter_id), name: row.starter_name },
        replies: {
          count: row.replies,
          last: row.text && {
            person: { id: id('p', row.writer_id), name: row.writer_name },
            circle: { id: id('c', row.circle_id), kind: row.circle_kind, name: row.circle_name },
            excerpt: row.text.slice(0, 200),
            at: row.written_at,
          },
        },
        unread: row.unread,
        follows: row.follows,
        case: row.case_state && {
          state: row.case_state,
          holder: row.holder_id && { id: id('p', row.holder_id), name: row.holder_name },
          waitingSince: row.waiting_since,
          closedAt: row.closed_at,
          closedBy: row.closer_id && { id: id('p', row.closer_id), name: row.closer_name },
          reason: row.reason,
        },
        tip: row.tip,
        copies: Math.max(0, row.mention_count - 1),
        sortAt: row.sort_at,
        lastAt: row.last_at,
      })),
      cursor: `${last.sort_at.getTime()}-${last.id}`.padEnd(59, '0'),
    });
  })
  .post('/api/threads/:id/replies', async (c) => {
    const { text } = await c.req.json();
    const { rows } = await pool.query({
      name: 'reply',
      text: reply,
      values: [Number(c.req.param('id')), reader, text, c.req.header('idempotency-key'), digest, found],
    });
    const [row] = rows;
    return c.json(
      {
        id: id('r', row.id),
        threadId: id('t', row.thread_id),
        circle: { id: id('c', row.circle_id), kind: row.circle_kind, name: row.circle_name },
        person: { id: id('p', row.person_id), name: row.person_name },
        text: row.text,
        references: [],
        writtenAt: row.written_at,
        editedAt: null,
        withdrawnAt: null,
        own: true,
        version: 1,
      },
      201,
    );
  });
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });
