import type { FeedDocument } from './connector.ts';
import type { SourceErrorDetail, SourceErrorKind } from './errors.ts';
import type { PrepareContext, UnderstoodMention } from './prepare.ts';

/**
 * Items cross between the threads as one JSON text: copied one by one (structured clone), with their dates and buffers, they
 * cost 45 µs more each on the way there and back.
 */
export type Job =
  | { do: 'readFeed'; bytes: Uint8Array; contentType: string | undefined; url: string; namespace: string }
  | { do: 'readTip'; bytes: Uint8Array; contentType: string | undefined; url: string }
  /** `raws`: RawMention[]. */
  | { do: 'prepare'; raws: string; context: PrepareContext };

/** `started` comes when the code for the job is loaded, so that a cold thread's start does not count against the document. */
export type Report =
  | { is: 'started' }
  /** `outcome`: of packDocument, packUnderstood, or a RawMention. */
  | { is: 'done'; outcome: string }
  | { is: 'refused'; kind: SourceErrorKind; message: string; detail: SourceErrorDetail }
  | { is: 'broken'; message: string; stack: string | undefined };

export const packDocument = (document: FeedDocument): string => JSON.stringify(document);
export const unpackDocument = (packed: string): FeedDocument => JSON.parse(packed) as FeedDocument;

type PackedMention = Omit<UnderstoodMention, 'publishedAt' | 'editedAt' | 'contentHash'> & {
  publishedAt: number;
  editedAt: number | null;
  contentHash: string;
};

export function packUnderstood(mentions: readonly UnderstoodMention[]): string {
  return JSON.stringify(
    mentions.map(
      (mention): PackedMention => ({
        ...mention,
        publishedAt: mention.publishedAt.getTime(),
        editedAt: mention.editedAt?.getTime() ?? null,
        contentHash: mention.contentHash.toString('base64'),
      }),
    ),
  );
}

export function unpackUnderstood(packed: string): UnderstoodMention[] {
  return (JSON.parse(packed) as PackedMention[]).map((mention) => ({
    ...mention,
    publishedAt: new Date(mention.publishedAt),
    editedAt: mention.editedAt === null ? null : new Date(mention.editedAt),
    contentHash: Buffer.from(mention.contentHash, 'base64'),
  }));
}
