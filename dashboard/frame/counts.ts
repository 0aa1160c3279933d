import { useQuery } from '@tanstack/react-query';
import { type Counts, fetchCounts } from '../api-counts.ts';
import { useAskedAgain } from '../live-updates.ts';

const askEveryMs = 1_000;

/** What waits for this reader, by page; undefined until it is known. */
export function useCounts(): Counts | undefined {
  useAskedAgain('counts', askEveryMs);
  return useQuery({ queryKey: ['counts'], queryFn: ({ signal }) => fetchCounts(signal) }).data;
}
