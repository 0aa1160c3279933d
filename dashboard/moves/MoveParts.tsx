import type { Move, MoveReply } from '../api-moves.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Moves.module.css';

/** The title and the replies of a move, each with whose it is and how it stands. */
export function MoveParts(props: {
  titleOf: Move['titleOf'];
  replies: readonly MoveReply[];
  /** How many there are, where not all of them are here. */
  count?: number;
  says: Record<MoveReply['state'], string>;
}) {
  const { titleOf, replies, count = replies.length, says } = props;
  const { moves: say } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which is done by keyboard too
    <ul className={styles.parts} tabIndex={0} aria-label={say.whatGoes}>
      {titleOf && (
        <li>
          <span className={styles.who} dir="auto">
            {say.title(titleOf.person.name)}
          </span>
          <span className={styles.state}>{says[titleOf.state]}</span>
        </li>
      )}
      {replies.map(({ id, person, excerpt, state }) => (
        <li key={id}>
          <span className={styles.who} dir="auto">
            {person.name}
          </span>
          <span className={styles.state}>{says[state]}</span>
          <span className={styles.excerpt} dir="auto">
            {excerpt === '' ? say.kept : excerpt}
          </span>
        </li>
      ))}
      {count > replies.length && <li>{say.moreReplies(count - replies.length)}</li>}
    </ul>
  );
}
