import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, type Thread, within } from './api.ts';

type CaseCalls = (typeof api.threads)[':threadId']['case'];
export type Case = NonNullable<Thread['case']>;
export type DeskPage = Ok<typeof api.desk.$get>;
export type DeskList = 'open' | 'mine' | 'answered' | 'unanswered';
export type DeskOrder = 'waiting' | 'newest';
export type Reason = NonNullable<Case['reason']>;
/** What is done with a case; `version` is that of the case as it was seen. */
export type CaseAct =
  | { action: 'take' | 'release' | 'reopen'; version: number }
  | ({ action: 'hand-over' } & InferRequestType<CaseCalls['hand-over']['$post']>['json'])
  | ({ action: 'answer' } & InferRequestType<CaseCalls['answer']['$post']>['json'])
  | ({ action: 'no-answer' } & InferRequestType<CaseCalls['no-answer']['$post']>['json']);

/** A page of the desk with its counts. */
export async function fetchDesk(
  list: DeskList,
  order: DeskOrder,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<DeskPage> {
  const query = { list, order, ...(cursor ? { cursor } : {}) };
  const response = await api.desk.$get({ query }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Acts on the case of a thread; answers it as it is now. Refused when somebody was first. */
export async function actOnCase(threadId: string, act: CaseAct): Promise<Case> {
  const response = await sent(threadId, act);
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

function sent(threadId: string, act: CaseAct) {
  const calls = api.threads[':threadId'].case;
  const param = { threadId };
  switch (act.action) {
    case 'hand-over':
      return calls['hand-over'].$post({ param, json: act });
    case 'answer':
      return calls.answer.$post({ param, json: act });
    case 'no-answer':
      return calls['no-answer'].$post({ param, json: act });
    default:
      return calls[act.action].$post({ param, json: act });
  }
}
