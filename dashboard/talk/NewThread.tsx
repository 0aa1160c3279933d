import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { RefusedError } from '../api.ts';
import { fetchAudiences, startThread } from '../api-talk.ts';
import { useTitle } from '../frame/title.ts';
import { streamAddress } from '../place.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { AudienceBar } from './AudienceBar.tsx';
import { CircleChoice } from './CircleChoice.tsx';
import boxStyles from './Composer.module.css';
import { firstChoice } from './choices.ts';
import { circleName } from './circle-name.ts';
import { useDraft } from './draft.ts';
import { draftKey } from './drafts.ts';
import styles from './NewThread.module.css';
import { Refused } from './Refused.tsx';
import { roomLeft, TextField } from './TextField.tsx';
import { emptyComposed, toWritten } from './written.ts';

const mostTitleCharacters = 200;

/** Begins a conversation inside: what it is about, the first words, and who will read them. */
export function NewThread() {
  const { talk, border, stream } = useWords();
  const me = useMe();
  const [, navigate] = useLocation();
  const { draft, isKept, change } = useDraft(draftKey(me.id, 'new'));
  const {
    data,
    error: unread,
    refetch,
  } = useQuery({
    queryKey: ['audiences'],
    queryFn: ({ signal }) => fetchAudiences(signal),
    // Who reads along is asked when it is shown.
    staleTime: 0,
  });
  const audiences = data ?? [];
  const asked = new URLSearchParams(useSearch()).get('circle');
  const found = (id: string | null | undefined) => audiences.find(({ circle }) => circle.id === id);
  const choices = { here: audiences, elsewhere: [] };
  const audience = (draft.circle === undefined ? (found(asked) ?? firstChoice(choices)) : found(draft.circle)) ?? null;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useTitle(talk.newTitle);
  // The same words are the same request, however often they are sent.
  const attempt = useRef<{ key: string; said: string } | null>(null);
  const title = draft.title ?? '';
  const begin = useMutation({
    mutationFn: async () => {
      if (!audience) throw new Error('Nobody to begin it for');
      const json = { ...toWritten(draft), title: title.trim(), circle: audience.circle.id, audience: audience.token };
      const said = JSON.stringify(json);
      if (attempt.current?.said !== said) attempt.current = { key: crypto.randomUUID(), said };
      return await startThread(attempt.current.key, json);
    },
    onSuccess: (threadId) => {
      change(emptyComposed);
      navigate(streamAddress({}, threadId), { replace: true });
    },
    onError: () => void refetch().catch(() => undefined),
  });
  const isWhole = title.trim() !== '' && draft.text.trim() !== '' && roomLeft(draft) >= 0 && audience !== null;
  const send = () => {
    if (isWhole && !begin.isPending) begin.mutate();
  };
  const isForAll = audience?.circle.kind === 'internal' && audience.circle.name === 'everyone';
  const says = audience && !isForAll ? border.beginIn(circleName(audience.circle, talk)) : talk.begin;
  const refused =
    begin.error instanceof RefusedError ? begin.error : begin.error && new RefusedError({ title: stream.markFailed });
  return (
    <div className={styles.page}>
      <div className={styles.inside}>
        <h1 ref={heading} tabIndex={-1}>
          {talk.newTitle}
        </h1>
        <p className={styles.why}>{talk.newWhy}</p>
        {unread && data === undefined && (
          <p role="alert" className={styles.problem}>
            {stream.markFailed}{' '}
            <button type="button" className="link" onClick={() => void refetch().catch(() => undefined)}>
              {stream.retry}
            </button>
          </p>
        )}
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <p className={styles.title}>
            <label htmlFor="new-title">{talk.titleLabel}</label>
            <input
              id="new-title"
              className="field"
              maxLength={mostTitleCharacters}
              autoComplete="off"
              value={title}
              onChange={(event) => change({ ...draft, title: event.target.value })}
            />
          </p>
          {refused && data && (
            <Refused
              error={refused}
              audience={audience}
              hasOther={audiences.length > 1}
              onLook={() => begin.reset()}
              onSend={isWhole ? send : null}
            />
          )}
          <div className={`${boxStyles.box} ${styles.box}`}>
            <TextField
              composed={draft}
              onChange={(composed) => change({ ...draft, ...composed })}
              onSend={send}
              label={talk.textLabel}
              mentions={[]}
              rows={6}
              isLabelSeen
            />
            {audiences.length > 0 && (
              <AudienceBar audience={audience}>
                <CircleChoice
                  choices={choices}
                  chosen={audience}
                  onChoose={(circle) => {
                    begin.reset();
                    change({ ...draft, circle });
                  }}
                />
                <button type="submit" className="button primary" disabled={!isWhole || begin.isPending}>
                  {begin.isPending ? talk.beginning : says}
                </button>
              </AudienceBar>
            )}
          </div>
          <p className={styles.kept}>{isKept === null ? '' : isKept ? talk.kept : talk.notKept}</p>
        </form>
      </div>
    </div>
  );
}
