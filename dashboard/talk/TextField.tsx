import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { mostReplyCharacters } from '#domain/reply-text.ts';
import type { Mention } from '../api.ts';
import { useWords } from '../words/Worded.tsx';
import { useNames } from './names.ts';
import { QuoteChips } from './QuoteChips.tsx';
import styles from './TextField.module.css';
import { type Composed, markAgainstName } from './written.ts';

/** How near the end of the room is said. */
const sayFrom = 1_500;

/** Text with names after an @ and quotes above it. Ctrl+Enter sends. Says when the room runs out. */
export function TextField(props: {
  composed: Composed;
  onChange: (composed: Composed) => void;
  onSend: () => void;
  label: string;
  placeholder?: string;
  mentions: readonly Mention[];
  /** Rows it has at least; it grows with what is written. */
  rows?: number;
  isLabelSeen?: boolean;
  ref?: Ref<{ focus: () => void }>;
}) {
  const { composed, onChange, onSend, label, placeholder, mentions, rows = 1, isLabelSeen = false, ref } = props;
  const { talk } = useWords();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(composed.text.length);
  const moveTo = useRef<number | null>(null);
  const { names, pointed, choose, onKey } = useNames(composed, caret, (next, at) => {
    moveTo.current = at;
    onChange(next);
  });
  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    area.current?.setSelectionRange(moveTo.current, moveTo.current);
    setCaret(moveTo.current);
    moveTo.current = null;
  });
  useImperativeHandle(ref, () => ({
    focus: () => {
      area.current?.focus();
      area.current?.setSelectionRange(area.current.value.length, area.current.value.length);
    },
  }));
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && onKey(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const left = roomLeft(composed);
  return (
    <div className={styles.field}>
      <QuoteChips
        quotes={composed.quotes}
        mentions={mentions}
        onChange={(quotes) => onChange({ ...composed, quotes })}
      />
      {names.length > 0 && (
        <div id={`${id}-names`} role="listbox" aria-label={talk.names} className={styles.names}>
          {names.map((name, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text, which points at it
            // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard it is chosen from the text
            <div
              key={name.id}
              id={`${id}-${name.id}`}
              role="option"
              aria-selected={index === pointed}
              className={styles.name}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(name)}
            >
              {name.name}
            </div>
          ))}
        </div>
      )}
      <label htmlFor={id} className={isLabelSeen ? styles.label : 'unseen'}>
        {label}
      </label>
      <textarea
        ref={area}
        id={id}
        className={styles.area}
        rows={rows}
        // A field that fits its content forgets its rows.
        style={{ minHeight: 24 * rows + 20 }}
        value={composed.text}
        placeholder={placeholder}
        aria-describedby={`${id}-room`}
        aria-autocomplete="list"
        aria-controls={names.length > 0 ? `${id}-names` : undefined}
        aria-activedescendant={names[pointed] ? `${id}-${names[pointed].id}` : undefined}
        onChange={(event) => {
          const typed = markAgainstName(composed, event.target.value, event.target.selectionStart);
          if (typed.text === event.target.value) setCaret(typed.caret);
          else moveTo.current = typed.caret;
          onChange({ ...composed, text: typed.text });
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setCaret(-1)}
        onKeyDown={press}
      />
      <p role="status" className="unseen">
        {names.length > 0 && talk.namesFound(names.length)}
      </p>
      <p id={`${id}-room`} role="status" className={left < 0 ? `${styles.room} ${styles.over}` : styles.room}>
        {left < 0 ? talk.tooLong(-left) : left <= sayFrom ? talk.left(left) : ''}
      </p>
    </div>
  );
}

/** How many characters still fit; negative: how many too many. */
export function roomLeft({ text, quotes }: Composed): number {
  return mostReplyCharacters - text.length - 2 * quotes.length;
}
