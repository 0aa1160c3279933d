import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefusedError } from '../api.ts';
import { type Topic, type TopicRun, undoRun } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useRight } from '../session.ts';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { isUnderWay, useTopicChanged } from './queries.ts';
import styles from './RunLine.module.css';

const toldForMs = 86_400_000;

/** How far a version is with what was there already, what came of it, and the way back. */
export function RunLine(props: { topicId: string; run: TopicRun; onNotice: (notice: Notice) => void }) {
  const { topicId, run, onNotice } = props;
  const { words, language } = useSpoken();
  const { topicRun: say, topicActs } = words;
  const client = useQueryClient();
  const changed = useTopicChanged();
  const mayUndo = useRight('topics');
  const undoing = useMutation({
    mutationFn: () => undoRun(topicId, run.id),
    onSuccess: (now) => {
      client.setQueryData<Topic>(['topic', topicId], (topic) => topic && { ...topic, run: now });
      changed(null);
    },
    onError: (error) =>
      onNotice({ says: `${topicActs.notDone} ${error instanceof RefusedError ? (error.detail ?? '') : ''}` }),
  });
  const { state, failure, version, days, total, done, added, removed, doneAt, undoUntil } = run;
  const isUndoable =
    mayUndo && !isUnderWay(run) && added + removed > 0 && undoUntil !== null && Date.parse(undoUntil) > Date.now();
  // What came of it is told for as long as something can be done about it, and a day at least.
  const isPast = !isUnderWay(run) && state !== 'failed' && !isUndoable;
  if (isPast && (doneAt === null || Date.now() - Date.parse(doneAt) > toldForMs)) return null;
  const says: Record<TopicRun['state'], string> = {
    waiting: say.waiting(version, days),
    running: `${say.running(version, days)}${total === null ? '' : `: ${say.progress(done, total)}`}.`,
    done: say.done(version, days, added, removed),
    undoing: say.undoing,
    undone: say.undone(version),
    failed: say.failed(version, failure),
  };
  return (
    <div className={styles.run}>
      <p role={isUnderWay(run) && total !== null ? undefined : 'status'}>
        {says[state]}{' '}
        {isUndoable && (
          <>
            <button type="button" className="link" disabled={undoing.isPending} onClick={() => undoing.mutate()}>
              {say.undo}
            </button>{' '}
            <span className={styles.until}>{say.until(day(new Date(undoUntil), language, new Date()))}</span>
          </>
        )}
      </p>
      {state === 'running' && (
        <progress
          max={Math.max(1, total ?? 1)}
          value={total === null ? undefined : done}
          aria-label={say.running(version, days)}
        />
      )}
    </div>
  );
}
