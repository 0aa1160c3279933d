import { readable } from '#domain/reply-text.ts';
import { personDetails } from '#storage/people.ts';
import { readRelations } from '#storage/relations.ts';
import { type ReferenceFacts, readReferences } from '#storage/reply-references.ts';
import type { Reader } from '#storage/stream-filter.ts';
import {
  actsBy,
  followedBy,
  invitationsOf,
  membershipsOf,
  noticesOf,
  repliesBy,
  searchesBy,
  threadsBy,
  tipsBy,
} from '#storage/written-by.ts';
import { readerOf, type Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { IdKind, Ids } from './ids.ts';
import { ProblemError } from './problem.ts';

/**
 * Everything the viewer wrote and what is kept of them, as the text of one JSON document in pieces: never more than a page of it in memory, and no
 * transaction while it is on its way. Of what others wrote it holds ids and titles, of quotes where they stand.
 */
export async function accessExport(
  { db, ids }: Pick<Deps, 'db' | 'ids'>,
  viewer: Viewer,
): Promise<AsyncGenerator<string>> {
  const person = await personDetails(db, viewer.personId);
  if (!person) throw new ProblemError('signed_out');
  const reader = readerOf(viewer);
  const { name, email, role, language, theme } = person;
  const inThread = ({ threadId, title }: { threadId: number | null; title: string | null }) => ({
    thread: threadId === null ? null : { id: ids.encode('thread', threadId), title },
  });
  return documentOf({
    madeAt: new Date(),
    person: { id: ids.encode('person', person.id), name, email, role, language, theme },
    relations: await readRelations(db, person.id),
    circles: all(
      (after) => membershipsOf(db, reader, after),
      async (rows) => rows.map((row) => ({ ...row, id: ids.encode('circle', row.id) })),
    ),
    invitations: all((after) => invitationsOf(db, reader, after), withoutNumbers),
    notices: all((after) => noticesOf(db, reader, after), withoutNumbers),
    conversations: all(
      (after) => threadsBy(db, reader, after),
      async (rows) => rows.map((row) => ({ ...row, id: ids.encode('thread', row.id) })),
    ),
    replies: all(
      (after) => repliesBy(db, reader, after),
      (rows) => withWords({ db, ids }, reader, rows, inThread),
    ),
    desk: all(
      (after) => actsBy(db, reader, after),
      async (rows) => rows.map(({ kind, at, detail, ...row }) => ({ kind, at, ...inThread(row), ...detail })),
    ),
    tips: all(
      (after) => tipsBy(db, reader, after),
      async (rows) =>
        rows.map(({ threadId, title, ...row }) => ({
          ...row,
          id: ids.encode('tip', row.id),
          ...inThread({ threadId, title }),
        })),
    ),
    searches: all(
      (after) => searchesBy(db, reader, after),
      async (rows) => rows.map((row) => ({ ...row, id: ids.encode('search', row.id) })),
    ),
    follows: all(
      (after) => followedBy(db, reader, after),
      async (rows) => rows.map(({ id }) => ids.encode('thread', id)),
    ),
  });
}

type Row = Awaited<ReturnType<typeof repliesBy>>[number];

async function withWords(
  { db, ids }: Pick<Deps, 'db' | 'ids'>,
  { circles }: Reader,
  rows: readonly Row[],
  inThread: (row: Row) => object,
) {
  const references = await readReferences(
    db,
    circles,
    rows.map(({ id }) => id),
  );
  const byReply = Map.groupBy(references, ({ replyId }) => replyId);
  return rows.map(({ id, text, writtenAt, editedAt, withdrawnAt, ...row }) => ({
    id: ids.encode('reply', id),
    ...inThread({ id, text, writtenAt, editedAt, withdrawnAt, ...row }),
    text: readable(
      text,
      (byReply.get(id) ?? []).map((one) => inWords(ids, one)),
    ),
    writtenAt,
    editedAt,
    withdrawnAt,
  }));
}

/** A reference for who reads a file: a name, or what it points to by id and title. */
function inWords(ids: Ids, one: ReferenceFacts): string {
  if (one.kind === 'person') return `@${one.person}`;
  const pointed = (kind: IdKind, id: number | null) => (one.visible && id !== null ? ids.encode(kind, id) : '…');
  if (one.kind === 'thread') return `[${pointed('thread', one.threadId)}${one.title ? ` ${one.title}` : ''}]`;
  const place = one.kind === 'quote' ? ` ${one.from}-${one.to}` : '';
  return `[${pointed('mention', one.mentionId)}${place}${one.title ? ` ${one.title}` : ''}]`;
}

const withoutNumbers = async <Found extends { id: number }>(rows: Found[]) => rows.map(({ id: _, ...row }) => row);

/** Page after page until one is empty; rows come in the order of their numbers. */
async function* all<Found extends { id: number }>(
  read: (after: number) => Promise<Found[]>,
  present: (rows: Found[]) => Promise<unknown[]>,
): AsyncGenerator<unknown> {
  for (let after = 0; ; ) {
    const rows = await read(after);
    if (rows.length === 0) return;
    yield* await present(rows);
    after = rows.at(-1)!.id;
  }
}

/** The text of a JSON object whose lists are read while it is written. */
async function* documentOf(parts: Record<string, unknown>): AsyncGenerator<string> {
  yield '{';
  for (const [index, [name, value]] of Object.entries(parts).entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(name)}: `;
    if (!isList(value)) {
      yield JSON.stringify(value);
      continue;
    }
    let between = '[\n';
    for await (const one of value) {
      yield between + JSON.stringify(one);
      between = ',\n';
    }
    yield between === '[\n' ? '[]' : '\n]';
  }
  yield '\n}\n';
}

const isList = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
