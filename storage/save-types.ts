import type { PreparedMention } from '#domain/mention.ts';
import type { SkipReason } from '#domain/reconcile.ts';
import type { PackedDocument } from './document-vector.ts';
import type { SourceLastError } from './schema.ts';

/** A topic that a mention answers: by which version, and with which words, as pairs of positions (first, last). */
export type TopicMatch = { topicId: number; version: number; spans: readonly number[] };

/** One prepared mention on its way into the database, with its keys (storage/keys.ts). */
export type Arrival = {
  key: string;
  altKeys: string[];
  prepared: PreparedMention;
  fetchedAt: Date;
  /** The topics it answers; left out: nobody asked, and what is known of an edited one stays. */
  topics?: readonly TopicMatch[] | undefined;
  /** What queries ask about, where it was made already (domain/prepared-document.ts). */
  document?: PackedDocument | undefined;
};

/** A stored mention, with the fingerprint of new words that are not kept. */
export type Outgrown = { mentionId: number; fingerprint: Buffer };

/** What one poll of one source brings; saved whole or not at all. */
export type SourcePoll = {
  sourceId: number;
  /** Held by the worker that polled; when the row has another by now, nothing of this is saved. */
  lease: string;
  /** Provenance: name and version of what fetched it. */
  connector: string;
  arrivals: Arrival[];
  /** Stored mentions that this source delivered for the first time. */
  sighted: number[];
  /** Keys of mentions that the source says are gone. */
  withdrawn: string[];
  /** Keys (storage/keys.ts) of items that no topic matches, of a source that keeps no others. */
  notKept?: readonly string[] | undefined;
  /** Stored mentions of such a source whose new words no topic matches: the new words are not kept. */
  outgrown?: readonly Outgrown[] | undefined;
  /** The source row as it is afterwards; null while more of the same poll follows in another batch. */
  record: PollRecord | null;
};

/** Where a source is: what its connector reads, its identity, and its politeness key. */
export type NewPlace = { settings: Record<string, unknown>; place: string; hostKey: string | null };

/** What a poll leaves on its source row; written in the transaction that stores what was read. */
export type PollRecord = {
  polledAt: Date;
  ok: boolean;
  cursor: string | null;
  etag: string | null;
  lastModified: string | null;
  bodyHash: Buffer | null;
  nextPollAt: Date;
  intervalSeconds: number;
  failures: number;
  failingSince: Date | null;
  lastError: SourceLastError | null;
  lastNewAt: Date | null;
  /** Epoch milliseconds, newest first. */
  recent: number[];
  /** How many items were new on that day, this poll included. */
  newOn: string | null;
  newCount: number;
  homeUrl: string | null;
  movedTo: string | null;
  movedSeenAt: Date | null;
  /** The source is at this address from now on, unless another is there already. */
  moveTo: NewPlace | null;
  /** The source said that it is gone for good. */
  stop: boolean;
  /** Readers should look again: its health changed. */
  changed: boolean;
  /** It brought something new, or something was edited: who may see that hears it of the threads, and the desk of the source as well. */
  hasNews: boolean;
};

export type SaveReport = {
  /** Ids of sources whose lease was lost: nothing of theirs was saved. */
  dropped: number[];
  new: number;
  joined: number;
  edited: number;
  seenAgain: number;
  withdrawn: number;
  skipped: Partial<Record<SkipReason, number>>;
};

export const emptyReport = (): SaveReport => ({
  dropped: [],
  new: 0,
  joined: 0,
  edited: 0,
  seenAgain: 0,
  withdrawn: 0,
  skipped: {},
});
