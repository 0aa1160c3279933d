import { z } from '@hono/zod-openapi';
import { MentionState } from '#domain/mention.ts';
import { Health, Keeps, SourceKind, SourceState } from '#domain/source.ts';
import { Case, CaseOfRow } from './schema-desk.ts';
import { MentionAuthor } from './schema-guests.ts';
import { CircleId, CircleRef, MentionId, PersonRef, SourceId, ThreadId, TopicId, When } from './schema-ids.ts';
import { Audience, Reply, ThreadEvent } from './schema-talk.ts';

/** What the API answers: one place, so that routes, the OpenAPI document and the dashboard say the same. Ids are opaque. */
export const Sentiment = z
  .object({
    tone: z.enum(['negative', 'neutral', 'positive', 'unclear']),
    /** 'sure' reads as "vrij zeker", 'unsure' as "onzeker". Never a percentage beside one message. */
    certainty: z.enum(['sure', 'unsure']),
    method: z.string(),
  })
  .openapi('Sentiment');

export const SourceRef = z.object({ id: SourceId, label: z.string(), kind: SourceKind }).openapi('SourceRef');

export const ThreadRow = z
  .object({
    id: ThreadId,
    born: z.enum(['outside', 'inside']),
    /** null when its text is gone; `state` of the origin says why. */
    title: z.string().nullable(),
    excerpt: z.string().nullable(),
    language: z.string().nullable(),
    /** Of an outside thread; null inside. */
    source: SourceRef.nullable(),
    /** Of a thread born inside: who began it. */
    starter: PersonRef.nullable(),
    kind: z.string(),
    state: MentionState,
    sentiment: Sentiment.nullable(),
    rating: z.object({ value: z.number(), best: z.number() }).nullable(),
    /** Replies that the reader may see; the last of them in a line. */
    replies: z.object({
      count: z.number().int(),
      last: z.object({ person: PersonRef, circle: CircleRef, excerpt: z.string(), at: When }).nullable(),
    }),
    /** Something arrived that this reader has not opened. */
    unread: z.boolean(),
    follows: z.boolean(),
    /** What the desk does about it; null when it waits for nothing. */
    case: CaseOfRow.nullable(),
    /** A colleague handed it in. */
    tip: z.boolean(),
    /** Mentions besides the first: "14 keer elders". */
    copies: z.number().int(),
    /** Its place in this list. */
    sortAt: When,
    /** The newest mention or reply. */
    lastAt: When,
  })
  .openapi('ThreadRow');

export const StreamPage = z
  .object({
    threads: z.array(ThreadRow),
    /** Opaque; absent on the last page. */
    cursor: z.string().nullable(),
  })
  .openapi('StreamPage');

/** The desk: cases with their threads, and who has how many (by name, no ranking). */
export const DeskPage = z
  .object({
    threads: z.array(ThreadRow),
    cursor: z.string().nullable(),
    counts: z.object({
      open: z.number().int(),
      mine: z.number().int(),
      answered: z.number().int(),
      unanswered: z.number().int(),
    }),
    holders: z.array(z.object({ person: PersonRef, count: z.number().int() })),
    nobody: z.number().int(),
    /** Since midnight in the installation's time zone; `medianMinutes` null when nothing was answered. */
    today: z.object({
      answered: z.number().int(),
      unanswered: z.number().int(),
      medianMinutes: z.number().nullable(),
    }),
  })
  .openapi('DeskPage');

/** What the stream can be filtered by: the languages among its newest threads, and every source. */
export const Facets = z.object({ languages: z.array(z.string()), sources: z.array(SourceRef) }).openapi('Facets');

/** PostgreSQL knows no year 0. */
const Day = z.iso.date().refine((day) => !day.startsWith('0000'));

export const StreamQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  source: SourceId.optional(),
  topic: TopicId.optional(),
  language: z
    .string()
    .regex(/^([a-z]{2,3}|und)$/)
    .optional(),
  tone: z.enum(['negative', 'neutral', 'positive', 'unclear']).optional(),
  /** `outside`: what stands outside; `inside`: what colleagues talk about, wherever it was born. */
  side: z.enum(['outside', 'inside']).optional(),
  /** Only what stands in this circle. */
  circle: CircleId.optional(),
  /** Only what this reader has not opened since something arrived. */
  unread: z.stringbool().optional(),
  /** Only what this reader follows or was named in. */
  mine: z.stringbool().optional(),
  /** Days (of the installation's time zone) on which a story was first told outside, both included; a thread without an outside has none. */
  from: Day.optional(),
  to: Day.optional(),
  /** Of stories from outside. `discussed`: with a reply inside; `answered`, `unanswered`: so closed by the desk. */
  outcome: z.enum(['discussed', 'answered', 'unanswered']).optional(),
});

