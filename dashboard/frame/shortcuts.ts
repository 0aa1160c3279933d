import { useEffect, useRef } from 'react';
import { preferences } from '../preferences.ts';

/** What keys do, by name; `g s` is g and then s. A handler that is absent leaves the key to the browser. */
export type Shortcuts = Partial<Record<ShortcutKey, () => void>>;
export type ShortcutKey =
  | ('j' | 'k' | 'r' | 'c' | 'e' | 'f' | 'n' | '/' | '?' | 'Escape')
  | `g ${'s' | 'd' | 'o' | 'c' | 'k' | 'b' | 'm' | 't' | 'i' | 'n' | 'p'}`;

/** How long after g the next letter still counts. */
const chordMs = 1_500;

/** Listens on the whole page; never while someone types, chooses, or a dialog is open, and never with Ctrl, Alt or Cmd. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let chordUntil = 0;
    const listen = (event: KeyboardEvent) => {
      if (preferences().shortcuts === 'off' && event.key !== 'Escape') return;
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input:not([type=radio]), select, textarea, [contenteditable], dialog')) return;
      // What had the focus in a dialog may be gone from it: the key then arrives at the page beneath.
      if (document.querySelector('dialog[open]')) return;
      const key = event.timeStamp < chordUntil ? `g ${event.key}` : event.key;
      chordUntil = event.key === 'g' ? event.timeStamp + chordMs : 0;
      const handle = latest.current[key as ShortcutKey];
      if (!handle) return;
      event.preventDefault();
      handle();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
