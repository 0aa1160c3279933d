import { useMutation } from '@tanstack/react-query';
import { changeSource, RefusedError, type Source } from '../api.ts';
import { Choice } from '../frame/Choice.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useTopics } from '../topics/queries.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Keeps.module.css';
import { useSourcesChanged } from './queries.ts';

/** What of a source is kept: all it says, or only what a topic matches. */
export function KeepsChoice(props: { keeps: Source['keeps']; onChoose: (keeps: Source['keeps']) => void }) {
  const { keeps, onChoose } = props;
  const { add, keeps: say } = useWords();
  const { data: topics } = useTopics();
  const hasNone = topics !== undefined && !topics.some(({ state }) => state === 'active');
  return (
    <div className={styles.keeps}>
      <Choice<Source['keeps']>
        label={add.keeps}
        options={[
          { value: 'matched', label: say.matched },
          { value: 'everything', label: say.everything },
        ]}
        value={keeps}
        onChoose={onChoose}
      />
      <p className={styles.why}>
        {keeps === 'everything' ? say.everythingWhy : say.matchedWhy} {keeps === 'matched' && hasNone && say.noTopics}
      </p>
    </div>
  );
}

/** The same of a source there is: it holds from now on. */
export function ChangeKeeps({ source, onNotice }: { source: Source; onNotice: (notice: Notice) => void }) {
  const { keeps: say } = useWords();
  const changed = useSourcesChanged();
  const change = useMutation({
    mutationFn: (keeps: Source['keeps']) => changeSource(source.id, { keeps }),
    onSuccess: (now) => {
      const [says, back] =
        now.keeps === 'matched'
          ? ([say.changed(now.label), 'everything'] as const)
          : ([say.changedBack(now.label), 'matched'] as const);
      onNotice({ says, undo: () => change.mutate(back) });
      changed();
    },
    onError: (error) =>
      onNotice({ says: `${say.notChanged} ${error instanceof RefusedError ? (error.detail ?? '') : ''}` }),
  });
  const shown = change.isPending ? change.variables : source.keeps;
  return <KeepsChoice keeps={shown} onChoose={(keeps) => change.mutate(keeps)} />;
}
