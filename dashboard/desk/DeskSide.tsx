import type { DeskPage } from '../api-desk.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './DeskSide.module.css';
import { waitLong } from './waiting.ts';

/** What was done today, and who has what: by alphabet, because nobody is ranked. */
export function DeskSide({ page: { today, holders, nobody } }: { page: DeskPage }) {
  const { desk } = useWords();
  const me = useMe();
  return (
    <aside className={styles.side} aria-label={desk.today}>
      <h2>{desk.today}</h2>
      <p>
        <strong>{desk.answeredToday(today.answered)}</strong>
        {today.answered > 0 && today.medianMinutes !== null
          ? desk.half(today.answered, waitLong(today.medianMinutes, desk.wait))
          : '.'}{' '}
        {today.unanswered > 0 && (
          <>
            <strong>{desk.unansweredToday(today.unanswered)}</strong>
            {desk.withReason}
          </>
        )}
      </p>
      <h2>{desk.who}</h2>
      <p>{desk.noRanking}</p>
      <dl className={styles.holders}>
        {holders.map(({ person, count }) => (
          <div key={person.id} className={person.id === me.id ? styles.me : undefined}>
            <dt>{person.id === me.id ? desk.youNamed(person.name) : person.name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
        <div>
          <dt>{desk.nobody}</dt>
          <dd>{nobody}</dd>
        </div>
      </dl>
    </aside>
  );
}
