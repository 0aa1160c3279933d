import { useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchSources, type Source } from '../api.ts';
import { useRight } from '../session.ts';

const urgency: Record<Source['health']['level'], number> = {
  'needs-you': 0,
  stopped: 1,
  falters: 2,
  new: 3,
  fine: 4,
  paused: 5,
};

/** Every source, what needs someone first, then by name; guests are told of none. */
export function useSources() {
  const enabled = useRight('colleague');
  return useQuery({
    enabled,
    queryKey: ['sources'],
    queryFn: ({ signal }) => fetchSources(signal),
    // "20 minuten geleden" ages by itself.
    refetchInterval: 60_000,
  });
}

export function byUrgency(sources: readonly Source[]): Source[] {
  return [...sources].sort(
    (a, b) => urgency[a.health.level] - urgency[b.health.level] || a.label.localeCompare(b.label, 'nl'),
  );
}

/** The sources in the order of `ids`; those that are not in it come first. */
export function inOrderOf(ids: readonly string[], sources: readonly Source[]): Source[] {
  return [...sources].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Asks again what hangs on the sources: their list, and what the stream can be filtered by. */
export function useSourcesChanged(): () => void {
  const client = useQueryClient();
  return () => {
    for (const key of ['sources', 'facets']) void client.invalidateQueries({ queryKey: [key] }).catch(() => undefined);
  };
}
