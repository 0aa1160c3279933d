import { type RefObject, useEffect, useState } from 'react';
import { mostQuoteCharacters } from '#domain/reply-text.ts';
import type { Mention } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import type { QuoteRef } from '../talk/written.ts';
import { useWords } from '../words/Worded.tsx';
import { rangeInText, selectionWithin } from './quote-range.ts';

/** Quotes what is selected in a message; with nothing selected the whole of it. */
export function QuoteButton(props: {
  mention: Mention;
  /** What holds the words of the message on the page. */
  said: RefObject<HTMLDivElement | null>;
  onQuote: (quote: QuoteRef) => void;
  onNotice: (notice: Notice) => void;
}) {
  const { mention, said, onQuote, onNotice } = props;
  const { talk } = useWords();
  const isSelected = useSelectionIn(said);
  const [isInexact, setIsInexact] = useState(false);
  const text = mention.text ?? '';
  const put = (from: number, to: number) => {
    if (to - from > mostQuoteCharacters) onNotice({ says: talk.citeTooLong });
    else onQuote({ id: mention.id, from, to });
  };
  const quote = () => {
    const chosen = said.current && selectionWithin(said.current);
    if (!chosen) return put(0, text.length);
    const range = rangeInText(text, chosen.shown, chosen.from, chosen.to);
    if (range) return put(range.from, range.to);
    setIsInexact(true);
  };
  if (isInexact)
    return (
      <span role="alert">
        {talk.citeNotExact}{' '}
        <button
          type="button"
          className="link"
          onClick={() => {
            setIsInexact(false);
            put(0, text.length);
          }}
        >
          {talk.citeAll}
        </button>
      </span>
    );
  return (
    <button
      type="button"
      className="link"
      // A press must not take away what is selected.
      onMouseDown={(event) => event.preventDefault()}
      onClick={quote}
    >
      {isSelected ? talk.citeSelected : talk.cite}
    </button>
  );
}

/** Whether something is selected within an element. */
function useSelectionIn(element: RefObject<HTMLElement | null>): boolean {
  const [isSelected, setIsSelected] = useState(false);
  useEffect(() => {
    const look = () => setIsSelected(element.current !== null && selectionWithin(element.current) !== null);
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [element]);
  return isSelected;
}
