import { useState } from 'react';
import { useLocation } from 'wouter';
import { pauseTopic, removeTopic, type Topic } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { topicsAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import { Confirm } from './Confirm.tsx';
import { NamedBy } from './NamedBy.tsx';
import { useTopicChanged } from './queries.ts';
import styles from './TopicEditor.module.css';

/** Rests or ends a topic; both ask first. */
export function TopicActs(props: { topic: Topic; onNotice: (notice: Notice) => void; onRemoved: () => void }) {
  const { topic, onNotice, onRemoved } = props;
  const { id, name, state } = topic;
  const { topicActs: say } = useWords();
  const [, navigate] = useLocation();
  const changed = useTopicChanged();
  const [asking, setAsking] = useState<'pause' | 'remove' | null>(null);
  const close = () => setAsking(null);
  return (
    <div className={styles.acts}>
      {state === 'active' && (
        <button type="button" className="button" onClick={() => setAsking('pause')}>
          {say.pause} …
        </button>
      )}
      <button type="button" className="button danger" onClick={() => setAsking('remove')}>
        {say.remove} …
      </button>
      {asking === 'pause' && (
        <Confirm
          title={say.pauseTitle(name)}
          why={say.pauseWhy}
          does={say.pause}
          onClose={close}
          onDo={async () => {
            const now = await pauseTopic(id);
            close();
            changed(now);
            onNotice({ says: say.paused(name) });
          }}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={say.removeTitle(name)}
          why={say.removeWhy}
          does={say.remove}
          isDangerous
          onClose={close}
          onDo={async () => {
            await removeTopic(id);
            onRemoved();
            changed(null);
            onNotice({ says: say.removed(name) });
            navigate(topicsAddress);
          }}
        >
          <NamedBy what={{ topic: id }} />
        </Confirm>
      )}
    </div>
  );
}
