import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

/** A question read: its text, its rows where rows can say it, what is wrong with it and what to colour. */
export type Reading = Ok<typeof api.query.$post>;
export type QueryProblem = Reading['problems'][number];
export type Rows = NonNullable<Reading['builder']>;

/** Reads a question as text or as rows. Nothing is stored or looked for. */
export async function readQuery(
  json: InferRequestType<typeof api.query.$post>['json'],
  signal?: AbortSignal,
): Promise<Reading> {
  const response = await api.query.$post({ json }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
