import { useQuery } from '@tanstack/react-query';
import { fetchNaming } from '../api-topics.ts';
import { useWords } from '../words/Worded.tsx';

/** Says which queries are broken once something is removed; nothing where there are none. */
export function NamedBy(props: { what: Parameters<typeof fetchNaming>[0] }) {
  const { what } = props;
  const { topicActs: say } = useWords();
  const { data } = useQuery({
    queryKey: ['naming', what],
    queryFn: ({ signal }) => fetchNaming(what, signal),
    gcTime: 0,
  });
  const names = [...(data?.topics ?? []), ...(data?.searches ?? [])].map(({ name }) => name);
  if (names.length === 0) return null;
  return <p>{say.namedBy(names.length, names.join(', '))}</p>;
}
