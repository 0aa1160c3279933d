import { z } from '@hono/zod-openapi';
import { LegalBasis, mostRunDays, RunFailure, RunState, TopicColour, TopicKind, TopicState } from '#domain/topic.ts';
import { SourceRef } from './schema.ts';
import { MentionId, PersonId, PersonRef, RunId, SearchId, SourceId, ThreadId, TopicId, When } from './schema-ids.ts';
import { isLine, Storable } from './schema-text.ts';

const count = z.number().int();
/** As far as the database counts. */
const versionNumber = z.number().int().min(1).max(2_147_483_647);

export const TopicRef = z
  .object({ id: TopicId, name: z.string(), kind: TopicKind, colour: TopicColour })
  .openapi('TopicRef');

/** Over the last 100 judged: how many were about us. `share` is null below `tooFewBelow`: then nothing is said. */
export const Precision = z
  .object({ judged: count, about: count, tooFewBelow: count, share: z.number().nullable() })
  .openapi('Precision');

export const TopicRow = TopicRef.extend({
  state: TopicState,
  /** The version that counts; 0: it has no query yet. */
  version: count,
  /** It cannot be asked any more (a source or a topic that it names is gone, or called something else): it finds nothing until it is changed. */
  broken: z.boolean(),
  owner: PersonRef.nullable(),
  /** `desk`: only for who answers what is said outside. */
  audience: z.enum(['all', 'desk']),
  /** Of its hundred newest threads: those this reader has not opened since something arrived. 100 is shown as "99+". */
  unread: count,
  /** Its stories of the last seven days. */
  lastWeek: count,
  precision: Precision,
}).openapi('TopicRow');

/** Those that collect come first, then by name. `most`: as many as there may be. */
export const TopicList = z.object({ topics: z.array(TopicRow), most: count }).openapi('TopicList');

export const TopicVersion = z
  .object({
    version: count,
    /** In the words of the language of the request (AND or EN); it asks the same in each. */
    query: z.string(),
    /** null: every source. */
    sources: z.array(SourceRef).nullable(),
    note: z.string().nullable(),
    madeBy: PersonRef.nullable(),
    madeAt: When,
  })
  .openapi('TopicVersion');

/** A version applied to what was there already. `removed`: what an earlier version had found and this one does not. */
export const TopicRun = z
  .object({
    id: RunId,
    version: count,
    days: count,
    state: RunState,
    /** `query`: what it asks cannot be asked any more; `broke`: it went wrong at each attempt. null unless it failed. */
    failure: RunFailure.nullable(),
    /** Mentions and how many of them were looked at; `total` null: not counted yet. */
    total: count.nullable(),
    done: count,
    added: count,
    removed: count,
    madeBy: PersonRef.nullable(),
    madeAt: When,
    doneAt: When.nullable(),
    /** Until then it can be undone; null: no longer, or not this one (a later one came over it). */
    undoUntil: When.nullable(),
  })
  .openapi('TopicRun');
export const TopicRuns = z.object({ runs: z.array(TopicRun) }).openapi('TopicRuns');

export const Topic = TopicRow.extend({
  purpose: z.string(),
  legalBasis: LegalBasis.nullable(),
  /** What it lacks before it may collect. */
  missing: z.array(z.enum(['legal-basis', 'query'])),
  createdBy: PersonRef.nullable(),
  createdAt: When,
  /** Newest first; the first is the one that counts. */
  versions: z.array(TopicVersion),
  /** The last run, whatever became of it. */
  run: TopicRun.nullable(),
}).openapi('Topic');

/** Queries that call something by its name. */
export const Naming = z
  .object({ topics: z.array(TopicRef), searches: z.array(z.object({ id: SearchId, name: z.string() })) })
  .openapi('Naming');

const Name = Storable.trim().min(1).max(100).refine(isLine);
/** The language parses it further (search/query); this only keeps it small. */
const QueryText = Storable.trim().min(1).max(4_000);
const Sources = z.array(SourceId).min(1).max(200).nullable();
const Note = Storable.trim().max(500);

const TopicParts = z.object({
  name: Name,
  kind: TopicKind,
  colour: TopicColour,
  purpose: Storable.trim().max(500),
  legalBasis: LegalBasis.nullable(),
  owner: PersonId.nullable(),
  audience: z.enum(['all', 'desk']),
});
/** A draft; `query` makes its first version. It collects once it is started. Without `owner` it is whoever makes it. */
export const NewTopic = TopicParts.partial()
  .required({ name: true, kind: true })
  .extend({ query: QueryText.optional(), sources: Sources.default(null), note: Note.optional() });
export const ChangeTopic = TopicParts.partial();

