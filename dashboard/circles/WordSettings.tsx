import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Circle, changeState, renameCircle } from '../api-circles.ts';
import { Field } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { TextField } from '../frame/TextField.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';
import { useCircleChanged } from './queries.ts';

type Props = { circle: Circle; onNotice: (notice: Notice) => void };

/** Its name, which everybody sees. */
export function NameSettings({ circle, onNotice }: Props) {
  const { circleSettings: say } = useWords();
  const changed = useCircleChanged();
  const saving = useMutation({
    mutationFn: (name: string) => renameCircle(circle.id, name),
    onSuccess: (answer, name) => {
      const before = circle.name;
      changed(answer);
      onNotice({ says: say.savedName, ...(name === before ? {} : { undo: () => saving.mutate(before) }) });
    },
  });
  return (
    <form
      className={styles.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(String(new FormData(event.currentTarget).get('name')).trim());
      }}
    >
      <h2>{say.name}</h2>
      <FormProblem error={saving.error} />
      <Field
        key={circle.name}
        label={say.name}
        hint={say.nameWhy}
        name="name"
        autoComplete="off"
        maxLength={100}
        defaultValue={circle.name}
        problem={problemsOf(saving.error).name}
      />
      <p>
        <button type="submit" className="button" disabled={saving.isPending}>
          {say.saveName}
        </button>
      </p>
    </form>
  );
}

/** The state of the talk, which newcomers read first. */
export function StateSettings({ circle, onNotice }: Props) {
  const { circleSettings: say } = useWords();
  const changed = useCircleChanged();
  // What it was made from: somebody who saved one meanwhile is not written over.
  const [after, setAfter] = useState(circle.state?.version ?? 0);
  const [text, setText] = useState(circle.state?.text ?? '');
  const saving = useMutation({
    mutationFn: () => changeState(circle.id, { after, text }),
    onSuccess: (answer) => {
      changed(answer);
      setAfter(answer.state?.version ?? after);
      onNotice({ says: say.savedState });
    },
  });
  return (
    <form
      className={styles.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <h2>{say.state}</h2>
      <p className={styles.why}>{say.stateWhy}</p>
      <FormProblem error={saving.error} />
      <TextField
        label={say.stateLabel}
        rows={5}
        maxLength={5_000}
        value={text}
        problem={problemsOf(saving.error).text}
        onChange={(event) => setText(event.target.value)}
      />
      <p>
        <button type="submit" className="button" disabled={saving.isPending || text.trim() === ''}>
          {say.saveState}
        </button>
      </p>
    </form>
  );
}
