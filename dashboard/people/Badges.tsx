import type { Person } from '../api-people.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Badges.module.css';

/** What somebody is to the organisation beside their name; what they were is said as such, and drawn fainter. */
export function Badges({ badges }: { badges: Person['badges'] }) {
  const { relations } = useWords();
  return badges.map(({ kind, former }) => (
    <span key={`${kind} ${former}`} className={former ? `${styles.badge} ${styles.former}` : styles.badge}>
      {former ? relations.former[kind] : relations.now[kind]}
    </span>
  ));
}
