import { type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import type { Mention, Thread } from '../api.ts';
import type { Case } from '../api-desk.ts';
import { useCaseActs } from '../desk/acts.ts';
import { NoAnswer } from '../desk/NoAnswer.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { WindowMark } from '../marks/Marks.tsx';
import { useMe } from '../session.ts';
import { copiesOf } from '../thread/timeline.ts';
import { spokenTime } from '../time.ts';
import { useSpoken, type useWords } from '../words/Worded.tsx';
import styles from './AnswerOutside.module.css';
import boxStyles from './Composer.module.css';
import { type Draft, isEmpty } from './drafts.ts';
import { webAddress } from './plain-text.ts';
import { emptyComposed } from './written.ts';

const mostCharacters = 10_000;

/** An answer outside, by guided copy: write it here, post it there, paste the link back. Nothing is posted by us. */
export function AnswerOutside(props: {
  thread: Thread;
  draft: Draft;
  change: (draft: Draft) => void;
  onNotice: (notice: Notice) => void;
  ref: Ref<{ focus: () => void }>;
}) {
  const { thread, draft, change, onNotice, ref } = props;
  const { words, language } = useSpoken();
  const { desk, thread: threadWords } = words;
  const { answer } = desk;
  const me = useMe();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => (area.current ?? first.current)?.focus() }));
  const { act, isActing } = useCaseActs(onNotice);
  const [copied, setCopied] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isClosing, setIsClosing] = useState(false);
  const targets = targetsOf(thread);
  const [target, setTarget] = useState<string | null>(null);
  const to = targets.find((one) => one.id === target) ?? targets.at(-1);
  const present = thread.case;
  if (!present) return null;
  const inTheWay = wayOf(present, me.id);
  const sourceOf = (mention: Mention | undefined) => mention?.source?.label ?? threadWords.unknownSource;
  const link = draft.link?.trim() ?? '';
  const tooMany = draft.text.length - mostCharacters;

  const copy = async () => {
    // Opened first: a browser opens a page only at a click, and copying may take a moment.
    if (to?.url) window.open(to.url, '_blank', 'noopener,noreferrer');
    setCopied(
      (await navigator.clipboard?.writeText(draft.text).then(
        () => true,
        () => false,
      )) ?? false,
    );
  };
  const finish = async () => {
    const url = webAddress(link);
    const wrong =
      link !== '' && url === null ? answer.notALink : link === '' && draft.text.trim() === '' ? answer.needed : null;
    setProblem(wrong);
    if (wrong || tooMany > 0) return;
    const text = draft.text.trim();
    const done = await act(thread.id, {
      action: 'answer',
      version: present.version,
      ...(url ? { url } : {}),
      ...(text ? { text } : {}),
    });
    if (!done) return;
    change(emptyComposed);
    setCopied(null);
  };

  if (inTheWay)
    return (
      <div className={styles.stop}>
        <p>
          {inTheWay === 'held' ? answer.held(present.holder?.name ?? '') : closedWords(present, desk)}{' '}
          {!isEmpty(draft) && desk.lost.kept}
        </p>
        <button
          ref={first}
          type="button"
          className="button"
          disabled={isActing}
          onClick={() =>
            void act(
              thread.id,
              inTheWay === 'held'
                ? { action: 'hand-over', version: present.version, to: me.id }
                : { action: 'reopen', version: present.version },
            )
          }
        >
          {inTheWay === 'held' ? desk.takeOver(present.holder?.name ?? '') : desk.reopen}
        </button>
      </div>
    );
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        <div className={boxStyles.box}>
          <label htmlFor={`${id}-text`} className="unseen">
            {answer.label}
          </label>
          <textarea
            ref={area}
            id={`${id}-text`}
            className={styles.area}
            rows={2}
            placeholder={answer.write}
            value={draft.text}
            aria-describedby={tooMany > 0 ? `${id}-room` : undefined}
            onChange={(event) => change({ ...draft, text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              void finish();
            }}
          />
          {tooMany > 0 && (
            <p id={`${id}-room`} role="status" className={styles.over}>
              {answer.tooLong(tooMany)}
            </p>
          )}
          <div className={styles.bar}>
            <WindowMark />
            <p>
              {words.talk.audience} <strong>{answer.everyone}</strong>. {to ? answer.public(sourceOf(to)) : ''}
            </p>
          </div>
        </div>
        <div className={styles.steps}>
          {targets.length > 1 && (
            <p className={styles.to}>
              <label htmlFor={`${id}-to`}>{answer.to}</label>
              <select
                id={`${id}-to`}
                className="field"
                value={to?.id}
                onChange={(event) => setTarget(event.target.value)}
              >
                {targets.map((one) => (
                  <option key={one.id} value={one.id}>
                    {answer.on(sourceOf(one), spokenTime(new Date(one.publishedAt), language, words, new Date()))}
                  </option>
                ))}
              </select>
            </p>
          )}
          <p className={styles.how} role="status">
            {copied === true
              ? answer.copied
              : copied === false
                ? answer.notCopied
                : to
                  ? answer.thenPaste
                  : answer.noAddress}
          </p>
          <button type="button" className="button" disabled={draft.text.trim() === ''} onClick={() => void copy()}>
            {to ? answer.copyAndOpen(sourceOf(to)) : answer.copy}
          </button>
        </div>
        <div className={styles.steps}>
          <p className={styles.link}>
            <label htmlFor={`${id}-link`}>{answer.link}</label>
            <input
              id={`${id}-link`}
              className="field"
              inputMode="url"
              placeholder="https://"
              value={draft.link ?? ''}
              aria-invalid={problem ? true : undefined}
              aria-describedby={`${id}-hint`}
              onChange={(event) => change({ ...draft, link: event.target.value })}
            />
            <span
              id={`${id}-hint`}
              role={problem ? 'alert' : undefined}
              className={problem ? styles.wrong : styles.hint}
            >
              {problem ?? answer.linkHint}
            </span>
          </p>
          <div className={styles.buttons}>
            <button type="button" className="button" onClick={() => setIsClosing(true)}>
              {desk.noAnswer}
            </button>
            <button type="submit" className="button primary" disabled={isActing || tooMany > 0}>
              {answer.finish}
            </button>
          </div>
        </div>
      </form>
      {isClosing && (
        <NoAnswer
          onClose={() => setIsClosing(false)}
          onSend={async (reason, note) => {
            await act(thread.id, {
              action: 'no-answer',
              version: present.version,
              reason,
              ...(note ? { note } : {}),
            });
            setIsClosing(false);
          }}
        />
      )}
    </>
  );
}

/** Messages that can be answered where they stand, in order of time; copies of the first before what else was said. */
function targetsOf(thread: Thread): Mention[] {
  const copies = new Set(copiesOf(thread).copies);
  return thread.mentions
    .filter(({ state, url }) => state === 'live' && url !== null && webAddress(url) !== null)
    .sort(
      (a, b) => Number(copies.has(b)) - Number(copies.has(a)) || Date.parse(a.publishedAt) - Date.parse(b.publishedAt),
    );
}

/** What must be settled before somebody answers: it is another's, or closed. */
function wayOf({ state, holder }: Case, meId: string): 'held' | 'closed' | null {
  if (state === 'taken' && holder?.id !== meId) return 'held';
  return state === 'answered' || state === 'unanswered' ? 'closed' : null;
}

function closedWords({ state, closedBy }: Case, desk: ReturnType<typeof useWords>['desk']): string {
  const name = closedBy?.name ?? desk.somebody;
  return state === 'answered' ? desk.answer.closed(name) : desk.answer.closedNo(name);
}
