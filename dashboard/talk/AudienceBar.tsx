import type { ReactNode } from 'react';
import type { Audience } from '../api-talk.ts';
import { LampMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './AudienceBar.module.css';
import { circlePeople } from './circle-name.ts';

/** Who will read what is written, directly under it, with the button that sends. */
export function AudienceBar({ audience, children }: { audience: Audience; children: ReactNode }) {
  const { talk } = useWords();
  return (
    <div className={styles.bar}>
      <LampMark />
      <p className={styles.who}>
        {talk.audience} <strong>{circlePeople(audience, talk)}</strong>.{' '}
        <span className={styles.more}>{audience.outsiders !== 0 ? talk.withOutsiders : talk.noOutsiders}</span>
      </p>
      {children}
    </div>
  );
}