export const Mention = z
  .object({
    id: MentionId,
    threadId: ThreadId,
    kind: z.string(),
    state: MentionState,
    stateAt: When.nullable(),
    source: SourceRef.nullable(),
    title: z.string().nullable(),
    /** Safe HTML by the allow-list: no images, no scripts, links only; null when its text is gone. */
    html: z.string().nullable(),
    text: z.string().nullable(),
    author: z
      .object({ name: z.string().nullable(), handle: z.string().nullable(), url: z.string().nullable() })
      .nullable(),
    url: z.string().nullable(),
    language: z.string().nullable(),
    languageBy: z.string().nullable(),
    sentiment: Sentiment.nullable(),
    rating: z.object({ value: z.number(), best: z.number() }).nullable(),
    publishedAt: When,
    publishedBy: z.enum(['source', 'url', 'http', 'observed']),
    fetchedAt: When,
    editedAt: When.nullable(),
    media: z.array(
      z.object({ type: z.enum(['image', 'video', 'audio', 'file']), url: z.string(), alt: z.string().nullable() }),
    ),
    /** Why it stands in this thread; null for the first. */
    joined: z.object({ reason: z.string(), by: z.string(), at: When }).nullable(),
    earlier: z.array(z.object({ title: z.string().nullable(), text: z.string(), writtenAt: When })),
    provenance: z.object({
      connector: z.string(),
      seenVia: z.array(SourceRef),
      sentimentMethod: z.string().nullable(),
    }),
  })
  .openapi('Mention');

/** How many mentions have words by one author, earlier versions included. */
export const AuthorMentions = z.object({ mentions: z.number().int() }).openapi('AuthorMentions');
/** How many mentions lost their words with the author who was erased; 0 when that was done before. */
export const ErasedAuthor = z.object({ erased: z.number().int() }).openapi('ErasedAuthor');

export const Thread = z
  .object({
    id: ThreadId,
    born: z.enum(['outside', 'inside']),
    title: z.string().nullable(),
    language: z.string().nullable(),
    /** In time order; at most 200, the first always among them. */
    mentions: z.array(Mention),
    mentionCount: z.number().int(),
    starter: PersonRef.nullable(),
    createdAt: When,
    /** In time order, the newest 200 that the reader may see; `earlierReplies` continues before them. */
    replies: z.array(Reply),
    earlierReplies: z.string().nullable(),
    events: z.array(ThreadEvent),
    /** null when the thread has no outside. */
    case: Case.nullable(),
    follows: z.boolean(),
    /** What came after this moment is new to the reader; null: all of it. */
    readUpTo: When.nullable(),
    /** The circles in which the reader may reply, with who will hear it. */
    audiences: z.array(Audience),
    /** Where inside it stands, among the circles of the reader; `host`: they may pin and close it there. */
    places: z.array(z.object({ circle: CircleRef, pinned: z.boolean(), closedAt: When.nullable(), host: z.boolean() })),
    /** Who of the people here wrote which mention, as far as the reader's circles know. */
    authors: z.array(MentionAuthor),
    /** Colleagues who handed it in. */
    tippedBy: z.array(PersonRef),
    version: z.number().int(),
  })
  .openapi('Thread');

export const Source = z
  .object({
    id: SourceId,
    label: z.string(),
    connector: z.string(),
    kind: SourceKind,
    /** What was added: an address to show; secrets in it are masked. */
    place: z.string(),
    homeUrl: z.string().nullable(),
    folder: z.string().nullable(),
    keeps: Keeps,
    /** Whether what it brings waits for an answer of ours. */
    desk: z.boolean(),
    state: SourceState,
    health: Health,
    /** Mean over the last 14 days of what it published; like `mentionCount` and `health`, of what the asker may see. */
    perDay: z.number(),
    mentionCount: z.number().int(),
    /** Null for who does not answer at the desk, as `health.nextPollAt` is: how often we ask follows from all that comes. */
    intervalSeconds: z.number().int().nullable(),
    createdAt: When,
  })
  .openapi('Source');

