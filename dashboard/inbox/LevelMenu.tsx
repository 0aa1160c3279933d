import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { changeLevel, type Level } from '../api-inbox.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './LevelMenu.module.css';
import { useLevels } from './queries.ts';

const choices = ['all', 'mentions', 'nothing'] as const satisfies readonly Level[];

/** How much one wants to hear of a circle, or of one conversation in it; kept at once. */
export function LevelMenu(props: { circleId: string; threadId?: string; label: string }) {
  const { circleId, threadId = null, label } = props;
  const { levels: say } = useWords();
  const client = useQueryClient();
  const id = useId();
  const { data } = useLevels();
  const set = useMutation({
    mutationFn: (level: Level | null) => changeLevel({ circle: circleId, thread: threadId, level }),
    onSuccess: (levels) => {
      client.setQueryData(['notice-levels'], levels);
      void client.invalidateQueries({ queryKey: ['inbox'] }).catch(() => undefined);
    },
  });
  const known = data?.find((one) => one.circle.id === circleId && (one.thread?.id ?? null) === threadId)?.level;
  const wanted = set.isPending ? set.variables : (known ?? null);
  return (
    <p className={styles.level}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={wanted ?? ''}
        disabled={data === undefined}
        aria-describedby={`${id}-said`}
        onChange={({ target }) => set.mutate(choices.find((level) => level === target.value) ?? null)}
      >
        <option value="">{threadId === null ? say.usual : say.asCircle}</option>
        {choices.map((level) => (
          <option key={level} value={level}>
            {say[level]}
          </option>
        ))}
      </select>
      <span id={`${id}-said`} className={styles.said} role="status">
        {set.isSuccess ? say.saved : set.isError ? say.notSaved : ''}
      </span>
    </p>
  );
}
