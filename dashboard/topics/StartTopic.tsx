import { useState } from 'react';
import { type Apply, startTopic, type Topic } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import { ApplyField, lookBack } from './ApplyField.tsx';
import { Confirm } from './Confirm.tsx';
import { useTopicChanged } from './queries.ts';

/** Lets a topic collect, from now on or also of the last days. What it lacks for that is said in place of beginning. */
export function StartTopic({ topic, onNotice }: { topic: Topic; onNotice: (notice: Notice) => void }) {
  const { id, name, state, missing } = topic;
  const { topicActs: say, topicForm } = useWords();
  const changed = useTopicChanged();
  const [isAsking, setIsAsking] = useState(false);
  const [apply, setApply] = useState<Apply>(lookBack);
  const does = state === 'draft' ? say.start : say.resume;
  return (
    <>
      <button
        type="button"
        className="button primary"
        disabled={missing.length > 0}
        aria-describedby="topic-state"
        onClick={() => setIsAsking(true)}
      >
        {does}
      </button>
      {isAsking && (
        <Confirm
          title={say.startTitle(name)}
          why={say.startWhy}
          does={does}
          onClose={() => setIsAsking(false)}
          onDo={async () => {
            const now = await startTopic(id, apply);
            setIsAsking(false);
            changed(now);
            onNotice({ says: say.started(name) });
          }}
        >
          <ApplyField label={topicForm.fromStart} apply={apply} onChange={setApply} />
        </Confirm>
      )}
    </>
  );
}
