import type { ReactNode } from 'react';
import type { Audience } from '../api-talk.ts';
import { LampMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './AudienceBar.module.css';
import { circleName } from './circle-name.ts';

/** Who will read what is written, directly under it, with the button that sends. */
export function AudienceBar({ audience, children }: { audience: Audience; children: ReactNode }) {
  const { talk } = useWords();
  return (
    <div className={styles.bar}>
      <LampMark />
      <p className={styles.who}>
        {talk.audience} <strong>{talk.people(circleName(audience.circle, talk), audience.people)}</strong>.{' '}
        <span className={styles.more}>{audience.outsiders ? talk.withOutsiders : talk.noOutsiders}</span>
      </p>
      {children}
    </div>
  );
}
