import { useQuery } from '@tanstack/react-query';
import { fetchSources } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { sourcesAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';

/** Why there is nothing: the filter, no sources yet, or sources that have brought nothing yet. */
export function EmptyStream({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { stream } = useWords();
  const { data } = useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => fetchSources(signal) });
  if (isFiltered)
    return (
      <Message title={stream.noMatchTitle} action={{ label: stream.clear, onClick: onClear }}>
        {stream.noMatchWhy}
      </Message>
    );
  if (!data) return null;
  if (data.sources.length > 0)
    return (
      <Message title={stream.quietTitle} mark action={{ label: stream.quietDo, href: sourcesAddress }}>
        {stream.quietWhy}
      </Message>
    );
  return (
    <Message title={stream.emptyTitle} mark action={{ label: stream.emptyDo, href: sourcesAddress, primary: true }}>
      {stream.emptyWhy}
    </Message>
  );
}
