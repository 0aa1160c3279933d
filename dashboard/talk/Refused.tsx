import { useEffect, useRef } from 'react';
import type { RefusedError } from '../api.ts';
import type { Audience } from '../api-talk.ts';
import { NeedsYouMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import { readersOf } from './circle-name.ts';
import styles from './Refused.module.css';

/** Why something was not placed, that its text is kept and unseen, and a safe way on, which has focus. */
export function Refused(props: {
  error: RefusedError;
  audience: Audience;
  onLook: () => void;
  /** null: sending it again would change nothing. */
  onSend: (() => void) | null;
}) {
  const { error, audience, onLook, onSend } = props;
  const { refused } = useWords().talk;
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (error) safe.current?.focus();
  }, [error]);
  const isAudience = error.code === 'audience_changed';
  const why = isAudience
    ? `${refused.audienceWhy(readersOf(audience) ?? 0)}${audience.outsiders !== 0 ? ` ${refused.audienceOutside}` : ''}`
    : `${reasonOf(error, refused)} ${refused.kept}`;
  return (
    <div className={styles.refused}>
      <div role="alert" className={styles.says}>
        <NeedsYouMark size={15} />
        <div>
          <p className={styles.title}>{isAudience ? refused.audience : refused.title}</p>
          <p>{why}</p>
        </div>
      </div>
      <div className={styles.buttons}>
        <button ref={safe} type="button" className="button" onClick={onLook}>
          {refused.lookFirst}
        </button>
        {isAudience && onSend && (
          <button type="button" className="button" onClick={onSend}>
            {refused.placeFor(readersOf(audience) ?? 0)}
          </button>
        )}
      </div>
    </div>
  );
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
