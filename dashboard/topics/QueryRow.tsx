import { type ReactNode, useId, useRef, useState } from 'react';
import { useSpoken } from '../words/Worded.tsx';
import styles from './QuestionBuilder.module.css';
import { typedWord, wordName } from './word.ts';

/** One line of words: each can be taken away, and one more put down. `children` takes the place of typing a word. */
export function QueryRow(props: {
  label: string;
  words: readonly string[];
  isStruck?: boolean;
  onChange: (words: string[]) => void;
  children?: ReactNode;
}) {
  const { label, words: row, isStruck = false, onChange, children } = props;
  const { words, language } = useSpoken();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const remove = (at: number) => {
    onChange(row.filter((_, n) => n !== at));
    // The button goes with its word; focus stays in the row.
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>('button, select');
      left?.[Math.min(at, left.length - 1)]?.focus();
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lay its legend beside its words
    <div className={styles.row} role="group" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <div ref={list} className={styles.words}>
        {row.map((word, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand twice
          <span key={`${at} ${word}`} className={styles.word}>
            <span className={isStruck ? styles.struck : undefined} dir="auto">
              {wordName(word, language)}
            </span>
            <button
              type="button"
              className={styles.remove}
              aria-label={words.question.without(wordName(word, language))}
              onClick={() => remove(at)}
            >
              <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" fill="none" stroke="currentColor" strokeWidth="1.6" />
              </svg>
            </button>
          </span>
        ))}
        {children ?? <NewWord row={label} onAdd={(word) => onChange([...row, word])} />}
      </div>
    </div>
  );
}

/** A word is typed where it will stand; Enter puts it down and asks for the next, leaving puts it down and stops. */
function NewWord({ row, onAdd }: { row: string; onAdd: (word: string) => void }) {
  const { question } = useSpoken().words;
  const [typed, setTyped] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const put = () => {
    const word = typedWord(typed ?? '');
    if (word !== '') onAdd(word);
    return word !== '';
  };
  const close = () => {
    setTyped(null);
    requestAnimationFrame(() => button.current?.focus());
  };
  if (typed === null)
    return (
      <button
        ref={button}
        type="button"
        className="link"
        aria-label={question.addWordTo(row)}
        onClick={() => setTyped('')}
      >
        {question.addWord}
      </button>
    );
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it stands where the button was that asked for it
      autoFocus
      className={`field ${styles.typed}`}
      aria-label={question.newWord(row)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={200}
      size={Math.max(12, typed.length + 2)}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        put();
        setTyped(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          // Of the form around it this is no end.
          event.preventDefault();
          if (put()) setTyped('');
          else close();
        }
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        }
      }}
    />
  );
}
