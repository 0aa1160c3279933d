import type { Client } from '@elastic/elasticsearch';
import { expect, test, vi } from 'vitest';
import { EngineAwayError } from '#search/engine.ts';
import { type BulkEntry, sendBulk } from './bulk.ts';
import type { IndexDocument } from './document.ts';

type Item = { status: number; error?: { type: string } };
const ok: Item = { status: 201 };
const broken: Item = { status: 400, error: { type: 'document_parsing_exception' } };
const busy: Item = { status: 429, error: { type: 'es_rejected_execution_exception' } };

/** Answers each request with the items that `answer` makes of its lines; keeps the ids that were sent. */
function server(answer: (id: string, attempt: number) => Item) {
  const sent: string[][] = [];
  const tries = new Map<string, number>();
  const bulk = vi.fn(async ({ operations }: { operations: string[] }) => {
    const ids = operations.map((line) => /"_id":"([^"]+)"/.exec(line)![1]!);
    sent.push(ids);
    const items = ids.map((id) => {
      const attempt = (tries.get(id) ?? 0) + 1;
      tries.set(id, attempt);
      return { index: answer(id, attempt) };
    });
    return { items };
  });
  return { client: { bulk } as unknown as Client, sent };
}

const aDocument = (id: number, textTokens: string[] = ['brug']): BulkEntry => ({
  document: {
    kind: 'mention',
    id,
    threadId: id,
    circleId: 1,
    also: [],
    home: 1,
    sortAt: 0,
    sourceId: 1,
    type: 'article',
    language: 'nl',
    tone: 'neutral',
    topics: [],
    caseState: null,
    discussedIn: [],
    version: 3,
    titleTokens: [],
    textTokens,
    terms: [],
    stems: [],
  } satisfies IndexDocument,
});

test('what is rejected is sent again, and told when it stays so; the others are not held up', async () => {
  const { client, sent } = server((id, attempt) => {
    if (id === 'mention-2') return broken;
    return id === 'mention-3' && attempt < 3 ? busy : ok;
  });
  const report = await sendBulk(client, 'a', [aDocument(1), aDocument(2), aDocument(3)]);
  expect(report).toEqual({
    written: 2,
    stale: [],
    refused: [{ id: 'mention-2', reason: 'document_parsing_exception' }],
  });
  expect(sent).toEqual([
    ['mention-1', 'mention-2', 'mention-3'],
    ['mention-2', 'mention-3'],
    ['mention-2', 'mention-3'],
    ['mention-2'],
  ]);
});

test('an older version than the one there is no mistake', async () => {
  const { client } = server(() => ({ status: 409, error: { type: 'version_conflict_engine_exception' } }));
  expect(await sendBulk(client, 'a', [aDocument(1)])).toEqual({ written: 0, stale: ['mention-1'], refused: [] });
});

test('deleting what is not there is done', async () => {
  const { client } = server(() => ({ status: 404 }));
  const gone: BulkEntry = { gone: { kind: 'reply', id: 7, version: 2 } };
  expect(await sendBulk(client, 'a', [gone])).toEqual({ written: 1, stale: [], refused: [] });
});

test('too much to do is nobody lost: it is away', async () => {
  const { client } = server(() => busy);
  await expect(sendBulk(client, 'a', [aDocument(1)])).rejects.toThrow(EngineAwayError);
});

test('an alias that is gone is not a document that is gone', async () => {
  const { client } = server(() => ({ status: 404, error: { type: 'index_not_found_exception' } }));
  await expect(sendBulk(client, 'a', [aDocument(1)])).rejects.toThrow('no such alias');
});

test('an answer for fewer documents is no answer', async () => {
  const client = { bulk: async () => ({ items: [] }) } as unknown as Client;
  await expect(sendBulk(client, 'a', [aDocument(1)])).rejects.toThrow(EngineAwayError);
});

test('long documents go in requests of their own', async () => {
  const { client, sent } = server(() => ok);
  const long = Array.from({ length: 500_000 }, () => 'klachten');
  await sendBulk(client, 'a', [aDocument(1), aDocument(2, long), aDocument(3, long), aDocument(4)]);
  expect(sent).toEqual([
    ['mention-1', 'mention-2'],
    ['mention-3', 'mention-4'],
  ]);
});

test('nothing to send asks nothing', async () => {
  const { client, sent } = server(() => ok);
  expect(await sendBulk(client, 'a', [])).toEqual({ written: 0, stale: [], refused: [] });
  expect(sent).toEqual([]);
});
