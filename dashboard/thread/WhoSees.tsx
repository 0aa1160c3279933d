import { Link } from 'wouter';
import type { Thread } from '../api.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { circleAddress, circleAsAddress } from '../place.ts';
import { circleName, circlePeople, readAlong } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './WhoSees.module.css';

/** Who reads along in each circle in which a conversation stands, as far as the reader may know those circles. */
export function WhoSees({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const words = useWords();
  const { border, circle: say, circles, talk } = words;
  return (
    <Dialog title={border.whoSees} onClose={onClose}>
      <p>{border.whoSeesWhy}</p>
      <ul className={styles.places}>
        {thread.places.map(({ circle, pinned, closedAt, host }) => {
          const heard = thread.audiences.find((one) => one.circle.id === circle.id);
          const stands = [pinned ? border.isPinned : '', closedAt === null ? '' : border.isClosed].filter(Boolean);
          return (
            <li key={circle.id}>
              <p>
                <Link href={circleAddress(circle.id)} dir="auto">
                  {circleName(circle, talk)}
                </Link>
                {stands.length > 0 && ` · ${stands.join(', ')}`}
              </p>
              <p className={styles.who}>
                {heard ? (readAlong(heard, words) ?? circlePeople(heard, words)) : circles.kindWho[circle.kind]}
              </p>
              {host && circle.kind !== 'internal' && (
                <p>
                  <Link href={circleAsAddress(circle.id, 'guest')}>{say.lookAs}</Link>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
