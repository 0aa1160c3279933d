-- Who may see what: relations, circles with their frames and hosts, guests, and what is written down of it (design, section 6).

-- Days are those of the installation: a relation or an invitation ends with its last day.
alter table installation add time_zone text not null default 'Europe/Amsterdam';
create function today() returns date language sql stable
  return (select (now() at time zone time_zone)::date from installation);

-- What somebody is to the organisation, from a day until a day (both included; null: no end). Several at once. Who is employee or
-- freelancer today is a colleague, everybody else comes from outside.
create table relations (
  id bigint generated always as identity primary key,
  person_id bigint not null references people (id),
  kind text not null check (kind in
    ('employee', 'freelancer', 'alumnus', 'customer', 'ex-customer', 'expert', 'panel-member', 'partner')),
  since date not null default today(),
  until date,
  check (until is null or until >= since)
);
create index relations_person on relations (person_id);

alter table people add department text;
-- Who left keeps reading the conversations they took part in, until this day.
alter table people add own_threads_until date;

alter table circles add column created_by bigint references people (id);
alter table circles add column created_at timestamptz not null default now();
-- A circle about one thread and no other.
alter table circles add column only_thread_id bigint references threads (id);
-- The frame that counts: 0 of the circles there always are, which have none. `ends_on` and `after_end` are those of that frame.
alter table circles add column frame_version integer not null default 0;
alter table circles add column ends_on date;
-- What is left to a guest after their last day.
alter table circles add column after_end text not null default 'gone' check (after_end in ('read', 'gone'));
alter table circles add column archived_at timestamptz;
alter table circles add column archived_by bigint references people (id);
alter table circles add column conclusion text;
create index circles_kind on circles (kind);
-- Of what all may see, no two of one name; closed circles may share one, because nobody learns that another is there.
create unique index circles_name on circles (lower(normalize(name, nfkc))) where kind in ('internal', 'public') and archived_at is null;
-- Row 3: who answers the outside. The outside of a thread that only they may see stands here instead of in row 1.
insert into circles (kind, name) values ('desk', 'desk');

-- What the talk in a circle is about. Versions stay.
create table circle_frames (
  circle_id integer not null references circles (id),
  version integer not null,
  question text not null,
  in_scope text not null,
  out_of_scope text not null,
  -- What happens with the result.
  result text not null,
  house_rule text not null,
  ends_on date not null,
  after_end text not null check (after_end in ('read', 'gone')),
  -- What changed, in the words of who changed it.
  note text,
  made_by bigint references people (id),
  made_at timestamptz not null default now(),
  primary key (circle_id, version)
);
-- The version each person last said to have read.
create table frame_acknowledgements (
  circle_id integer not null references circles (id),
  person_id bigint not null references people (id),
  version integer not null,
  at timestamptz not null default now(),
  primary key (circle_id, person_id)
);
-- The state of the talk, which newcomers read first. Versions stay; the last counts.
create table circle_states (
  circle_id integer not null references circles (id),
  version integer not null,
  text text not null,
  made_by bigint not null references people (id),
  made_at timestamptz not null default now(),
  primary key (circle_id, version)
);

-- Who is in a circle. A row with left_at is a member no longer; who comes back gets the same row.
create table memberships (
  circle_id integer not null references circles (id),
  person_id bigint not null references people (id),
  role text not null default 'member' check (role in ('member', 'host', 'deputy')),
  joined_at timestamptz not null default now(),
  -- The last day; who comes from outside always has one.
  until date,
  left_at timestamptz,
  added_by bigint references people (id),
  reason text,
  muted_at timestamptz,
  muted_by bigint references people (id),
  muted_reason text,
  -- Off-boarding gave it the last day it has; who comes back has `until_before` again.
  off_boarded_at timestamptz,
  until_before date,
  primary key (circle_id, person_id)
);
create index memberships_person on memberships (person_id) where left_at is null;

-- A way in for somebody from outside: a link that works once, of which only a hash is kept.
create table invitations (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  circle_id integer not null references circles (id),
  -- The mention whose author is invited.
  mention_id bigint references mentions (id),
  name text not null,
  relation text not null,
  reason text not null,
  -- The guest's last day, at most 180 days on.
  until date not null,
  made_by bigint not null references people (id),
  made_at timestamptz not null default now(),
  -- The link itself.
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by bigint references people (id),
  revoked_at timestamptz,
  revoked_by bigint references people (id)
);
create index invitations_circle on invitations (circle_id, made_at desc);
create index invitations_mention on invitations (mention_id) where mention_id is not null;

