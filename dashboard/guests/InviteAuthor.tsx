import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Mention } from '../api.ts';
import { inviteAuthor, type NewAuthorInvitation } from '../api-guests.ts';
import { fetchNames } from '../api-talk.ts';
import { useCircles } from '../circles/queries.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { Select } from '../frame/Select.tsx';
import { TextField } from '../frame/TextField.tsx';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Guests.module.css';
import { InvitationLink } from './InvitationLink.tsx';
import { InviteFields, invitationIn } from './InviteFields.tsx';

const thisThread = 'thread';

/** Invites who wrote a mention: into a circle of which one is host, or a small circle about this conversation and no other. */
export function InviteAuthor(props: { mention: Mention; threadTitle: string | null; onClose: () => void }) {
  const { mention, threadTitle, onClose } = props;
  const { guests } = useWords();
  const client = useQueryClient();
  const { data: circles } = useCircles();
  const hosted = (circles?.mine ?? []).filter(
    ({ kind, standing, ended }) => (kind === 'closed' || kind === 'public') && standing === 'host' && !ended,
  );
  const [into, setInto] = useState(thisThread);
  const inviting = useMutation({
    mutationFn: (json: NewAuthorInvitation) => inviteAuthor(mention.id, json),
    onSuccess: () => {
      for (const queryKey of [['circles'], ['thread'], ['invitations'], ['audiences']])
        void client.invalidateQueries({ queryKey }).catch(() => undefined);
    },
  });
  if (inviting.data) return <InvitationLink made={inviting.data} onClose={onClose} />;
  const problems = problemsOf(inviting.error);
  return (
    <Dialog title={guests.inviteAuthor} onClose={onClose} hasWayBack>
      <p className={styles.why}>{guests.inviteAuthorWhy}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          inviting.mutate({
            ...invitationIn(form),
            into: into === thisThread ? threadIn(form) : { kind: 'circle', id: into },
          });
        }}
      >
        <FormProblem error={inviting.error} />
        <InviteFields problems={problems} name={mention.author?.name ?? undefined} />
        <Select
          label={guests.into}
          options={[[thisThread, guests.intoThread], ...hosted.map(({ id, name }) => [id, name] as const)]}
          value={into}
          onChange={(event) => setInto(event.target.value)}
          hint={into === thisThread ? guests.intoThreadWhy : guests.intoCircleWhy}
          problem={problems['into.id']}
        />
        {into === thisThread && <SmallCircle {...{ problems, threadTitle }} />}
        <p className={styles.buttons}>
          <button type="submit" className="button primary" disabled={inviting.isPending}>
            {inviting.isPending ? guests.making : guests.make}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {guests.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

const frameParts = ['question', 'inScope', 'outOfScope', 'result', 'houseRule'] as const;

/** The frame of a circle about one conversation, and who stands in for its host. */
function SmallCircle({ problems, threadTitle }: { problems: Record<string, string>; threadTitle: string | null }) {
  const { guests, desk } = useWords();
  const me = useMe();
  const { data } = useQuery({ queryKey: ['names', ''], queryFn: ({ signal }) => fetchNames('', undefined, signal) });
  const colleagues = (data ?? []).filter(({ id }) => id !== me.id);
  return (
    <>
      <Select
        label={guests.deputy}
        name="deputy"
        required
        options={[['', desk.choose], ...colleagues.map(({ id, name }) => [id, name] as const)]}
        defaultValue=""
        problem={problems['into.deputy']}
      />
      {frameParts.map((part) => (
        <TextField
          key={part}
          label={guests.frame[part]}
          name={part}
          rows={2}
          maxLength={2000}
          required
          defaultValue={part === 'question' ? (threadTitle ?? '') : guests.frameBegins[part]}
          problem={problems[`into.${part}`]}
        />
      ))}
    </>
  );
}

function threadIn(form: FormData): NewAuthorInvitation['into'] {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    kind: 'thread',
    deputy: text('deputy'),
    ...(text('question') ? { question: text('question') } : {}),
    inScope: text('inScope'),
    outOfScope: text('outOfScope'),
    result: text('result'),
    houseRule: text('houseRule'),
  };
}
