import { useMutation } from '@tanstack/react-query';
import { archiveCircle, type Circle, reopenCircle } from '../api-circles.ts';
import { Field } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { TextField } from '../frame/TextField.tsx';
import { daysAgo } from '../time.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';
import { dateOf } from './days.ts';
import { useCircleChanged } from './queries.ts';

type Props = { circle: Circle; onNotice: (notice: Notice) => void };

/** Ends a circle with what came of it; one that is over can be opened again. */
export function EndCircle(props: Props) {
  const { ended, archivedAt } = props.circle;
  return (
    <>
      {ended && <Reopen {...props} />}
      {archivedAt === null && <Archive {...props} />}
    </>
  );
}

function Archive({ circle, onNotice }: Props) {
  const { circleSettings: say } = useWords();
  const changed = useCircleChanged();
  const reopening = useMutation({ mutationFn: () => reopenCircle(circle.id), onSuccess: changed });
  const archiving = useMutation({
    mutationFn: (conclusion: string) => archiveCircle(circle.id, conclusion),
    onSuccess: (answer) => {
      changed(answer);
      // One whose last day is over is opened again with another day only.
      onNotice({ says: say.archived, ...(circle.ended ? {} : { undo: () => reopening.mutate() }) });
    },
  });
  return (
    <form
      className={styles.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        archiving.mutate(String(new FormData(event.currentTarget).get('conclusion')).trim());
      }}
    >
      <h2>{say.end}</h2>
      <p className={styles.why}>{say.endWhy}</p>
      <FormProblem error={archiving.error} />
      <TextField
        label={say.conclusion}
        hint={say.conclusionHint}
        name="conclusion"
        rows={4}
        maxLength={5_000}
        problem={problemsOf(archiving.error).conclusion}
      />
      <p>
        <button type="submit" className="button danger" disabled={archiving.isPending}>
          {say.archive}
        </button>
      </p>
    </form>
  );
}

function Reopen({ circle, onNotice }: Props) {
  const { circleSettings: say } = useWords();
  const changed = useCircleChanged();
  const isDayOver = circle.endsOn !== null && daysAgo(dateOf(circle.endsOn), new Date()) > 0;
  const reopening = useMutation({
    mutationFn: (endsOn: string) => reopenCircle(circle.id, endsOn || undefined),
    onSuccess: (answer) => {
      changed(answer);
      onNotice({ says: say.reopened });
    },
  });
  const problems = problemsOf(reopening.error);
  return (
    <form
      className={styles.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        reopening.mutate(String(new FormData(event.currentTarget).get('endsOn') ?? ''));
      }}
    >
      <h2>{say.reopen}</h2>
      <p className={styles.why}>{say.reopenWhy}</p>
      <FormProblem error={reopening.error} />
      {isDayOver && (
        <Field label={say.newLastDay} name="endsOn" type="date" problem={problems.endsOn ?? problems['frame.endsOn']} />
      )}
      <p>
        <button type="submit" className="button" disabled={reopening.isPending}>
          {say.reopen}
        </button>
      </p>
    </form>
  );
}
