import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

export type Tip = Ok<typeof api.tips.$get>['tips'][number];
export type NewTip = InferRequestType<typeof api.tips.$post>['json'];

/** What one handed in, newest first. */
export async function fetchTips(signal?: AbortSignal): Promise<Tip[]> {
  const response = await api.tips.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).tips;
}

export async function fetchTip(tipId: string, signal?: AbortSignal): Promise<Tip> {
  const response = await api.tips[':tipId'].$get({ param: { tipId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Hands a tip in; with the same key once, however often it is sent. */
export async function giveTip(json: NewTip, key: string): Promise<Tip> {
  const response = await api.tips.$post({ json, header: { 'idempotency-key': key } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
