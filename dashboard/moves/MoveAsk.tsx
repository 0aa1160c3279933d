import { askMove, type MovePreview, type Where } from '../api-moves.ts';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import { MoveParts } from './MoveParts.tsx';
import styles from './Moves.module.css';
import { useMoveAct, usePreview } from './queries.ts';

const mostNames = 8;

/** What a move would do, in words, and the button that asks for it. */
export function MoveAsk(props: { threadId: string; where: Where; onNotice: (notice: Notice) => void }) {
  const { threadId, where, onNotice } = props;
  const { moves: say } = useWords();
  const { data: preview, error } = usePreview(threadId, where);
  const ask = useMoveAct(threadId, (audience: string) => askMove(threadId, { ...where, audience }), onNotice);
  if (error) return <FormProblem error={error} />;
  if (!preview) return <p role="status">{say.looking}</p>;
  const { lostReaders: lost, asked } = preview;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate(preview.audience.token);
      }}
    >
      <div role="status" className={styles.form}>
        <NewReaders preview={preview} />
        {lost.colleagues + lost.guests > 0 && <p>{say.lostReaders(lost.colleagues, lost.guests)}</p>}
      </div>
      <MoveParts titleOf={preview.titleOf} replies={preview.replies} count={preview.replyCount} says={say.before} />
      {asked.length > 0 && (
        <div>
          <h3>{say.asked}</h3>
          <ul>
            {asked.map(({ person, replies, title }) => (
              <li key={person.id} dir="auto">
                {say.askedFor(person.name, replies, title)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>{say.nothingYet}</p>
      <FormProblem error={ask.error} />
      <p className={styles.buttons}>
        <button type="submit" className="button primary" disabled={ask.isPending}>
          {asked.length > 0 ? say.ask(asked.length) : say.prepare}
        </button>
      </p>
    </form>
  );
}

function NewReaders({ preview: { wider, newReaders } }: { preview: MovePreview }) {
  const { moves: say } = useWords();
  if (!wider) return <p>{say.nobodyNew}</p>;
  const { colleagues, guests, names } = newReaders;
  const named = (names ?? []).slice(0, mostNames).map(({ name }) => name);
  return (
    <p dir="auto">
      <strong>{say.newReaders(colleagues, guests)}</strong>
      {named.length > 0 && ` ${say.named(named.join(', '), colleagues + guests - named.length)}.`}
    </p>
  );
}
