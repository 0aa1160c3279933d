import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchNames, type Name } from '../api-talk.ts';
import { useRight } from '../session.ts';
import { type Composed, nameBeingWritten } from './written.ts';

const mostShown = 6;

/** Which colleagues are offered while somebody writes a name after an @, which of them is pointed at, and what keys do then. */
export function useNames(composed: Composed, caret: number, onChoose: (composed: Composed, caret: number) => void) {
  const isColleague = useRight('colleague');
  const before = composed.text.slice(0, Math.max(0, caret));
  const being = caret < 0 ? null : nameBeingWritten(before);
  const [pointed, setPointed] = useState(0);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const isNamed = being !== null && composed.tokens.some(({ label }) => label === `@${being.begun.trim()}`);
  // Guests are suggested nobody: who else is in the circle is not theirs to know.
  const isWanted = isColleague && being !== null && !isNamed && closedAt !== before.slice(0, being.from + 1);
  const { data } = useQuery({
    queryKey: ['names', being?.begun ?? ''],
    queryFn: ({ signal }) => fetchNames(being?.begun ?? '', undefined, signal),
    enabled: isWanted,
    placeholderData: (previous) => previous,
  });
  const names = isWanted ? (data ?? []).slice(0, mostShown) : [];
  const at = Math.min(pointed, names.length - 1);
  const choose = ({ id, name }: Name) => {
    if (!being) return;
    const label = `@${name}`;
    const start = composed.text.slice(0, being.from);
    const rest = composed.text.slice(caret);
    const tokens = composed.tokens.filter((token) => token.label !== label);
    setPointed(0);
    onChoose(
      {
        ...composed,
        text: `${start}${label}${/^\s/.test(rest) ? '' : ' '}${rest}`,
        tokens: [...tokens, { label, reference: { kind: 'person', id } }],
      },
      start.length + label.length + 1,
    );
  };
  /** Answers whether the key was for the names. */
  const onKey = (key: string): boolean => {
    const chosen = names[at];
    if (!chosen) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp')
      setPointed((at + (key === 'ArrowDown' ? 1 : names.length - 1)) % names.length);
    else if (key === 'Enter' || key === 'Tab') choose(chosen);
    else if (key === 'Escape') setClosedAt(before.slice(0, being!.from + 1));
    else return false;
    return true;
  };
  return { names, pointed: at, choose, onKey };
}
