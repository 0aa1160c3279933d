import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Mention, RefusedError } from '../api.ts';
import { changeReply, type Reference, type Reply } from '../api-talk.ts';
import { useMe } from '../session.ts';
import { useDraft } from '../talk/draft.ts';
import { draftKey, isEmpty } from '../talk/drafts.ts';
import { reasonOf } from '../talk/Refused.tsx';
import { roomLeft, TextField } from '../talk/TextField.tsx';
import { type Composed, fromReply, toWritten } from '../talk/written.ts';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './ReplyBand.module.css';

/** One's own reply, to be changed where it stands. What was typed is kept as a draft until it is saved. */
export function ChangeReply(props: {
  reply: Reply;
  mentions: readonly Mention[];
  onClose: () => void;
  onSaved: (reply: Reply) => void;
}) {
  const { reply, mentions, onClose, onSaved } = props;
  const { talk } = useWords();
  const me = useMe();
  const client = useQueryClient();
  const field = useRef<{ focus: () => void }>(null);
  const key = draftKey(me.id, reply.id);
  const { draft, change } = useDraft(key, null, () => composedOf(reply, talk));
  useEffect(() => field.current?.focus(), []);
  const done = () => change({ text: '', tokens: [], quotes: [] });
  const save = useMutation({
    mutationFn: () => changeReply(reply.id, { ...toWritten(draft), version: reply.version }),
    onSuccess: (changed) => {
      done();
      onSaved(changed);
    },
    onError: (error) => {
      // With its version as it is now, what is saved next is saved over what one knows.
      if (error instanceof RefusedError && error.code === 'changed_meanwhile')
        void client.invalidateQueries({ queryKey: ['thread', reply.threadId] }).catch(() => undefined);
    },
  });
  const canSave = !isEmpty(draft) && roomLeft(draft) >= 0 && !save.isPending;
  const cancel = () => {
    done();
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) save.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        cancel();
      }}
    >
      <div className={styles.box}>
        <TextField
          ref={field}
          composed={draft}
          onChange={(composed: Composed) => change(composed)}
          onSend={() => canSave && save.mutate()}
          label={talk.label}
          mentions={mentions}
          rows={2}
        />
      </div>
      {save.error && (
        <p role="alert" className={styles.problem}>
          {save.error instanceof RefusedError && save.error.code === 'changed_meanwhile'
            ? talk.changedMeanwhile
            : `${talk.notSaved} ${save.error instanceof RefusedError ? reasonOf(save.error, talk.refused) : ''}`}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="submit" className="button primary" disabled={!canSave}>
          {talk.save}
        </button>
        <button type="button" className="button" onClick={cancel}>
          {talk.cancel}
        </button>
      </div>
    </form>
  );
}

function composedOf({ text, references }: Reply, talk: Words['talk']): Composed {
  const say = (reference: Exclude<Reference, { kind: 'person' }>, number: number) => {
    if (reference.kind === 'quote') return talk.quote(number);
    const what = reference.kind === 'thread' ? talk.thread : talk.mention;
    return reference.title === null ? `${what} ${number}` : `${what}: ${reference.title.slice(0, 60)}`;
  };
  return fromReply(text, references, say);
}
