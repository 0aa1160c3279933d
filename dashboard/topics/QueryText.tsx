import { useId } from 'react';
import type { QueryProblem, Reading } from '../api-query.ts';
import { useWords } from '../words/Worded.tsx';
import { coloured } from './coloured.ts';
import styles from './QueryText.module.css';

/** The question as text: what was understood coloured, what is wrong underlined there and said below. */
export function QueryText(props: {
  text: string;
  /** Of this text; null while it is being read. */
  reading: Reading | null;
  onChange: (text: string) => void;
}) {
  const { text, reading, onChange } = props;
  const { question } = useWords();
  const id = useId();
  const problems = reading?.problems ?? [];
  const isWrong = problems.some(({ severity }) => severity === 'error');
  return (
    <div className={styles.whole}>
      <label htmlFor={id} className={styles.label}>
        {question.text}
      </label>
      <div className={styles.box}>
        {/* The same letters in the same places: the field above shows only its caret and selection. */}
        <div className={styles.seen} aria-hidden="true">
          {coloured(text, reading?.tokens ?? [], problems).map(({ from, said, kind, isWrong }) => (
            <span key={from} className={[kind ? styles[kind] : '', isWrong ? styles.wrong : ''].join(' ')}>
              {said}
            </span>
          ))}
          {'\u200b'}
        </div>
        <textarea
          id={id}
          className={styles.text}
          rows={2}
          maxLength={4_000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          aria-invalid={isWrong ? true : undefined}
          aria-describedby={`${id}-problems`}
          onChange={(event) => onChange(event.target.value.replaceAll(/\s*\n\s*/g, ' '))}
          onKeyDown={(event) => {
            // A question is one line, however long: Enter in it would be nothing but a space.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      </div>
      <div id={`${id}-problems`} role="status">
        {problems.map((problem) => (
          <Said key={`${problem.from} ${problem.code}`} problem={problem} text={text} />
        ))}
      </div>
    </div>
  );
}

function Said({ problem, text }: { problem: QueryProblem; text: string }) {
  const { question } = useWords();
  const { from, to, message, severity, expected } = problem;
  const piece = text.slice(from, to).trim();
  const isWhole = piece === text.trim();
  return (
    <p className={severity === 'error' ? styles.problem : styles.note}>
      {piece === '' && <strong>{question.atEnd} </strong>}
      {piece !== '' && !isWhole && <strong dir="auto">{question.at(shortened(piece))} </strong>}
      {message}
      {expected.length > 0 && ` ${question.expected(expected.slice(0, 6).join(', '))}`}
    </p>
  );
}

const shortened = (piece: string) => (piece.length > 40 ? `${piece.slice(0, 39)}…` : piece);