/** From when a version counts: what comes in from now on, or also what came in these last days. */
export const Apply = z.discriminatedUnion('from', [
  z.object({ from: z.literal('now') }),
  z.object({ from: z.literal('days'), days: z.number().int().min(1).max(mostRunDays) }),
]);
/** `after`: the version it was made from (0: none). When another came meanwhile, nothing is saved. */
const Saved = z.object({ after: z.number().int().min(0).max(2_147_483_647), apply: Apply.default({ from: 'now' }) });
export const NewVersion = Saved.extend({ query: QueryText, sources: Sources.default(null), note: Note.optional() });
/** Going back makes a new version with the words of the old one: what was, stays. */
export const GoBack = Saved.extend({ version: versionNumber });
export const SavedVersion = z.object({ topic: Topic, run: TopicRun.nullable() }).openapi('SavedVersion');
/** Starting may look back as well. */
export const StartTopic = z.object({ apply: Apply.default({ from: 'now' }) });

/** One thing a version asks: a word, a condition of a field, another query. `text` as it is written in the reader's language. */
export const QueryPart = z
  .object({
    kind: z.enum(['word', 'phrase', 'near', 'field', 'query']),
    /** false: it must not be there. */
    wanted: z.boolean(),
    text: z.string(),
  })
  .openapi('QueryPart');
/** Left out: what the version that counts changed in the one before it. */
export const DifferenceQuery = z.object({
  from: z.coerce.number().pipe(versionNumber).optional(),
  to: z.coerce.number().pipe(versionNumber).optional(),
});
/** `regrouped`: the same words and conditions, put together in another way. */
export const VersionDifference = z
  .object({
    from: TopicVersion,
    to: TopicVersion,
    added: z.array(QueryPart),
    removed: z.array(QueryPart),
    regrouped: z.boolean(),
    /** When one of both takes every source, the other side names its own. */
    sources: z.object({
      added: z.array(SourceRef),
      removed: z.array(SourceRef),
      change: z.enum(['none', 'some', 'all-to-some', 'some-to-all']),
    }),
  })
  .openapi('VersionDifference');

/** Places in `title` or `text` of what it stands beside, in UTF-16 characters. */
export const MatchSpan = z.object({ part: z.enum(['title', 'text']), from: count, to: count }).openapi('MatchSpan');

/** `topic`: the one being changed, so that its present version can be compared and is not counted as an overlap. */
export const TopicPreviewRequest = z.object({
  query: QueryText,
  sources: Sources.default(null),
  topic: TopicId.optional(),
});
export const TopicSample = z
  .object({
    mentionId: MentionId,
    threadId: ThreadId,
    source: SourceRef.nullable(),
    at: When,
    language: z.string().nullable(),
    title: z.string().nullable(),
    /** At most 300 characters around the first words found; begins or ends with … where it was cut. */
    text: z.string(),
    spans: z.array(MatchSpan),
    /** Of the topic being changed: what was said about it. null: nothing, or the topic has not found it yet. */
    judged: z.boolean().nullable(),
    /** Whether the topic being changed has found it already, and it can be judged. */
    found: z.boolean(),
  })
  .openapi('TopicSample');
export const TopicPreview = z
  .object({
    /** Oldest first, thirty of them, in the installation's time zone; the last is today. */
    days: z.array(z.object({ day: z.iso.date(), count })),
    total: count,
    /** Newest first, at most 20. */
    samples: z.array(TopicSample),
    /** How many of the total other topics found as well, most first; at most 20. */
    overlap: z.array(z.object({ topic: TopicRef, count })),
    /** Beside the version that counts now; null: there is none. `added`, `removed`: what would change in these thirty days. */
    present: z.object({ version: count, total: count, added: count, removed: count }).nullable(),
  })
  .openapi('TopicPreview');

export const FreshPreviewRequest = z.object({
  query: QueryText,
  sources: z.array(SourceId).min(1).max(5),
});
/** What sources say at this moment; nothing of it is stored. */
export const FreshPreview = z
  .object({
    samples: z.array(
      z.object({
        source: SourceRef,
        url: z.string().nullable(),
        at: When.nullable(),
        language: z.string().nullable(),
        title: z.string().nullable(),
        text: z.string(),
        spans: z.array(MatchSpan),
      }),
    ),
    /** `error` says in the reader's language why a source could not be read. */
    sources: z.array(z.object({ source: SourceRef, items: count, matched: count, error: z.string().nullable() })),
  })
  .openapi('FreshPreview');

/** "About us", "not about us", or (null) nothing said after all. What is not about us leaves the topic's stream and figures. */
export const Judge = z.object({ about: z.boolean().nullable() });

/** Why a mention is here. */
export const MentionTopic = z
  .object({
    mention: MentionId,
    topic: TopicRef,
    version: count,
    /** Of that version, in which the words stand; in the words of the language of the request. */
    query: z.string(),
    /** Whether that version still is the one that counts. */
    current: z.boolean(),
    at: When,
    /** Found afterwards, in what was there already. */
    byRun: z.boolean(),
    /** In the mention's `title` and `text`; empty when the words are gone or only conditions of fields hold. */
    spans: z.array(MatchSpan),
    /** The words found, each once, as its author wrote them. */
    words: z.array(z.string()),
    judged: z.boolean().nullable(),
    judgedBy: PersonRef.nullable(),
    judgedAt: When.nullable(),
  })
  .openapi('MentionTopic');
export const MentionTopics = z.object({ topics: z.array(MentionTopic) }).openapi('MentionTopics');
