import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Counts, fetchCounts } from '../api-counts.ts';
import { onLive } from '../live-updates.ts';

/** However much happens, the server is asked at most this often what waits. */
const askEveryMs = 1_000;

/** What waits for this reader, by page; undefined until it is known. */
export function useCounts(): Counts | undefined {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: ['counts'], queryFn: ({ signal }) => fetchCounts(signal) });
  useEffect(() => {
    let asking: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      asking = undefined;
      void client.invalidateQueries({ queryKey: ['counts'] }).catch(() => undefined);
    };
    const stop = onLive(({ kind }) => {
      if (kind !== 'connection') asking ??= setTimeout(ask, askEveryMs);
    });
    return () => {
      stop();
      clearTimeout(asking);
    };
  }, [client]);
  return data;
}
