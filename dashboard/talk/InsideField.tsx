import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type Ref, useEffect } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import type { RefusedError, Thread } from '../api.ts';
import { listBefore, placeOf } from '../place.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { AudienceBar } from './AudienceBar.tsx';
import { CircleChoice } from './CircleChoice.tsx';
import styles from './Composer.module.css';
import { choicesOf, firstChoice } from './choices.ts';
import { circleName } from './circle-name.ts';
import { type Draft, isEmpty } from './drafts.ts';
import { forgetRefusal, leave } from './outbox.ts';
import { Refused } from './Refused.tsx';
import { roomLeft, TextField } from './TextField.tsx';
import { emptyComposed, toWritten } from './written.ts';

/** What is said inside: text, who reads along, and a button that says the place again. */
export function InsideField(props: {
  thread: Thread;
  draft: Draft;
  change: (draft: Draft) => void;
  /** Why the last came back. Until that was seen, only its own button sends. */
  refused: RefusedError | null;
  /** The tabs, which stand under a refusal. */
  top: ReactNode;
  /** What makes the form the panel of its tab. */
  panel: { role?: string; id?: string };
  ref: Ref<{ focus: () => void }>;
}) {
  const { thread, draft, change, refused, top, panel, ref } = props;
  const { talk, border } = useWords();
  const me = useMe();
  const client = useQueryClient();
  const choices = choicesOf(thread);
  const before = listBefore(useHistoryState());
  const place = before && placeOf(before.href, '');
  const found = (id: string | undefined) => thread.audiences.find(({ circle }) => circle.id === id);
  // What is written for a circle goes to no other unless that is chosen.
  const audience =
    (draft.circle === undefined
      ? (place?.page === 'circle' && found(place.circleId)) || firstChoice(choices)
      : found(draft.circle)) ?? null;
  const circleId = audience?.circle.id;
  const isBegun = !isEmpty(draft);
  // Where others talk meanwhile does not change for whom these words are.
  useEffect(() => {
    if (isBegun && draft.circle === undefined && circleId !== undefined) change({ ...draft, circle: circleId });
  }, [isBegun, draft, circleId, change]);
  // Whoever was refused because the audience changed must see the audience as it is.
  useEffect(() => {
    if (refused) void client.invalidateQueries({ queryKey: ['thread', thread.id] }).catch(() => undefined);
  }, [client, refused, thread.id]);
  const canSend = isBegun && roomLeft(draft) >= 0 && audience !== null;
  const send = () => {
    if (!canSend) return;
    leave({
      key: crypto.randomUUID(),
      personId: me.id,
      threadId: thread.id,
      body: { ...toWritten(draft), circle: audience.circle.id, audience: audience.token },
      composed: draft,
      at: new Date().toISOString(),
    });
    change({ ...emptyComposed, circle: audience.circle.id });
  };
  if (thread.audiences.length === 0) return null;
  const isForAll = audience?.circle.kind === 'internal' && audience.circle.name === 'everyone';
  const says = isForAll ? talk.place : audience ? border.placeIn(circleName(audience.circle, talk)) : border.place;
  return (
    <>
      {refused && (
        <Refused
          error={refused}
          audience={audience}
          hasOther={choices.here.length + choices.elsewhere.length > 1}
          onLook={() => forgetRefusal(me.id, thread.id)}
          onSend={canSend ? send : null}
        />
      )}
      {top}
      <div {...panel}>
        <form
          className={styles.box}
          onSubmit={(event) => {
            event.preventDefault();
            if (!refused) send();
          }}
        >
          <TextField
            ref={ref}
            composed={draft}
            onChange={(composed) => change({ ...draft, ...composed })}
            onSend={() => refused || send()}
            label={talk.label}
            placeholder={audience ? talk.write(circleName(audience.circle, talk)) : border.choose}
            mentions={thread.mentions}
          />
          <AudienceBar audience={audience}>
            <CircleChoice
              choices={choices}
              chosen={audience}
              onChoose={(circle) => {
                forgetRefusal(me.id, thread.id);
                change({ ...draft, circle });
              }}
            />
            {!refused && (
              <button
                type="submit"
                className={isEmpty(draft) ? `button primary ${styles.idle}` : 'button primary'}
                disabled={!canSend}
                title={`${says} (Ctrl Enter)`}
              >
                {says}
              </button>
            )}
          </AudienceBar>
        </form>
      </div>
    </>
  );
}
