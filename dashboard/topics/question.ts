import { useEffect, useRef, useState } from 'react';
import { type Reading, type Rows, readQuery } from '../api-query.ts';
import { useSpoken } from '../words/Worded.tsx';

export const noRows: Rows = { any: [], also: [], not: [], only: [] };
const readAfterMs = 150;

/**
 * A question as text and as rows: a change of one changes the other. `rows` null: it says more than rows can, or is not right
 * yet; they may be changed while `areRowsNow`: those of the text as it stands. `reading` is of that text; null while it is being read.
 */
export function useQuestion(text: string, onText: (text: string) => void) {
  const { language } = useSpoken();
  const [known, setKnown] = useState<{ text: string; language: string; reading: Reading } | null>(null);
  // Rows whose text has not come yet are what is shown.
  const [moving, setMoving] = useState<Rows | null>(null);
  const [isFailed, setIsFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef<Rows | null>(null);
  const isBlank = text.trim() === '';
  const isKnown = known?.text === text && known.language === language;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks once more
  useEffect(() => {
    if (isBlank || isKnown || moving) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      readQuery({ text }, leaving.signal).then(
        (reading) => {
          setIsFailed(false);
          setKnown({ text, language, reading });
        },
        () => leaving.signal.aborted || setIsFailed(true),
      );
    }, readAfterMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [text, language, isBlank, isKnown, moving, attempt]);

  const putText = (next: string) => {
    latest.current = null;
    setMoving(null);
    onText(next);
  };
  const putRows = (rows: Rows) => {
    latest.current = rows;
    setMoving(rows);
    if (Object.values(rows).every((row) => row.length === 0)) return putText('');
    readQuery({ builder: rows }).then(
      (reading) => {
        if (latest.current !== rows) return;
        setIsFailed(false);
        setMoving(null);
        setKnown({ text: reading.text, language, reading });
        onText(reading.text);
      },
      () => latest.current === rows && setIsFailed(true),
    );
  };
  const retry = () => {
    if (latest.current) putRows(latest.current);
    else setAttempt(attempt + 1);
  };
  const reading = isKnown && !moving ? known.reading : null;
  // Until the new text was read, the last rows stay where they are.
  const rows = moving ?? (isBlank ? noRows : known ? known.reading.builder : noRows);
  // Rows of another text would put it back over the present one.
  const areRowsNow = isBlank || isKnown || moving !== null;
  return { rows, areRowsNow, reading, isBlank, isFailed, putText, putRows, retry };
}

export type Question = ReturnType<typeof useQuestion>;

/** Whether a question can be asked. */
export const isAskable = ({ reading, isBlank }: Question) =>
  !isBlank && reading !== null && !reading.problems.some(({ severity }) => severity === 'error');
