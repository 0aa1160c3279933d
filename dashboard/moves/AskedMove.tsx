import { useId } from 'react';
import { answerMove, type Move } from '../api-moves.ts';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Moves.module.css';
import { useMoveAct } from './queries.ts';
import { answerOf, whereTo, whoReads } from './where-to.ts';

/** Asks an author whether their words may go to another circle: who reads there, which words, and the two answers. */
export function AskedMove({ move, onNotice }: { move: Move; onNotice: (notice: Notice) => void }) {
  const words = useWords();
  const { moves: say } = words;
  const id = useId();
  const answer = useMoveAct(
    move.threadId,
    (agrees: boolean) => answerMove(move.id, { agrees, audience: move.to.audience }),
    onNotice,
  );
  const mine = move.replies.filter(({ yours, state }) => yours && state !== 'stays');
  const isMyTitle = move.titleOf?.yours === true;
  const said = answerOf(move);
  return (
    <section className={styles.bar} aria-labelledby={id}>
      <h2 id={id} className={styles.asks} dir="auto">
        {say.asksYou(move.person.name, circleName(move.from, words.talk), whereTo(move.to, words))}
      </h2>
      <p>
        <strong>{whoReads(move.to, words)}</strong> {move.to.circle === null && `${say.notYou} `}
        {say.yours(mine.length + (isMyTitle ? 1 : 0))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which is done by keyboard too */}
      <ul className={styles.words} tabIndex={0} aria-labelledby={id}>
        {isMyTitle && (
          <li>
            <span className={styles.who}>{say.yourTitle}:</span> <span dir="auto">{move.title}</span>
          </li>
        )}
        {mine.map((reply) => (
          <li key={reply.id} dir="auto">
            {reply.excerpt}
          </li>
        ))}
      </ul>
      <FormProblem error={answer.error} />
      <p className={styles.buttons}>
        <button
          type="button"
          className="button"
          aria-pressed={said === 'yes'}
          aria-disabled={answer.isPending}
          onClick={() => !answer.isPending && answer.mutate(true)}
        >
          {say.yes}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={said === 'no'}
          aria-disabled={answer.isPending}
          onClick={() => !answer.isPending && answer.mutate(false)}
        >
          {say.no}
        </button>
        <span role="status" className={styles.said}>
          {say.said[said]}
        </span>
      </p>
    </section>
  );
}
