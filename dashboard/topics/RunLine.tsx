import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefusedError } from '../api.ts';
import { startTopic, type Topic, type TopicRun, undoRun } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useRight } from '../session.ts';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { isUnderWay, useTopicChanged } from './queries.ts';
import styles from './RunLine.module.css';

const toldForMs = 86_400_000;

/** How far a version is with what was there already, what came of it, the way back, and from there forth again. */
export function RunLine(props: { topic: Topic; run: TopicRun; onNotice: (notice: Notice) => void }) {
  const { topic, run, onNotice } = props;
  const { words, language } = useSpoken();
  const { topicRun: say, topicActs } = words;
  const client = useQueryClient();
  const changed = useTopicChanged();
  const mayChange = useRight('topics');
  const notDone = (error: Error) =>
    onNotice({ says: `${topicActs.notDone} ${error instanceof RefusedError ? (error.detail ?? '') : ''}` });
  const undoing = useMutation({
    mutationFn: () => undoRun(topic.id, run.id),
    onSuccess: (now) => {
      client.setQueryData<Topic>(['topic', topic.id], (topic) => topic && { ...topic, run: now });
      changed(null);
    },
    onError: notDone,
  });
  const applying = useMutation({
    mutationFn: () => startTopic(topic.id, { from: 'days', days: run.days }),
    onSuccess: changed,
    onError: notDone,
  });
  const { state, failure, version, days, total, done, added, removed, doneAt, undoUntil } = run;
  const isUndoable =
    mayChange && !isUnderWay(run) && added + removed > 0 && undoUntil !== null && Date.parse(undoUntil) > Date.now();
  // Only what the topic asks now, and only while it collects: applying would start it.
  const isAppliable =
    mayChange &&
    (state === 'undone' || state === 'failed') &&
    version === topic.version &&
    topic.state === 'active' &&
    !topic.broken;
  // What came of it is told for as long as something can be done about it, and a day at least.
  const isPast = !isUnderWay(run) && state !== 'failed' && !isUndoable && !isAppliable;
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
        {isAppliable && (
          <button type="button" className="link" disabled={applying.isPending} onClick={() => applying.mutate()}>
            {say.applyAgain}
          </button>
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
