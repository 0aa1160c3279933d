import type { BulkEntry } from '#search/elasticsearch/bulk.ts';
import { type Change, type ChangePosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { changeKinds } from '#storage/schema.ts';
import {
  type DocumentRef,
  documentsOf,
  documentsOfThreads,
  threadStatuses,
  versionsOf,
} from '#storage/search-source.ts';

/** What changed, as it is now: documents that are there, and deletions of those that are not. */
export async function entriesOf(db: Database, refs: readonly DocumentRef[]): Promise<BulkEntry[]> {
  const key = ({ kind, id }: DocumentRef) => `${kind} ${id}`;
  const documents = await documentsOf(db, refs);
  const there = new Set(documents.map(key));
  const missing = refs.filter((ref) => !there.has(key(ref)));
  const versions = new Map((await versionsOf(db, missing)).map((one) => [key(one), one.version]));
  return [
    ...documents.map((document) => ({ document })),
    ...missing.map(({ kind, id }) => ({ gone: { kind, id, version: versions.get(key({ kind, id })) ?? null } })),
  ];
}

/** What the documents of threads were last sent with, so that a change of a thread that touches none of it sends nothing. */
export type SentStatuses = Map<number, string>;
const mostRemembered = 50_000;

export type Batch = {
  entries: BulkEntry[];
  position: ChangePosition;
  /** How many changes it stands for. */
  changeCount: number;
  tooOld: boolean;
  /** To be remembered once the entries are in the index. */
  statuses: SentStatuses;
};

/** The next changes after a place, as entries. */
export async function loadBatch(
  db: Database,
  after: ChangePosition,
  limit: number,
  sent: SentStatuses,
): Promise<Batch> {
  const { changes, position, tooOld } = await readChanges(db, after, limit);
  const statuses = await threadStatuses(db, idsOf(changes, changeKinds.thread));
  const moved = [...statuses].filter(([id, status]) => sent.get(id) !== status).map(([id]) => id);
  const refs = new Map<string, DocumentRef>();
  const add = (ref: DocumentRef) => refs.set(`${ref.kind} ${ref.id}`, ref);
  for (const id of idsOf(changes, changeKinds.mention)) add({ kind: 'mention', id });
  for (const id of idsOf(changes, changeKinds.reply)) add({ kind: 'reply', id });
  for (const ref of await documentsOfThreads(db, moved)) add(ref);
  const entries = await entriesOf(db, [...refs.values()]);
  return { entries, position, changeCount: changes.length, tooOld, statuses };
}

export function remember(sent: SentStatuses, statuses: SentStatuses): void {
  for (const [id, status] of statuses) {
    sent.delete(id);
    sent.set(id, status);
  }
  for (const id of sent.keys()) {
    if (sent.size <= mostRemembered) break;
    sent.delete(id);
  }
}

const idsOf = (changes: readonly Change[], wanted: number): number[] => [
  ...new Set(changes.flatMap(({ kind, ref }) => (kind === wanted ? ref : []))),
];
