import { useEffect, useRef } from 'react';
import type { RefusedError } from '../api.ts';
import type { Audience } from '../api-talk.ts';
import { NeedsYouMark } from '../marks/Marks.tsx';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';
import { circlePeople } from './circle-name.ts';
import { FrameRefused } from './FrameRefused.tsx';
import styles from './Refused.module.css';

/** Why something was not placed, that its text is kept and unseen, and a safe way on, which has focus. */
export function Refused(props: {
  error: RefusedError;
  /** For whom it is written, as it is now; null: that must be chosen anew. */
  audience: Audience | null;
  /** There is another circle to write in. */
  hasOther?: boolean;
  onLook: () => void;
  /** null: sending it again would change nothing. */
  onSend: (() => void) | null;
}) {
  const { error, audience, hasOther = false, onLook, onSend } = props;
  const words = useWords();
  const { refused } = words.talk;
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (error) safe.current?.focus();
  }, [error]);
  if (error.code === 'frame_changed' && audience)
    return <FrameRefused circleId={audience.circle.id} onLook={onLook} onSend={onSend} />;
  const { title, why } = saysOf(error, audience, hasOther, words);
  return (
    <div className={styles.refused}>
      <div role="alert" className={styles.says}>
        <NeedsYouMark size={15} />
        <div>
          <p className={styles.title}>{title}</p>
          <p>{why}</p>
        </div>
      </div>
      <div className={styles.buttons}>
        <button ref={safe} type="button" className="button" onClick={onLook}>
          {refused.lookFirst}
        </button>
        {error.code === 'audience_changed' && audience && onSend && (
          <button type="button" className="button" onClick={onSend}>
            {words.border.placeAnyway(circlePeople(audience, words))}
          </button>
        )}
      </div>
    </div>
  );
}

/** What did not happen, why, what was kept and what to do. */
function saysOf(error: RefusedError, audience: Audience | null, hasOther: boolean, { talk, border }: Words) {
  const { refused } = talk;
  const other = hasOther ? ` ${border.refused.otherCircle}` : '';
  const stands = (title: string, todo: string) => ({ title, why: `${todo}${other} ${refused.kept}` });
  switch (error.code) {
    case 'audience_changed':
      return {
        title: refused.audience,
        why: audience ? border.changed(circlePeople(audience, { talk, border })) : border.chooseFirst,
      };
    case 'muted':
      return stands(border.refused.muted, border.refused.mutedDo);
    case 'thread_closed':
      return stands(border.refused.closed, border.refused.closedDo);
    case 'circle_ended':
      return stands(border.refused.ended, border.refused.endedDo);
    case 'not_writable':
      return stands(border.refused.notWritable, border.refused.notWritableDo);
    default:
      return { title: refused.title, why: `${reasonOf(error, refused)} ${refused.kept}` };
  }
}

/** Why it was refused, in a sentence. */
export function reasonOf(
  { code, detail, message }: RefusedError,
  refused: { signedOut: string; gone: string; tooLong: string },
): string {
  if (code === 'signed_out') return refused.signedOut;
  if (code === 'not_found') return refused.gone;
  if (code === 'too_large') return refused.tooLong;
  return detail ?? message;
}
