import type { PreparedMention, RawMention } from '#domain/mention.ts';
import type { FeedDocument } from './connector.ts';
import type { SourceErrorDetail, SourceErrorKind } from './errors.ts';
import type { PrepareContext } from './prepare.ts';

export type Job =
  | { do: 'readFeed'; bytes: Uint8Array; contentType: string | undefined; url: string; namespace: string }
  | { do: 'prepare'; raws: RawMention[]; context: PrepareContext };

export type Outcome = FeedDocument | PreparedMention[];

/** `started` comes when the code for the job is loaded, so that a cold thread's start does not count against the document. */
export type Report =
  | { is: 'started' }
  | { is: 'done'; outcome: Outcome }
  | { is: 'refused'; kind: SourceErrorKind; message: string; detail: SourceErrorDetail }
  | { is: 'broken'; message: string; stack: string | undefined };
