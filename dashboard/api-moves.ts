import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

type Calls = (typeof api.threads)[':threadId']['moves'];
const one = api.moves[':moveId'];
const asked = (moveId: string) => ({ param: { moveId } });

export type Move = Ok<typeof one.$get>;
export type MoveReply = Move['replies'][number];
export type MovePreview = Ok<Calls['$post']>;
/** From which circle to which. */
export type Where = Pick<InferRequestType<Calls['$post']>['json'], 'from' | 'to'>;

/** The moves of a conversation under way of which the reader may know, newest first. */
export async function fetchMoves(threadId: string, signal?: AbortSignal): Promise<Move[]> {
  const response = await api.threads[':threadId'].moves.$get({ param: { threadId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).moves;
}

/** What a move would do. Nothing is written, and nobody hears of it. */
export async function previewMove(threadId: string, json: Where, signal?: AbortSignal): Promise<MovePreview> {
  const response = await api.threads[':threadId'].moves.$post(
    { param: { threadId }, query: { dry: 'true' }, json },
    within(signal),
  );
  if (response.status !== 200) throw await refusal(response);
  return await response.json();
}

/** Asks who wrote there whether it may go. Refused when somebody else reads along than `audience` showed. */
export async function askMove(threadId: string, json: Where & { audience: string }): Promise<Move> {
  const response = await api.threads[':threadId'].moves.$post({ param: { threadId }, query: {}, json });
  if (response.status !== 201) throw await refusal(response);
  return await response.json();
}

/** Says for everything that is the reader's own whether it may go along. */
export async function answerMove(moveId: string, json: { agrees: boolean; audience: string }): Promise<Move> {
  const response = await one.answers.$post({ ...asked(moveId), json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Moves what was agreed to. */
export async function applyMove(moveId: string, audience: string): Promise<Move> {
  const response = await one.apply.$post({ ...asked(moveId), json: { audience } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function cancelMove(moveId: string): Promise<Move> {
  const response = await one.cancel.$post(asked(moveId));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
