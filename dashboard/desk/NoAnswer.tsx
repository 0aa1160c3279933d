import { useId, useState } from 'react';
import type { Reason } from '../api-desk.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './CaseDialog.module.css';

/** Why something gets no answer. "Something else" asks for words. */
export function NoAnswer(props: { onClose: () => void; onSend: (reason: Reason, note: string) => Promise<unknown> }) {
  const { onClose, onSend } = props;
  const { desk, talk } = useWords();
  const id = useId();
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isSending, setIsSending] = useState(false);
  // The schema of the reasons would bring its library to the browser; their words say which there are.
  const reasons = Object.keys(desk.reasons) as Reason[];
  return (
    <Dialog title={desk.noAnswerTitle} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (reason === null) return;
          if (reason === 'other' && note.trim() === '') return setIsMissing(true);
          setIsSending(true);
          void onSend(reason, note.trim()).finally(() => setIsSending(false));
        }}
      >
        <fieldset className={styles.reasons}>
          <legend className="unseen">{desk.reason}</legend>
          {reasons.map((one) => (
            <label key={one}>
              <input type="radio" name={id} required checked={one === reason} onChange={() => setReason(one)} />
              {desk.reasons[one]}
            </label>
          ))}
        </fieldset>
        <p className={styles.note}>
          <label htmlFor={`${id}-note`}>
            {desk.explain} {reason !== 'other' && <span className={styles.hint}>({desk.optional})</span>}
          </label>
          <textarea
            id={`${id}-note`}
            className="field"
            rows={2}
            maxLength={2000}
            value={note}
            aria-invalid={isMissing && note.trim() === '' ? true : undefined}
            onChange={(event) => setNote(event.target.value)}
          />
          {isMissing && note.trim() === '' && (
            <span role="alert" className={styles.wrong}>
              {desk.explainNeeded}
            </span>
          )}
        </p>
        <div className={styles.buttons}>
          <button type="button" className="button" onClick={onClose}>
            {talk.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isSending}>
            {desk.finishNoAnswer}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
