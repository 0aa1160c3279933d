import { api, type Ok, refusal, within } from './api.ts';

export type Counts = Ok<typeof api.stream.counts.$get>;

/** What waits for this reader: unread, on the desk, at the sources. */
export async function fetchCounts(signal?: AbortSignal): Promise<Counts> {
  const response = await api.stream.counts.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
