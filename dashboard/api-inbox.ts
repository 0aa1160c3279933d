import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

export type InboxPage = Ok<typeof api.inbox.$get>;
export type InboxItem = InboxPage['items'][number];
export type Levels = Ok<(typeof api)['notice-levels']['$get']>['levels'];
export type SetLevel = InferRequestType<(typeof api)['notice-levels']['$put']>['json'];
export type Level = NonNullable<SetLevel['level']>;
export type ReadWhat = InferRequestType<typeof api.inbox.read.$post>['json'];

/** A page of what there is for the reader, newest first; `unread`: only what they did not read. */
export async function fetchInbox(unread: boolean, cursor: string | null, signal?: AbortSignal): Promise<InboxPage> {
  const query = { ...(unread ? { unread: 'true' } : {}), ...(cursor ? { cursor } : {}) };
  const response = await api.inbox.$get({ query }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** How much of it is unread; at most 100. */
export async function fetchInboxCount(signal?: AbortSignal): Promise<number> {
  const response = await api.inbox.count.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).unread;
}

/** Marks as read, or takes that back; what it answers undoes it, null where there is nothing to undo. */
export async function markInbox(json: ReadWhat): Promise<string | null> {
  const response = await api.inbox.read.$post({ json });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).undo;
}

/** How much the reader wants to hear, where they said so. */
export async function fetchLevels(signal?: AbortSignal): Promise<Levels> {
  const response = await api['notice-levels'].$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).levels;
}

export async function changeLevel(json: SetLevel): Promise<Levels> {
  const response = await api['notice-levels'].$put({ json });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).levels;
}
