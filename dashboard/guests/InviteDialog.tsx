import { useMutation, useQueryClient } from '@tanstack/react-query';
import { invite, type NewInvitation } from '../api-guests.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Guests.module.css';
import { InvitationLink } from './InvitationLink.tsx';
import { InviteFields, invitationIn } from './InviteFields.tsx';

/** Invites somebody from outside into a circle, and shows the link that comes of it once. */
export function InviteDialog(props: { circleId: string; circleName: string; onClose: () => void }) {
  const { circleId, circleName, onClose } = props;
  const { guests } = useWords();
  const client = useQueryClient();
  const inviting = useMutation({
    mutationFn: (json: NewInvitation) => invite(circleId, json),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations', circleId] }).catch(() => undefined),
  });
  if (inviting.data) return <InvitationLink made={inviting.data} onClose={onClose} />;
  return (
    <Dialog title={guests.inviteInto(circleName)} onClose={onClose} hasWayBack>
      <p className={styles.why}>{guests.inviteWhy}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          inviting.mutate(invitationIn(new FormData(event.currentTarget)));
        }}
      >
        <FormProblem error={inviting.error} />
        <InviteFields problems={problemsOf(inviting.error)} />
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