-- A person is the author of a mention, and how that is known: so far only because a host said so. Known in their circle, nowhere else.
create table mention_authors (
  circle_id integer not null references circles (id),
  mention_id bigint not null references mentions (id),
  person_id bigint not null references people (id),
  how text not null check (how in ('confirmed-by-host')),
  confirmed_by bigint not null references people (id),
  at timestamptz not null default now(),
  primary key (mention_id, circle_id, person_id)
);

-- The outside of a thread stands in circle 1 or, for the desk only, in circle 3: there this tells it from the desk's own talk.
alter table placements add column home boolean not null default false;
create unique index placements_home on placements (thread_id) where home;
-- Who sees what a topic finds changed: the mention up to which its threads were brought home since; null: all of them are.
alter table topics add column homes_after bigint;

-- What hosts do with the talk in their circle.
alter table placements add column pinned_at timestamptz;
alter table placements add column closed_at timestamptz;
alter table placements add column closed_by bigint;
create index placements_pinned on placements (circle_id, pinned_at desc, thread_id desc) where pinned_at is not null;
create index placements_closed on placements (circle_id, closed_at desc, thread_id desc) where closed_at is not null;
alter table replies add column frame_version integer not null default 0;
alter table replies add column hidden_at timestamptz;
alter table replies add column hidden_by bigint references people (id);
alter table replies add column hidden_reason text;
-- Where it was said, when it was moved since: only there did its author sit at the table.
alter table replies add column moved_from integer;

-- A thread that somebody wants to take to a wider audience: whose words it holds are asked first.
create table thread_moves (
  id bigint generated always as identity primary key,
  thread_id bigint not null references threads (id),
  from_circle_id integer not null references circles (id),
  to_circle_id integer not null references circles (id),
  state text not null default 'asking' check (state in ('asking', 'done', 'cancelled')),
  made_by bigint not null references people (id),
  made_at timestamptz not null default now(),
  -- Somebody would read it who did not: what others wrote goes only when they agree.
  wider boolean not null,
  -- Whether who began the conversation agrees that its title goes; null: not asked, or no answer yet.
  title_agrees boolean,
  title_audience_version integer,
  title_outsiders integer,
  done_at timestamptz
);
create unique index thread_moves_asking on thread_moves (thread_id, from_circle_id, to_circle_id) where state = 'asking';
-- What was said when the move was asked for. `reply_version`: what they agreed to is the words as they were; `audience_version` and
-- `outsiders`: for who was shown to read along.
create table thread_move_answers (
  move_id bigint not null references thread_moves (id),
  reply_id bigint not null references replies (id),
  person_id bigint not null references people (id),
  reply_version integer not null,
  agrees boolean,
  audience_version integer,
  outsiders integer,
  at timestamptz,
  primary key (move_id, reply_id)
);
create index thread_move_answers_person on thread_move_answers (person_id) where agrees is null;

-- What waits in somebody's inbox beside what `attention` says: a question to them, or news that has no thread of its own.
create table notices (
  id bigint generated always as identity primary key,
  person_id bigint not null references people (id),
  kind text not null,
  circle_id integer,
  thread_id bigint,
  reply_id bigint,
  by_person_id bigint references people (id),
  detail jsonb not null default '{}',
  at timestamptz not null default clock_timestamp(),
  read_at timestamptz
);
create index notices_person on notices (person_id, at desc, id desc);
-- "Mark all read" in the inbox: everything up to here. What is read in the stream is apart.
alter table people add inbox_read_up_to timestamptz;

-- How much somebody wants to hear: of a circle (thread_id 0) or of one thread in it.
create table notice_levels (
  person_id bigint not null references people (id),
  circle_id integer not null,
  thread_id bigint not null default 0,
  level text not null check (level in ('all', 'mentions', 'nothing')),
  primary key (person_id, circle_id, thread_id)
);

-- Who did what to whose access. Lines are added and never changed.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  -- null: by nobody, on a day that had come.
  person_id bigint references people (id),
  action text not null,
  circle_id integer,
  subject_id bigint references people (id),
  detail jsonb not null default '{}'
);
-- A restore empties what it fills: an empty log it may.
create function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and not exists (select from audit_log) then return null; end if;
  raise exception 'audit_log is append-only';
end $$;
create index audit_log_circle on audit_log (circle_id, id desc) where circle_id is not null;
create index audit_log_person on audit_log (person_id, id desc);
create index audit_log_subject on audit_log (subject_id, id desc) where subject_id is not null;
create trigger audit_log_append_only before update or delete on audit_log for each row execute function refuse_change();
create trigger audit_log_no_truncate before truncate on audit_log for each statement execute function refuse_change();
