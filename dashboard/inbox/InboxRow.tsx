import { Link } from 'wouter';
import type { InboxItem } from '../api-inbox.ts';
import { Moment } from '../Moment.tsx';
import { circleAddress, streamAddress } from '../place.ts';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './InboxRow.module.css';
import { sentenceOf } from './sentence.ts';

/** One line of the inbox: what happened, about which conversation, and a way to be done with it. */
export function InboxRow(props: { item: InboxItem; onOpen: () => void; onMark: () => void }) {
  const { item, onOpen, onMark } = props;
  const { words, language } = useSpoken();
  const { inbox } = words;
  const says = sentenceOf(item, words);
  const { reason, until } = item.detail;
  const href = addressOf(item);
  const facts = (
    <>
      {!item.read && <span className="unseen">{inbox.unread}: </span>}
      <span dir="auto">{says}</span>
    </>
  );
  return (
    <li className={item.read ? styles.row : `${styles.row} ${styles.fresh}`} data-item={item.id}>
      <span className={styles.mark} aria-hidden="true" />
      <div className={styles.says}>
        <p className={styles.line}>
          {href === null ? (
            <span>{facts}</span>
          ) : (
            <Link href={href} onClick={onOpen}>
              {facts}
            </Link>
          )}
        </p>
        {item.thread && (
          <p className={styles.about} dir="auto">
            {item.thread.title ?? inbox.noTitle}
          </p>
        )}
        {typeof reason === 'string' && (
          <p className={styles.about} dir="auto">
            {inbox.reason(reason)}
          </p>
        )}
        {typeof until === 'string' && (
          <p className={styles.about}>{inbox.lastDay(day(new Date(`${until}T12:00`), language, new Date()))}</p>
        )}
      </div>
      <Moment at={item.at} say="spoken" className={styles.time ?? ''} />
      <div className={styles.act}>
        {!item.read && (
          <button type="button" className="link" aria-label={inbox.markOf(says)} onClick={onMark}>
            {inbox.mark}
          </button>
        )}
      </div>
    </li>
  );
}

/** Where it happened; null where nothing can be opened. */
function addressOf({ thread, circle, replyId }: InboxItem): string | null {
  if (thread) return `${streamAddress({}, thread.id)}${replyId ? `#${replyId}` : ''}`;
  if (!circle || circle.kind === 'desk') return null;
  return circleAddress(circle.id);
}
