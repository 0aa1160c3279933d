import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import type { Thread } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { useMe, useRight } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { AnswerOutside } from './AnswerOutside.tsx';
import styles from './Composer.module.css';
import { useDraft } from './draft.ts';
import { type Draft, draftKey, forgetOldDrafts, keepDraft, readDraft } from './drafts.ts';
import { InsideField } from './InsideField.tsx';
import { resume, useOutbox } from './outbox.ts';
import { emptyComposed, type QuoteRef } from './written.ts';

export type ComposerHandle = {
  /** Puts the caret where one replies inside. */
  reply: () => void;
  /** Puts a quote before what is being written. */
  quote: (quote: QuoteRef) => void;
  /** Shows where an answer outside is given. */
  answer: () => void;
};
type Side = 'inside' | 'outside';

/** Where one writes under a thread. The tab, the bar under the text and the button say who will hear it. */
export function Composer(props: { thread: Thread; onNotice: (notice: Notice) => void; ref: Ref<ComposerHandle> }) {
  const { thread, onNotice, ref } = props;
  const { talk } = useWords();
  const me = useMe();
  const mayAnswer = useRight('desk') && thread.case !== null;
  const [chosen, setChosen] = useState<Side>('inside');
  const side = mayAnswer ? chosen : 'inside';
  const field = useRef<{ focus: () => void }>(null);
  const focusNext = useRef(false);
  const tabs = useRef<HTMLDivElement>(null);
  const id = useId();
  const outbox = useOutbox(me.id, thread.id);
  const place = side === 'inside' ? thread.id : `${thread.id} outside`;
  const { draft, isKept, change } = useDraft(draftKey(me.id, place), outbox.refused);
  useEffect(() => {
    forgetOldDrafts(Date.now());
    resume(me.id, thread.id);
  }, [me.id, thread.id]);
  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    field.current?.focus();
  });
  const show = (next: Side) => {
    focusNext.current = true;
    setChosen(next);
  };
  useImperativeHandle(ref, () => ({
    reply: () => (side === 'inside' ? field.current?.focus() : show('inside')),
    answer: () => (side === 'outside' ? field.current?.focus() : show('outside')),
    quote: (quote) => {
      const add = (before: Draft): Draft => {
        const isThere = before.quotes.some(
          (one) => one.id === quote.id && one.from === quote.from && one.to === quote.to,
        );
        return isThere ? before : { ...before, quotes: [...before.quotes, quote] };
      };
      // Quotes stand in what is said inside; while the other tab is open that draft lies in its place.
      const inside = draftKey(me.id, thread.id);
      if (side === 'inside') change(add);
      else keepDraft(inside, add(readDraft(inside) ?? emptyComposed));
      show('inside');
    },
  }));
  const walk = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other: Side = side === 'inside' ? 'outside' : 'inside';
    setChosen(other);
    tabs.current?.querySelector<HTMLElement>(`[data-side="${other}"]`)?.focus();
  };
  const tab = (name: Side) => ({
    type: 'button' as const,
    role: 'tab',
    id: `${id}-${name}`,
    'data-side': name,
    'aria-selected': side === name,
    'aria-controls': `${id}-panel`,
    tabIndex: side === name ? 0 : -1,
    className: name === 'inside' ? styles.insideTab : styles.outsideTab,
    onClick: () => show(name),
    onKeyDown: walk,
  });
  const top = mayAnswer && (
    <div className={styles.top}>
      <div ref={tabs} role="tablist" aria-label={talk.tabs} className={styles.tabs}>
        <button {...tab('inside')}>
          <LampMark /> {talk.discuss}
        </button>
        <button {...tab('outside')}>
          <WindowMark /> {talk.answer}
        </button>
      </div>
      <p className={styles.kept}>{isKept === null ? '' : isKept ? talk.kept : talk.notKept}</p>
    </div>
  );
  const panel = mayAnswer ? { role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-${side}` } : {};
  return (
    <section className={side === 'inside' ? styles.composer : `${styles.composer} ${styles.outward}`}>
      {side === 'inside' ? (
        <InsideField ref={field} {...{ thread, draft, change, top, panel }} refused={outbox.refused} />
      ) : (
        <>
          {top}
          <div {...panel}>
            <AnswerOutside ref={field} {...{ thread, draft, change, onNotice }} />
          </div>
        </>
      )}
    </section>
  );
}
