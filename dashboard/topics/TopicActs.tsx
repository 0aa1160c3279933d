import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Apply, pauseTopic, removeTopic, startTopic, type Topic } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { topicsAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import { ApplyField, lookBack } from './ApplyField.tsx';
import { Confirm } from './Confirm.tsx';
import { useTopicChanged } from './queries.ts';
import styles from './TopicEditor.module.css';

/** Begins, rests or ends a topic; each asks first. `isUnsaved`: beginning would begin without what stands there. */
export function TopicActs(props: {
  topic: Topic;
  isUnsaved: boolean;
  onNotice: (notice: Notice) => void;
  onRemoved: () => void;
}) {
  const { topic, isUnsaved, onNotice, onRemoved } = props;
  const { id, name, state, missing } = topic;
  const { topicActs: say, topicForm } = useWords();
  const [, navigate] = useLocation();
  const changed = useTopicChanged();
  const [asking, setAsking] = useState<'start' | 'pause' | 'remove' | null>(null);
  const [apply, setApply] = useState<Apply>(lookBack);
  const close = () => setAsking(null);
  const lacks = [...missing.map((part) => say.missing[part]), ...(isUnsaved ? [say.unsaved] : [])];
  const then = (now: Topic, says: string) => {
    close();
    changed(now);
    onNotice({ says });
  };
  return (
    <div className={styles.acts}>
      {state === 'active' ? (
        <button type="button" className="button" onClick={() => setAsking('pause')}>
          {say.pause}
        </button>
      ) : (
        <button
          type="button"
          className={isUnsaved ? 'button' : 'button primary'}
          disabled={lacks.length > 0}
          aria-describedby="topic-lacks"
          onClick={() => setAsking('start')}
        >
          {state === 'draft' ? say.start : say.resume}
        </button>
      )}
      <button type="button" className="button danger" onClick={() => setAsking('remove')}>
        {say.remove} …
      </button>
      <p id="topic-lacks" className={styles.note}>
        {state !== 'active' && lacks.join(' ')}
      </p>
      {asking === 'start' && (
        <Confirm
          title={say.startTitle(name)}
          why={say.startWhy}
          does={state === 'draft' ? say.start : say.resume}
          onClose={close}
          onDo={async () => then(await startTopic(id, apply), say.started(name))}
        >
          <ApplyField label={topicForm.fromStart} apply={apply} onChange={setApply} />
        </Confirm>
      )}
      {asking === 'pause' && (
        <Confirm
          title={say.pauseTitle(name)}
          why={say.pauseWhy}
          does={say.pause}
          onClose={close}
          onDo={async () => then(await pauseTopic(id), say.paused(name))}
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
        />
      )}
    </div>
  );
}
