import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../words/Worded.tsx';
import { useSuggestions } from './queries.ts';
import styles from './SearchBox.module.css';

/** Where one types a question; below it what could stand at the caret. Enter asks, arrows walk the suggestions, Escape closes them. */
export function SearchBox({ q, onAsk }: { q: string; onAsk: (q: string) => void }) {
  const { search } = useWords();
  const [text, setText] = useState(q);
  const [at, setAt] = useState(q.length);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const data = useSuggestions(text, at, isOpen);
  const suggestions = data?.suggestions ?? [];
  // The address changed by other means: a facet, a saved search, the way back.
  useEffect(() => setText(q), [q]);
  useEffect(() => field.current?.focus(), []);

  const ask = (question: string) => {
    setText(question);
    setOpen(false);
    setChosen(-1);
    onAsk(question);
  };
  const fill = (index: number) => {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    setText(suggestion.query);
    setAt(suggestion.at);
    setChosen(-1);
    setOpen(false);
    if (suggestion.kind !== 'word') onAsk(suggestion.query);
    requestAnimationFrame(() => field.current?.setSelectionRange(suggestion.at, suggestion.at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && suggestions.length > 0) {
      event.preventDefault();
      setOpen(true);
      setChosen((chosen + step + suggestions.length + 1) % (suggestions.length + 1) || (step > 0 ? 0 : -1));
    }
    if (event.key === 'Escape' && isOpen && suggestions.length > 0) {
      event.preventDefault();
      setOpen(false);
      setChosen(-1);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (isOpen && chosen >= 0) fill(chosen);
      else ask(text);
    }
  };
  const isShown = isOpen && suggestions.length > 0;
  return (
    <search className={styles.search}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask(text);
        }}
      >
        <input
          ref={field}
          type="search"
          className={`field ${styles.box}`}
          role="combobox"
          aria-label={search.box}
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && chosen >= 0 ? `${listId}-${chosen}` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={2000}
          placeholder={search.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(event.target.selectionStart ?? event.target.value.length);
            setOpen(true);
            setChosen(-1);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <button type="submit" className="button primary">
          {search.go}
        </button>
      </form>
      <div id={listId} role="listbox" aria-label={search.suggestions} className={isShown ? styles.list : undefined}>
        {isShown &&
          suggestions.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the box's; focus stays there
            <div
              key={`${one.kind} ${one.text}`}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={styles.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => fill(index)}
            >
              <span dir="auto">{one.text}</span>
              {one.kind !== 'word' && <span className={styles.kind}>{search.kinds[one.kind]}</span>}
            </div>
          ))}
      </div>
    </search>
  );
}
