import { Link } from 'wouter';
import * as addresses from '../place.ts';
import { useTopicsKept } from '../topics/queries.ts';
import { TopicMark } from '../topics/TopicMark.tsx';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Menu.module.css';

/** So many fit above the rest of the menu; the page of topics has all of them. */
const mostShown = 8;

/** The topics that collect, each with what is unread in it; a step to one is a step to its stream. */
export function TopicMenu({ place }: { place: addresses.Place }) {
  const { frame, shortcuts } = useFirstWords();
  const topics = useTopicsKept() ?? [];
  const here = place.page === 'stream' ? place.filter.topic : place.page === 'topic' ? place.topicId : undefined;
  const active = topics.filter(({ state }) => state === 'active');
  const shown = active.filter(({ id }, n) => n < mostShown || id === here);
  return (
    <>
      <Link
        href={addresses.topicsAddress}
        className={`${styles.wide} ${styles.section}`}
        title={`${shortcuts.goTopics} (g ${shortcuts.andThen} o)`}
        aria-current={place.page === 'topics' || (place.page === 'topic' && here === null) ? 'page' : undefined}
      >
        {frame.topics}
      </Link>
      {shown.map(({ id, name, colour, unread }) => (
        <Link
          key={id}
          href={addresses.streamAddress({ topic: id })}
          className={`${styles.wide} ${styles.sub}`}
          aria-current={id === here ? 'page' : undefined}
        >
          <TopicMark colour={colour} />
          <span className={styles.subName} dir="auto">
            {name}
          </span>
          {unread > 0 && (
            <span className={styles.count}>
              <span className={styles.bare} aria-hidden="true">
                {frame.many(unread)}
              </span>
              <span className={styles.told}>{frame.unread(frame.many(unread))}</span>
            </span>
          )}
        </Link>
      ))}
    </>
  );
}
