import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Circle, changeFrame } from '../api-circles.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { TextField } from '../frame/TextField.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';
import { Differences } from './FrameChanges.tsx';
import { FrameFields } from './FrameFields.tsx';
import frameStyles from './FramePanel.module.css';
import { FrameWords } from './FramePanel.tsx';
import { changesBetween } from './frame-changes.ts';
import type { Opening } from './opening.ts';
import { useCircleChanged } from './queries.ts';

/** The frame, and a way to make another version of it that shows what changes before it is saved. */
export function FrameSettings({ circle, onNotice }: { circle: Circle; onNotice: (notice: Notice) => void }) {
  const { circleSettings: say } = useWords();
  const [isEditing, setIsEditing] = useState(false);
  const { frame } = circle;
  if (!frame) return null;
  return (
    <section className={styles.section} aria-labelledby="frame-settings">
      <h2 id="frame-settings">{say.frame}</h2>
      <p className={styles.why}>{say.frameWhy}</p>
      {isEditing ? (
        <Editor
          circle={circle}
          frame={frame}
          onClose={() => setIsEditing(false)}
          onSaved={(version) => {
            setIsEditing(false);
            onNotice({ says: say.savedFrame(version) });
          }}
        />
      ) : (
        <>
          <dl className={frameStyles.parts}>
            <FrameWords frame={frame} isWhole />
          </dl>
          <p>
            <button type="button" className="button" onClick={() => setIsEditing(true)}>
              {say.editFrame}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function Editor(props: {
  circle: Circle;
  frame: NonNullable<Circle['frame']>;
  onClose: () => void;
  onSaved: (version: number) => void;
}) {
  const { circle, onClose, onSaved } = props;
  const { circleSettings: say, circles } = useWords();
  // The version it was made from: one that a colleague made meanwhile is not written over.
  const [before] = useState(props.frame);
  const [draft, setDraft] = useState<Opening['frame']>(before);
  const [note, setNote] = useState('');
  const [isLooking, setIsLooking] = useState(false);
  const changed = useCircleChanged();
  const saving = useMutation({
    mutationFn: () => {
      const { question, inScope, outOfScope, result, houseRule, endsOn, afterEnd } = draft;
      const words = { question, inScope, outOfScope, result, houseRule, endsOn, afterEnd };
      return changeFrame(circle.id, { ...words, note, after: before.version });
    },
    onSuccess: (answer) => {
      changed(answer);
      onSaved(answer.frame?.version ?? before.version + 1);
    },
    onSettled: () => setIsLooking(false),
  });
  const problems = Object.fromEntries(
    Object.entries(problemsOf(saving.error)).map(([path, message]) => [path.replace(/^frame\./, ''), message]),
  );
  const changes = changesBetween(before, draft);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsLooking(true);
      }}
    >
      <FormProblem error={saving.error} />
      <FrameFields frame={draft} problems={problems} onChange={setDraft} />
      <TextField
        label={say.note}
        hint={say.noteHint}
        rows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <p className={styles.buttons}>
        <button type="submit" className="button">
          {say.preview}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {circles.cancel}
        </button>
      </p>
      {isLooking && (
        <Dialog title={say.previewTitle} onClose={() => setIsLooking(false)} hasWayBack>
          {changes.length > 0 ? <Differences changes={changes} /> : <p>{say.noChanges}</p>}
          <p className={`${styles.buttons} ${styles.below}`}>
            <button type="button" className="button" onClick={() => setIsLooking(false)}>
              {say.keepEditing}
            </button>
            {changes.length > 0 && (
              <button
                type="button"
                className="button primary"
                disabled={saving.isPending}
                onClick={() => saving.mutate()}
              >
                {say.saveFrame(before.version + 1)}
              </button>
            )}
          </p>
        </Dialog>
      )}
    </form>
  );
}
