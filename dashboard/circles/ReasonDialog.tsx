import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { TextField } from '../frame/TextField.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';

/** Asks why a host does something to somebody; whoever it is done to reads the reason. */
export function ReasonDialog(props: {
  title: string;
  why: string;
  does: string;
  onClose: () => void;
  onDo: (reason: string) => Promise<unknown>;
}) {
  const { title, why, does, onClose, onDo } = props;
  const { circleSettings: say, circles } = useWords();
  const doing = useMutation({ mutationFn: onDo });
  const problems = problemsOf(doing.error);
  return (
    <Dialog title={title} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          doing.mutate(String(new FormData(event.currentTarget).get('reason')).trim());
        }}
      >
        <p>{why}</p>
        <FormProblem error={doing.error} />
        <TextField
          label={say.reason}
          name="reason"
          rows={3}
          maxLength={500}
          problem={problems.reason ?? problems.muted}
        />
        <p className={styles.buttons}>
          <button type="submit" className="button primary" disabled={doing.isPending}>
            {does}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {circles.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
