/**
 * Which fields of an answer may hold something for whom, written from what docs/security-model.md promises and not from what presents
 * them: test/fields.integration.test.ts holds every route against it. A field is named by the schema it stands in; a name stands for
 * everything in it that is not named itself. A schema or field that is not here may be told to nobody.
 */
export const kinds = [
  'signed out',
  'guest',
  // A guest whose last day is over, where the frame leaves them to read.
  'past member',
  // Left the organisation; reads on where they wrote.
  'alumnus',
  'colleague',
  'member',
  // A host took writing from them, and hid what they wrote.
  'muted',
  'host',
  'deputy',
  'communication',
  'manager',
  'administrator',
] as const;
export type Kind = (typeof kinds)[number];

const everybody = kinds;
const signedIn = kinds.filter((kind) => kind !== 'signed out');
const colleagues = signedIn.filter((kind) => !['guest', 'past member', 'alumnus'].includes(kind));
/** Of the one circle that this is about. */
const hosts: readonly Kind[] = ['host', 'deputy'];
/** Whose words were hidden, and who was asked to be silent. */
const muted: readonly Kind[] = ['muted'];
/** Who is in until a day. */
const untilADay: readonly Kind[] = ['guest', 'past member'];
const desk: readonly Kind[] = ['communication', 'administrator'];
const readsFigures: readonly Kind[] = ['communication', 'manager', 'administrator'];
const letsPeopleIn: readonly Kind[] = ['administrator'];
const invites: readonly Kind[] = [...hosts, ...desk];

type Fields = [who: readonly Kind[], names: string][];
/** All of it, for them and nobody else. */
const all = (who: readonly Kind[], ...schemas: string[]): Record<string, Fields> =>
  Object.fromEntries(schemas.map((schema) => [schema, [[who, '*']]]));

const row: Fields = [
  [signedIn, 'id born title excerpt language starter kind state rating replies unread follows copies sortAt lastAt'],
  [colleagues, 'source sentiment case tip'],
];
const summary: Fields = [
  [signedIn, 'id kind name standing question endsOn ended archivedAt hosts threads unread'],
  [colleagues, 'people'],
];

