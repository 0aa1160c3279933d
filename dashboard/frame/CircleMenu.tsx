import { Link } from 'wouter';
import { useCirclesKept } from '../circles/queries.ts';
import { LampMark } from '../marks/Marks.tsx';
import * as addresses from '../place.ts';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Menu.module.css';

/** So many fit above the rest of the menu; the page of circles has all of them. */
const mostShown = 8;

/** The circles one is in, with whether something new was said there. */
export function CircleMenu({ place }: { place: addresses.Place }) {
  const { frame, shortcuts } = useFirstWords();
  const mine = useCirclesKept()?.mine ?? [];
  const here = place.page === 'circle' || place.page === 'circle-as' ? place.circleId : null;
  // What all colleagues say to each other is the stream; who sits at the desk has its page.
  const own = mine.filter(({ kind, name }) => kind !== 'desk' && !(kind === 'internal' && name === 'everyone'));
  const shown = own.filter(({ id }, n) => n < mostShown || id === here);
  const isList = place.page === 'circles' || place.page === 'newCircle' || place.page === 'allCircles';
  return (
    <>
      <Link
        href={addresses.circlesAddress}
        className={`${styles.wide} ${styles.section}`}
        title={`${shortcuts.goCircles} (g ${shortcuts.andThen} k)`}
        aria-current={isList || (here !== null && !shown.some(({ id }) => id === here)) ? 'page' : undefined}
      >
        {frame.circles}
      </Link>
      {shown.map(({ id, name, unread }) => (
        <Link
          key={id}
          href={addresses.circleAddress(id)}
          className={`${styles.wide} ${styles.sub}`}
          aria-current={id === here ? 'page' : undefined}
        >
          <span className={styles.lamp}>
            <LampMark size={13} />
          </span>
          <span className={styles.subName} dir="auto">
            {name}
          </span>
          {unread && (
            <span className={styles.count}>
              <span className={styles.fresh} aria-hidden="true" />
              <span className={styles.told}>{frame.newInCircle}</span>
            </span>
          )}
        </Link>
      ))}
    </>
  );
}
