import type { MadeInvitation } from '../api-guests.ts';
import { CopyField } from '../frame/CopyField.tsx';
import { Dialog } from '../frame/Dialog.tsx';
import { fullTime } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './Guests.module.css';

/** The link by which a guest comes in, this once, with what to do with it. */
export function InvitationLink({ made, onClose }: { made: MadeInvitation; onClose: () => void }) {
  const { words, language } = useSpoken();
  const { guests, people } = words;
  const { invitation, link } = made;
  return (
    <Dialog title={guests.linkTitle(invitation.name)} onClose={onClose} hasWayBack>
      <p>{guests.linkWhy(invitation.name)}</p>
      <CopyField label={people.link} value={link.url} />
      <p className={styles.why}>{guests.linkOnce(fullTime(new Date(link.expiresAt), language))}</p>
      <p className={styles.done}>
        <button type="button" className="button" onClick={onClose}>
          {people.done}
        </button>
      </p>
    </Dialog>
  );
}
