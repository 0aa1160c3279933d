import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type Ref, useEffect } from 'react';
import type { RefusedError, Thread } from '../api.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { AudienceBar } from './AudienceBar.tsx';
import styles from './Composer.module.css';
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
  const { talk } = useWords();
  const me = useMe();
  const client = useQueryClient();
  const audience = thread.audiences[0];
  // Whoever was refused because the audience changed must see the audience as it is.
  useEffect(() => {
    if (refused) void client.invalidateQueries({ queryKey: ['thread', thread.id] }).catch(() => undefined);
  }, [client, refused, thread.id]);
  const canSend = !isEmpty(draft) && roomLeft(draft) >= 0 && audience !== undefined;
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
    change(emptyComposed);
  };
  if (!audience) return null;
  return (
    <>
      {refused && (
        <Refused
          error={refused}
          audience={audience}
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
            placeholder={talk.write(circleName(audience.circle, talk))}
            mentions={thread.mentions}
          />
          <AudienceBar audience={audience}>
            {!refused && (
              <button
                type="submit"
                className={isEmpty(draft) ? `button primary ${styles.idle}` : 'button primary'}
                disabled={!canSend}
                title={`${talk.place} (Ctrl Enter)`}
              >
                {talk.place}
              </button>
            )}
          </AudienceBar>
        </form>
      </div>
    </>
  );
}
