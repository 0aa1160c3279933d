import type { ReactNode } from 'react';
import type { Audience } from '../api-talk.ts';
import { LampMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './AudienceBar.module.css';
import { circlePeople } from './circle-name.ts';

/** Who will read what is written, directly under it, with the button that sends. Null: where it goes is not chosen. */
export function AudienceBar({ audience, children }: { audience: Audience | null; children: ReactNode }) {
  const words = useWords();
  const { talk, border } = words;
  return (
    <div className={styles.bar}>
      <LampMark />
      {audience === null ? (
        <p className={styles.who} role="status">
          {border.chooseFirst}
        </p>
      ) : (
        <p className={styles.who}>
          {talk.audience} <strong>{circlePeople(audience, words)}</strong>.{' '}
          {audience.outsiders !== null && audience.outsiders > 0 && (
            <strong className={styles.outside}>{border.outside(audience.outsiders)}</strong>
          )}
        </p>
      )}
      {children}
    </div>
  );
}