export const fields: Record<string, Fields> = {
  ...all(everybody, 'Liveness', 'Readiness', 'LinkFacts'),
  Session: [[everybody, 'me organisation firstPerson timeZone']],
  InvitationFacts: [[everybody, 'name inviter organisation circle.name circle.question oneThread until expiresAt']],
  AcceptedInvitation: [[everybody, 'session circle threadId']],

  Me: [[signedIn, 'id name email role colleague rights language theme']],
  PersonRef: [[signedIn, 'id name badges guest']],
  Badge: [[signedIn, 'kind former']],
  CircleRef: [[signedIn, 'id kind name']],
  StreamPage: [[signedIn, 'threads cursor']],
  ThreadRow: row,
  CircleThread: [...row, [signedIn, 'pinned closedAt']],
  Thread: [
    [
      signedIn,
      'id born title language mentions mentionCount starter createdAt replies earlierReplies follows readUpTo',
    ],
    [signedIn, 'audiences places.circle places.pinned places.closedAt authors version'],
    [hosts, 'places.host'],
    // What the desk does about it, and who handed it in.
    [colleagues, 'case events tippedBy'],
  ],
  Mention: [
    [signedIn, 'id threadId kind state stateAt title html text author url language languageBy rating publishedAt'],
    [signedIn, 'publishedBy fetchedAt editedAt media earlier provenance.connector'],
    // Where we listen, and what we make of it.
    [colleagues, 'source sentiment joined provenance.seenVia provenance.sentimentMethod'],
  ],
  Reply: [
    [signedIn, 'id threadId circle person text references writtenAt editedAt withdrawnAt hidden.at own version'],
    [[...hosts, ...muted], 'hidden.reason'],
  ],
  Reference: [[signedIn, 'kind id name title threadId from to text source']],
  ReplyPage: [[signedIn, 'replies earlier']],
  StartedThread: [[signedIn, 'id reply']],
  Attention: [[signedIn, 'readUpTo follows']],
  MentionAuthor: [[signedIn, 'mention person circle state confirmedBy at']],
  Counts: [
    [signedIn, 'unread mine'],
    [colleagues, 'deskOpen deskMine'],
    [desk, 'sourcesNeedYou'],
  ],
  MarkedRead: [[signedIn, 'undo']],
  Audiences: [[signedIn, 'audiences']],
  Audience: [
    [signedIn, 'circle public frameVersion frameToRead token'],
    // No numbers for who comes from outside.
    [colleagues, 'colleagues outsiders'],
  ],

  Circles: [[signedIn, 'mine discover ended']],
  CircleSummary: summary,
  Circle: [
    ...summary,
    [signedIn, 'acts frame acknowledged state conclusion onlyThreadId createdAt'],
    [muted, 'muted'],
    [untilADay, 'until'],
  ],
  Frame: [[signedIn, 'version question inScope outOfScope result houseRule endsOn afterEnd note madeBy madeAt']],
  Frames: [[signedIn, 'frames acknowledged']],
  TalkState: [[signedIn, 'version text madeBy madeAt']],
  CircleThreads: [[signedIn, 'threads cursor']],
  KeptThreads: [[signedIn, 'until threads']],
  Members: [[colleagues, 'members']],
  Member: [
    [colleagues, 'person colleague role joinedAt until past department'],
    [hosts, 'muted'],
  ],
  ...all(hosts, 'CircleAs', 'HiddenReply', 'PlacedInCircle'),
  ...all(invites, 'Invitations', 'Invitation', 'MadeInvitation'),

  Moves: [[signedIn, 'moves']],
  Move: [
    [signedIn, 'id threadId title state from to.circle to.kind to.audience person madeAt doneAt replies mayAnswer'],
    [colleagues, 'to.colleagues to.guests'],
    [hosts, 'titleOf waiting mayApply mayCancel'],
  ],
  MoveReply: [[signedIn, 'id person excerpt writtenAt state yours']],
  ...all(hosts, 'MovePreview', 'MoveTitle'),

  InboxPage: [[signedIn, 'items cursor']],
  InboxItem: [[signedIn, 'id kind thread circle person replyId at read detail']],
  InboxCount: [[signedIn, 'unread']],
  InboxRead: [[signedIn, 'undo']],
  NoticeLevels: [[signedIn, 'levels']],
  NoticeLevelSet: [[signedIn, 'circle thread level']],

  // Where we listen, what is asked for, and who else is here.
  ...all(
    colleagues,
    'SourceRef',
    'Sentiment',
    'CaseBrief',
    'CaseOfRow',
    'Case',
    'ThreadEvent',
    'Facets',
    'Names',
    'DeskPage',
  ),
  ...all(colleagues, 'TipList', 'Tip', 'SearchPage', 'FoundThread', 'SearchHit', 'SearchFacets', 'FacetValue'),
  ...all(colleagues, 'Suggestions', 'Suggestion', 'SavedSearches', 'SavedSearch', 'SearchFeed'),
  ...all(colleagues, 'QueryReading', 'QueryRemark', 'QueryRows', 'QueryReference'),
  ...all(
    colleagues,
    'TopicList',
    'TopicRow',
    'Topic',
    'TopicRef',
    'TopicVersion',
    'TopicRun',
    'TopicRuns',
    'Precision',
  ),
  ...all(colleagues, 'MentionTopics', 'MentionTopic', 'MatchSpan', 'Naming', 'VersionDifference', 'QueryPart'),
  ...all(colleagues, 'SourceList', 'Source'),
  ...all(desk, 'AuthorMentions', 'ErasedAuthor', 'SavedVersion', 'TopicPreview', 'TopicSample', 'FreshPreview'),
  ...all(desk, 'Preview', 'Candidate', 'OpmlAnswer'),
  ...all(readsFigures, 'Figures'),
  ...all(letsPeopleIn, 'PeopleList', 'Person', 'AddedPerson', 'PersonLink', 'Relations', 'Relation', 'Leaving'),
  ...all(
    letsPeopleIn,
    'LeavingCircle',
    'Returned',
    'ImportAnswer',
    'ImportLine',
    'AuditPage',
    'AuditLine',
    'AllCircles',
  ),
};

/** Whether a field, as "Schema.part.of.it", may hold something for somebody: as its nearest name says. */
export function mayHold(kind: Kind, field: string): boolean {
  const [schema, ...parts] = field.split('.') as [string, ...string[]];
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.');
    const said = (fields[schema] ?? []).filter(([, names]) => names === '*' || names.split(' ').includes(name));
    if (said.length > 0) return said.some(([who]) => who.includes(kind));
  }
  return false;
}

/** Whether anybody may be told a field, or something in it. */
export function isNamed(field: string): boolean {
  const schema = field.split('.')[0]!;
  const names = (fields[schema] ?? []).flatMap(([, given]) => given.split(' ')).map((name) => `${schema}.${name}`);
  return kinds.some((kind) => mayHold(kind, field)) || names.some((name) => name.startsWith(`${field}.`));
}

/** Whether a field is told to some who sign in and kept from others who are told of the same thing. */
export function isKept(field: string): boolean {
  const told = signedIn.filter((kind) => mayHold(kind, field));
  const isPart = fields[field.split('.')[0]!]?.every(([, names]) => names !== '*');
  return isPart === true && told.length > 0 && told.length < signedIn.length;
}
