const circlesOf = String.raw`\$\{(?:cut\.|scope\.)?circles\}::int\[\]`;
const homesOf = String.raw`\$\{homes(?:Among|In)\([\w.]+\)\}::int\[\]`;
const everyCircle = 'select id from circles';
const all = (text: string) => new RegExp(text, 'g');

/** How a predicate of sight reads, and what is left of it when it no longer keeps anything. */
export const predicates: readonly [RegExp, string][] = [
  [
    all(
      String.raw`([\w.]+) = any\((?:${circlesOf}|${homesOf}|\$\{homes\}::int\[\]|\$\{circlesWhere\('\w+', personId\)\})\)`,
    ),
    '$1 is not null',
  ],
  [all(String.raw`\$\{outsideCircle\} = any\(${circlesOf}\)`), 'true'],
  [/\$\{circleId\} = any\(\$\{circlesWhere\('\w+', personId\)\}\)/g, 'true'],
  [all(String.raw`[\w.]+ <> all\(${circlesOf}\)`), 'false'],
  [all(String.raw`d\.also && ${circlesOf}`), 'true'],
  [/([\w.]+) = any\(seen\.circles\)/g, '$1 is not null'],
  // The circles of a reader as a table: all there are, with what was read of each.
  [all(String.raw`\(select unnest\(${circlesOf}\) as id limit \S+\)`), `(${everyCircle})`],
  [all(String.raw`select unnest\(${circlesOf}\) limit \$\{sql\.lit\(circles\.length\)\}`), everyCircle],
  [all(String.raw`unnest\(${circlesOf}\)`), `unnest(array(${everyCircle}))`],
  [
    /\bseen c\b/g,
    "(select a.id, coalesce(s.read_up_to, '-infinity') as read_up_to from circles a left join seen s on s.id = a.id) c",
  ],
  [/join seen on seen\.id = [\w.]+/g, 'cross join (select) unseen'],
  [/ and o\.circle_id in \(select id from seen\)/g, ''],
  [/\$\{inSeen\('\w+'\)\}/g, 'true'],
  [/\band [\w.]+ in \(select circle_id from mine\)/g, ''],
  // What a person may see or do, by the policy table.
  [/where s\.standing in \(\$\{sql\.join\(rowsWith\(act\)/g, "where 'x' not in (${sql.join(rowsWith(act)"],
  [
    /s\.standing in \(\$\{(?:literals\(rowsWith\('(?:see|people)'\)\)|rows\('see'\)|sql\.join\(rowsWith\('see'\)\.map\(\(row\) => sql\.lit\(row\)\)\))\}\)/g,
    'true',
  ],
  [/\$\{holds\('(?:see|people|invite)'\)\}|s\.standing in \(\$\{writing\}\)/g, 'true'],
  [/circleId === undefined \? worksHere\(sql`p\.id`\) : isAddressed\(circleId\)/g, 'sql`true`'],
  [
    /\$\{(?:isAddressed\(circleId\)|seenBy\((?:reader\.)?circles\)|visible\(scope\)|standsNowhere\(circles\))\}/g,
    'true',
  ],
  [/ and (?:not )?\$\{worksHere\([^)]*\)\}/g, ''],
  [/\$\{worksHere\([^)]*\)\}(?= as (?:colleague|here))/g, 'true'],
  // What is somebody's own.
  [/where (\w)\.person_id = \$\{(?:reader\.)?personId\}/g, 'where $1.person_id is not null'],
  [/where owner_id = \$\{personId\} and id >/g, 'where id >'],
  [/\(s\.owner_id = \$\{personId\} or s\.shared\)/g, 'true'],
  // In Elasticsearch.
  [/\{ terms: \{ circle: \[\.\.\.circles\] \} \}/g, '{ match_all: {} }'],
  [/, include: circles\.map\(String\)/g, ''],
  [/\{ terms: \{ status: circles\.map\(discussedValue\) \} \}/g, "{ prefix: { status: 'discussed' } }"],
  [/\{ terms: \{ home: homesIn\(circles\) \} \}/g, '{ match_all: {} }'],
  // What a viewer is told of, and may name.
  [/visible\.has\(place\.circleId\)/g, 'true'],
  [/(?:viewer|reach)\.circles\.includes\([\w.]+\)/g, 'true'],
  [/!visibleTo\(viewer\)\.includes\(\w+\)/g, 'false'],
  [/(?<!!)visibleTo\(viewer\)\.includes\(\w+\)/g, 'true'],
  [/ && now\.circles\.join\(\) === viewer\.circles\.join\(\)/g, ''],
  [/!viewer\.rights\.includes\('desk'\)/g, 'false'],
  [/(?<![!.])(?:viewer\.)?rights\.includes\('desk'\)/g, 'true'],
  [/(?:viewer|reach)\.colleague(?= \?)/g, 'true'],
];

/** How what is about sight reads, so that none of it goes without a mutant. */
export const signs =
  /[cC]ircles\}::int\[\]|homes\}::int\[\]|circlesWhere\(|standingsOf\(|worksHere\(|homes(?:Among|In)\(|seenBy\(|standsNowhere\(|isAddressed\(|visible\(|\bseen c\b|seen on seen|in \(select id from seen|\$\{inSeen\(|holds\('(?:see|people|invite)'\)|rowsWith\('see'\)|circles\.includes\(|circles\.map\((?:discussedValue|String)|rights\.includes\('desk'\)/g;

/** Where such words keep nothing from anybody, or what does has a mutant elsewhere. */
export const notSight: readonly { file: string; words: string; why: string }[] = [
  { file: 'storage/accounts.ts', words: 'colleagueCircles', why: 'marks of reading of a new person' },
  { file: 'storage/people-import.ts', words: 'colleagueCircles', why: 'marks of reading of new people' },
  { file: 'storage/circle-hold.ts', words: 'standingsOf(', why: 'its condition has the mutant' },
  { file: 'storage/circles.ts', words: 'standingsOf(', why: 'the conditions on it have mutants' },
  { file: 'storage/people-list.ts', words: 'standingsOf(', why: 'its condition has the mutant' },
  { file: 'storage/reply-statement.ts', words: 'standingsOf(', why: 'its condition has the mutant' },
  { file: 'storage/standings.ts', words: 'standingsOf(', why: 'its condition has the mutant' },
  { file: 'storage/invitations.ts', words: "holds('write')", why: 'whether a link still works, not what is seen' },
  { file: 'storage/move-rights.ts', words: 'circlesWhere(', why: 'has a mutant' },
  { file: 'storage/moves.ts', words: "circlesWhere('host'", why: 'tells hosts more of what they see anyway' },
  {
    file: 'storage/people.ts',
    words: "circlesWhere('see'",
    why: 'its condition has the mutant (storage/standings.ts)',
  },
  { file: 'storage/memberships.ts', words: 'worksHere(person)', why: 'who is in a circle; standings has its own' },
  { file: 'storage/join-by-invitation.ts', words: 'worksHere(', why: 'which relation somebody gets' },
  { file: 'storage/people-list.ts', words: 'colleague === undefined ?', why: 'a filter that is chosen' },
  { file: 'storage/saved-searches.ts', words: 'seenBy(', why: 'its condition has the mutant' },
  {
    file: 'storage/figures.ts',
    words: 'circles.includes(deskCircle)',
    why: 'names of topics that were counted for the reader already',
  },
  { file: 'storage/stream-filter.ts', words: 'circles.includes(deskCircle)', why: 'a filter that is chosen' },
  { file: 'search/postgres/compile.ts', words: 'homesIn(circles)', why: 'is used in a condition that has the mutant' },
  { file: 'search/postgres/places.ts', words: 'return column', why: 'the index only: the column decides' },
  { file: 'search/postgres/places.ts', words: '::tsquery', why: 'the index only: the column decides' },
  { file: 'api/access-circles-threads.ts', words: 'homesAmong(', why: 'asked for in queries that have mutants' },
];

/** Lines whose predicate changes no answer: it spares work, and what keeps to the reader has a mutant beside it. */
export const sameWithout: readonly { file: string; words: string; why: string }[] = [
  {
    file: 'storage/stream-filter.ts',
    words: 'list: sql`select o.id from (select id from seen where',
    why: 'only homes are listed, from circles that are seen; fewer are looked into',
  },
  {
    file: 'storage/inbox.ts',
    words: 'and (a.follows or a.mentioned_at is not null)',
    why: 'what somebody else follows is left out when their own mark and level are read',
  },
];
