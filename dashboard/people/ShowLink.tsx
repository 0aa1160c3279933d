import type { Person, PersonLink } from '../api-people.ts';
import { CopyField } from '../frame/CopyField.tsx';
import { Dialog } from '../frame/Dialog.tsx';
import { fullTime } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './ShowLink.module.css';

/** The link by which somebody comes in, this once, with what to do with it. */
export function ShowLink({ person, link, onClose }: { person: Person; link: PersonLink; onClose: () => void }) {
  const { words, language } = useSpoken();
  const { people } = words;
  return (
    <Dialog title={people.linkTitle(person.name)} onClose={onClose} hasWayBack>
      <p>{people.linkWhy(person.name)}</p>
      <CopyField label={people.link} value={link.url} />
      <p className={styles.once}>{people.linkOnce(fullTime(new Date(link.expiresAt), language))}</p>
      <p className={styles.done}>
        <button type="button" className="button" onClick={onClose}>
          {people.done}
        </button>
      </p>
    </Dialog>
  );
}
