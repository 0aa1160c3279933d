import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, type Thread, within } from './api.ts';

type RepliesCall = (typeof api.threads)[':threadId']['replies'];
export type Reply = Thread['replies'][number];
export type Reference = Reply['references'][number];
export type Audience = Thread['audiences'][number];
export type ThreadEvent = Thread['events'][number];
export type NewReply = InferRequestType<RepliesCall['$post']>['json'];
export type NewReference = NonNullable<NewReply['references']>[number];
export type NewThread = InferRequestType<typeof api.threads.$post>['json'];
export type Written = { text: string; references: NewReference[] };
export type Name = Ok<typeof api.people.names.$get>['people'][number];

/** The circles in which one may begin a conversation, with who will hear it. */
export async function fetchAudiences(signal?: AbortSignal): Promise<Audience[]> {
  const response = await api.audiences.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).audiences;
}

/** Marks everything as read; what it answers undoes it. */
export async function markAllRead(): Promise<string> {
  const response = await api.stream.read.$post();
  if (!response.ok) throw await refusal(response);
  return (await response.json()).undo;
}

export async function undoMarkRead(undo: string): Promise<void> {
  const response = await api.stream.unread.$post({ json: { undo } });
  if (!response.ok) throw await refusal(response);
}

/** Says up to where a thread was read, or whether one follows it. */
export async function changeAttention(threadId: string, json: { readUpTo?: string; follows?: boolean }) {
  const response = await api.threads[':threadId'].attention.$put({ param: { threadId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Replies before those a thread came with. */
export async function fetchReplies(threadId: string, before: string) {
  const response = await api.threads[':threadId'].replies.$get({ param: { threadId }, query: { before } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Places a reply. The same `key` again places nothing twice. */
export async function sendReply(threadId: string, key: string, json: NewReply): Promise<Reply> {
  const response = await api.threads[':threadId'].replies.$post({
    param: { threadId },
    header: { 'idempotency-key': key },
    json,
  });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Begins a conversation inside; answers its id. */
export async function startThread(key: string, json: NewThread): Promise<string> {
  const response = await api.threads.$post({ header: { 'idempotency-key': key }, json });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).id;
}

export async function changeReply(
  replyId: string,
  json: Written & { version: number; audience: string },
): Promise<Reply> {
  const response = await api.replies[':replyId'].$patch({ param: { replyId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Takes the words of one's own reply away for good; that something stood there stays. Null where one reads no more. */
export async function withdrawReply(replyId: string): Promise<Reply | null> {
  const response = await api.replies[':replyId'].$delete({ param: { replyId } });
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? null : await response.json();
}

/** Active colleagues whose name has `q` in it; at most 20. */
export async function fetchNames(q: string, right?: 'desk', signal?: AbortSignal): Promise<Name[]> {
  const query = { q, ...(right ? { right } : {}) };
  const response = await api.people.names.$get({ query }, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).people;
}
