import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

export type Figures = Ok<typeof api.figures.$get>;
/** As the address keeps it; without days the four weeks up to today. */
export type FiguresFilter = InferRequestType<typeof api.figures.$get>['query'];

export async function fetchFigures(filter: FiguresFilter, signal?: AbortSignal): Promise<Figures> {
  const response = await api.figures.$get({ query: filter }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
