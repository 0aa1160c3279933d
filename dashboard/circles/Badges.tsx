import type { PersonRef } from '../api-circles.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Badges.module.css';

/** What somebody is to the organisation, or was, after their name. */
export function Badges({ of }: { of: PersonRef['badges'] }) {
  const { relations: say } = useWords();
  return of.map(({ kind, former }) => (
    <span key={kind} className={former ? `${styles.badge} ${styles.former}` : styles.badge}>
      {(former ? say.former : say.now)[kind]}
    </span>
  ));
}
