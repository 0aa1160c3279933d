import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type Mention, RefusedError } from '../api.ts';
import { type Audience, changeReply, type Reference, type Reply } from '../api-talk.ts';
import { useMe } from '../session.ts';
import { AudienceBar } from '../talk/AudienceBar.tsx';
import { useDraft } from '../talk/draft.ts';
import { draftKey, isEmpty } from '../talk/drafts.ts';
import { Refused, reasonOf } from '../talk/Refused.tsx';
import { roomLeft, TextField } from '../talk/TextField.tsx';
import { type Composed, fromReply, toWritten } from '../talk/written.ts';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './ReplyBand.module.css';

/** Why other words find no place: as of what is sent anew. */
const borderCodes = ['audience_changed', 'frame_changed', 'muted', 'thread_closed', 'circle_ended', 'not_writable'];

/** One's own reply, to be changed where it stands, for who reads along now. What was typed is kept as a draft until it is saved. */
export function ChangeReply(props: {
  reply: Reply;
  audience: Audience | null;
  mentions: readonly Mention[];
  onClose: () => void;
  onSaved: (reply: Reply) => void;
}) {
  const { reply, audience, mentions, onClose, onSaved } = props;
  const { talk } = useWords();
  const me = useMe();
  const client = useQueryClient();
  const field = useRef<{ focus: () => void }>(null);
  const key = draftKey(me.id, reply.id);
  const { draft, change } = useDraft(key, null, () => composedOf(reply, talk));
  useEffect(() => field.current?.focus(), []);
  const done = () => change({ text: '', tokens: [], quotes: [] });
  const save = useMutation({
    mutationFn: () =>
      changeReply(reply.id, { ...toWritten(draft), version: reply.version, audience: audience?.token ?? '' }),
    onSuccess: (changed) => {
      done();
      onSaved(changed);
    },
    onError: (error) => {
      // With its version and audience as they are now, what is saved next is saved over what one knows, for who one knows.
      if (error instanceof RefusedError && (error.code === 'changed_meanwhile' || isOfBorder(error)))
        void client.invalidateQueries({ queryKey: ['thread', reply.threadId] }).catch(() => undefined);
    },
  });
  const atBorder = save.error instanceof RefusedError && isOfBorder(save.error) ? save.error : null;
  const canSave = !isEmpty(draft) && roomLeft(draft) >= 0 && !save.isPending;
  const trySave = () => canSave && !atBorder && save.mutate();
  const cancel = () => {
    done();
    onClose();
  };
  return (
    <form
      className={styles.inPlace}
      onSubmit={(event) => {
        event.preventDefault();
        trySave();
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
          onSend={trySave}
          label={talk.label}
          mentions={mentions}
          rows={2}
        />
      </div>
      {audience && <AudienceBar audience={audience}>{null}</AudienceBar>}
      {atBorder && (
        <Refused
          error={atBorder}
          audience={audience}
          onLook={save.reset}
          onSend={canSave ? () => save.mutate() : null}
        />
      )}
      {save.error && !atBorder && (
        <p role="alert" className={styles.problem}>
          {save.error instanceof RefusedError && save.error.code === 'changed_meanwhile'
            ? talk.changedMeanwhile
            : `${talk.notSaved} ${save.error instanceof RefusedError ? reasonOf(save.error, talk.refused) : ''}`}
        </p>
      )}
      <div className={styles.buttons}>
        {!atBorder && (
          <button type="submit" className="button primary" disabled={!canSave}>
            {talk.save}
          </button>
        )}
        <button type="button" className="button" onClick={cancel}>
          {talk.cancel}
        </button>
      </div>
    </form>
  );
}

const isOfBorder = ({ code }: RefusedError) => code !== null && borderCodes.includes(code);

function composedOf({ text, references }: Reply, talk: Words['talk']): Composed {
  const say = (reference: Exclude<Reference, { kind: 'person' }>, number: number) => {
    if (reference.kind === 'quote') return talk.quote(number);
    const what = reference.kind === 'thread' ? talk.thread : talk.mention;
    return reference.title === null ? `${what} ${number}` : `${what}: ${reference.title.slice(0, 60)}`;
  };
  return fromReply(text, references, say);
}
