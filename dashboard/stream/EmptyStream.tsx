import type { StreamFilter } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { circlesAddress, newThreadAddress, sourcesAddress, topicAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { useSources } from '../sources/queries.ts';
import { useFirstWords } from '../words/Worded.tsx';

/** Why there is nothing: the filter, nothing begun inside yet, no sources yet, or sources that have brought nothing yet. */
export function EmptyStream({ filter, onClear }: { filter: StreamFilter; onClear: () => void }) {
  const { frame, stream } = useFirstWords();
  const mayAdd = useRight('sources');
  const isColleague = useRight('colleague');
  const { data } = useSources();
  const parts = Object.keys(filter);
  const only = parts.length === 1 ? parts[0] : null;
  if (!isColleague && (parts.length === 0 || only === 'side'))
    return (
      <Message title={stream.emptyGuestTitle} action={{ label: stream.emptyGuestDo, href: circlesAddress }}>
        {stream.emptyGuestWhy}
      </Message>
    );
  if (only === 'side' && filter.side === 'inside')
    return (
      <Message
        title={stream.nothingInsideTitle}
        action={{ label: frame.newThread, href: newThreadAddress, primary: true }}
      >
        {stream.nothingInsideWhy}
      </Message>
    );
  if (only === 'topic' && filter.topic)
    return (
      <Message
        title={stream.nothingOfTopicTitle}
        action={{ label: stream.aboutTopic, href: topicAddress(filter.topic) }}
      >
        {stream.nothingOfTopicWhy}
      </Message>
    );
  // Outside alone is empty for the same reasons as everything.
  if (parts.length > 0 && only !== 'side') {
    const [title, why] =
      only === 'unread'
        ? [stream.allReadTitle, stream.allReadWhy]
        : only === 'mine'
          ? [stream.nothingMineTitle, stream.nothingMineWhy]
          : [stream.noMatchTitle, stream.noMatchWhy];
    return (
      <Message title={title} action={{ label: stream.clear, onClick: onClear }}>
        {why}
      </Message>
    );
  }
  if (!data) return null;
  if (data.sources.length > 0)
    return (
      <Message title={stream.quietTitle} mark action={{ label: stream.quietDo, href: sourcesAddress }}>
        {stream.quietWhy}
      </Message>
    );
  return (
    <Message
      title={stream.emptyTitle}
      mark
      {...(mayAdd ? { action: { label: stream.emptyDo, href: sourcesAddress, primary: true } } : {})}
    >
      {stream.emptyWhy}
    </Message>
  );
}
