import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { fetchNames } from '../api-talk.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './CaseDialog.module.css';

/** To which colleague of the desk something is handed over, with what they should know. */
export function HandOver(props: {
  holderId: string | null;
  onClose: () => void;
  onSend: (to: string, note: string) => Promise<unknown>;
}) {
  const { holderId, onClose, onSend } = props;
  const { desk, talk, stream } = useWords();
  const me = useMe();
  const id = useId();
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [isSending, setIsSending] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['names', 'desk'],
    queryFn: ({ signal }) => fetchNames('', 'desk', signal),
  });
  const colleagues = (data ?? []).filter((one) => one.id !== me.id && one.id !== holderId);
  return (
    <Dialog title={desk.handOverTitle} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (to === '') return;
          setIsSending(true);
          void onSend(to, note.trim()).finally(() => setIsSending(false));
        }}
      >
        {error && (
          <p role="alert">
            {desk.failedAct}.{' '}
            <button type="button" className="link" onClick={() => void refetch().catch(() => undefined)}>
              {stream.retry}
            </button>
          </p>
        )}
        <p className={styles.note}>
          <label htmlFor={`${id}-to`}>{desk.colleague}</label>
          <select id={`${id}-to`} className="field" value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{desk.choose}</option>
            {colleagues.map(({ id: person, name }) => (
              <option key={person} value={person}>
                {name}
              </option>
            ))}
          </select>
        </p>
        <p className={styles.note}>
          <label htmlFor={`${id}-note`}>
            {desk.note} <span className={styles.hint}>({desk.optional})</span>
          </label>
          <textarea
            id={`${id}-note`}
            className="field"
            rows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </p>
        <div className={styles.buttons}>
          <button type="button" className="button" onClick={onClose}>
            {talk.cancel}
          </button>
          <button type="submit" className="button primary" disabled={to === '' || isSending}>
            {desk.handOver}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