export const SourceList = z
  .object({
    sources: z.array(Source),
    counts: z.object({ fine: z.number(), falters: z.number(), needsYou: z.number(), paused: z.number() }),
    /** False: no contact is configured and public hosts are not polled; the page says so. */
    contact: z.boolean(),
  })
  .openapi('SourceList');

/** One way to follow a pasted address. `settings` goes back unchanged when it is added. */
export const Candidate = z
  .object({
    connector: z.string(),
    settings: z.record(z.string(), z.unknown()),
    title: z.string(),
    /** Stable word for the description: 'feed', 'comments-feed', 'author', 'hashtag'. */
    what: z.string(),
    address: z.string(),
    homeUrl: z.string().nullable(),
    language: z.string().nullable(),
    itemCount: z.number().int(),
    newestAt: When.nullable(),
    perDay: z.number().nullable(),
    kind: SourceKind,
    /** Up to five newest items; nothing of a preview is stored. */
    samples: z.array(z.object({ title: z.string(), publishedAt: When.nullable(), url: z.string().nullable() })),
    /** Items of the document that could not be read. */
    skipped: z.number().int(),
    existingId: SourceId.nullable(),
  })
  .openapi('Candidate');

export const Preview = z
  .object({
    /** What the address itself is: 'feed', 'web-page', 'account', 'hashtag'. */
    found: z.string(),
    pageTitle: z.string().nullable(),
    candidates: z.array(Candidate),
    /** Feeds that the page names but that could not be read, with the reason. */
    refused: z.array(z.object({ address: z.string(), reason: z.string(), status: z.number().nullable() })),
  })
  .openapi('Preview');

export const PreviewRequest = z.object({ address: z.string().trim().min(1).max(2000) });

/** A name that somebody gives; PostgreSQL keeps no NUL. */
const Label = z
  .string()
  .trim()
  .max(200)
  .refine((text) => !text.includes('\0'));

export const AddSource = z.object({
  connector: z.string(),
  settings: z.record(z.string(), z.unknown()),
  label: Label.min(1).optional(),
  kind: SourceKind.optional(),
  folder: Label.optional(),
  keeps: Keeps,
  /** Left out: forums, reviews and social media wait for an answer, others do not. */
  desk: z.boolean().optional(),
});

export const ChangeSource = z
  .object({
    label: Label.min(1),
    kind: SourceKind,
    folder: Label.nullable(),
    state: z.enum(['active', 'paused']),
    desk: z.boolean(),
    /** `matched`: from now on only what a topic matches is kept, of the rest no word. What is there already stays. */
    keeps: Keeps,
  })
  .partial();

export const OpmlAnswer = z
  .object({
    added: z.number().int(),
    lines: z.array(
      z.object({
        line: z.number().int(),
        title: z.string().nullable(),
        address: z.string().nullable(),
        result: z.enum(['added', 'exists', 'invalid']),
        reason: z.string().nullable(),
      }),
    ),
  })
  .openapi('OpmlAnswer');

/** Frames of GET /api/live. `event: change` carries this; `event: resync` carries nothing: load everything again. */
export const LiveChange = z
  .object({
    threads: z.array(ThreadId),
    newThreads: z.number().int(),
    sources: z.array(SourceId),
    /** Of which something changed that this reader may see: name, frame, state, hosts, or who is in it. */
    circles: z.array(CircleId),
    /** What this reader has read or follows changed, in another tab or by being named. */
    attention: z.boolean(),
  })
  .openapi('LiveChange');

export const RemoveSourceQuery = z.object({
  /** 'remove' wipes what it brought as well (tombstones stay); 'keep' leaves every thread as it is. */
  mentions: z.enum(['keep', 'remove']).default('keep'),
});

export const Liveness = z.object({ status: z.literal('live') }).openapi('Liveness');
/** `search`: degraded while PostgreSQL answers in place of an Elasticsearch that is away. */
export const Readiness = z
  .object({ status: z.literal('ready'), search: z.enum(['ready', 'degraded']) })
  .openapi('Readiness');
