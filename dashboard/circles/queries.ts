import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type Circle,
  type CircleSummary,
  type Circles,
  fetchCircle,
  fetchCircles,
  fetchCircleThreads,
  fetchMembers,
} from '../api-circles.ts';
import { useAskedAgain } from '../live-updates.ts';

const askEveryMs = 2_000;

/** The circles of the reader, those to discover, and those that are over. */
export function useCircles() {
  return useQuery({ queryKey: ['circles'], queryFn: ({ signal }) => fetchCircles(signal) });
}

/** Keeps what is new in the circles true, for who shows it all the time. */
export function useCirclesKept(): Circles | undefined {
  useAskedAgain('circles', askEveryMs);
  return useCircles().data;
}

/** One circle, kept true while it is looked at. */
export function useCircle(circleId: string) {
  useAskedAgain('circle', askEveryMs);
  return useQuery({ queryKey: ['circle', circleId], queryFn: ({ signal }) => fetchCircle(circleId, signal) });
}

/** Who is in a circle; not asked for who may not know. */
export function useMembers(circleId: string, mayKnow: boolean) {
  return useQuery({
    queryKey: ['circle', circleId, 'members'],
    queryFn: ({ signal }) => fetchMembers(circleId, signal),
    enabled: mayKnow,
  });
}

/** The conversations of a circle, page by page. */
export function useCircleThreads(circleId: string, state: 'open' | 'done') {
  return useInfiniteQuery({
    queryKey: ['circle', circleId, 'threads', state],
    queryFn: ({ pageParam, signal }) => fetchCircleThreads(circleId, state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
  });
}

/** Takes over a circle as the server answered it, and asks again what hangs on circles. */
export function useCircleChanged() {
  const client = useQueryClient();
  return (circle: Circle | null) => {
    if (circle) client.setQueryData<Circle>(['circle', circle.id], circle);
    for (const queryKey of [['circles'], ['circle'], ['audiences'], ['all-circles'], ['thread']])
      void client.invalidateQueries({ queryKey }).catch(() => undefined);
  };
}

/** The circles that the reader keeps, by id: there they may pin, close and hide. */
export function useKept(): ReadonlyMap<string, CircleSummary> {
  const { data } = useCircles();
  const all = data ? [...data.mine, ...data.discover, ...data.ended] : [];
  return new Map(all.filter(({ standing }) => standing === 'host').map((circle) => [circle.id, circle]));
}
