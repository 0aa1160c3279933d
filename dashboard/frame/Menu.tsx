import { Link } from 'wouter';
import { useInboxCount } from '../inbox/queries.ts';
import * as addresses from '../place.ts';
import { useRight } from '../session.ts';
import { useFirstWords } from '../words/Worded.tsx';
import { CircleMenu } from './CircleMenu.tsx';
import { useCounts } from './counts.ts';
import styles from './Menu.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { TopicMenu } from './TopicMenu.tsx';

/**
 * The pages of the product in words, with what waits on each. A narrow screen has room for five: what does not fit stands
 * in the menu of the last.
 */
export function Menu(props: { place: addresses.Place; onPreferences: () => void; onShortcuts: () => void }) {
  const { place } = props;
  const { frame, shortcuts } = useFirstWords();
  const counts = useCounts();
  const inboxUnread = useInboxCount();
  const isColleague = useRight('colleague');
  const mayReadFigures = useRight('figures');
  const mayManageSources = useRight('sources');
  const mayManagePeople = useRight('people');
  const entry = (page: addresses.Place['page'], href: string, key: string, says: string, isNarrow: boolean) => ({
    href,
    title: `${says} (g ${shortcuts.andThen} ${key})`,
    'aria-current':
      place.page === page || (page === 'people' && place.page === 'audit') ? ('page' as const) : undefined,
    className: isNarrow ? undefined : styles.wide,
  });
  return (
    <nav className={styles.menu} aria-label={frame.menu}>
      {isColleague && (
        <Link
          href={addresses.searchPath}
          className={styles.search}
          title={`${shortcuts.goSearch} (/)`}
          aria-current={place.page === 'search' ? 'page' : undefined}
        >
          {frame.search}
          <kbd>/</kbd>
        </Link>
      )}
      <Link
        {...entry('stream', addresses.streamAddress({}), 's', shortcuts.goStream, true)}
        aria-current={place.page === 'stream' && !place.filter.topic ? 'page' : undefined}
      >
        {frame.stream}
        <Count of={counts?.unread} say={frame.unread} />
      </Link>
      <Link {...entry('inbox', addresses.inboxAddress, 'i', shortcuts.goInbox, !isColleague)}>
        {frame.inbox}
        <Count of={inboxUnread} say={frame.unread} isSaid={!isColleague} />
      </Link>
      {isColleague && (
        <>
          <Link {...entry('desk', addresses.deskAddress, 'd', shortcuts.goDesk, true)}>
            {frame.desk}
            <Count of={counts?.deskOpen} say={frame.open} isSaid />
          </Link>
          <TopicMenu place={place} />
        </>
      )}
      <CircleMenu place={place} />
      {mayReadFigures && (
        <Link {...entry('figures', addresses.figuresAddress, 'c', shortcuts.goFigures, true)}>{frame.figures}</Link>
      )}
      {isColleague && (
        <Link {...entry('sources', addresses.sourcesAddress, 'b', shortcuts.goSources, !mayReadFigures)}>
          {frame.sources}
          {mayManageSources && <Count of={counts?.sourcesNeedYou} say={frame.needsYou} isSaid />}
        </Link>
      )}
      {mayManagePeople && (
        <Link {...entry('people', addresses.peopleAddress, 'm', shortcuts.goPeople, false)}>{frame.people}</Link>
      )}
      {isColleague && (
        <Link
          href={addresses.tipsAddress}
          className={styles.tip}
          title={`${shortcuts.goTips} (g ${shortcuts.andThen} t)`}
          aria-current={place.page === 'tips' ? 'page' : undefined}
        >
          <span className={styles.inWords}>{frame.giveTip}</span>
          <span className={styles.short}>{frame.tip}</span>
        </Link>
      )}
      <PersonMenu {...props} inboxUnread={inboxUnread} />
    </nav>
  );
}

/** How many wait behind a word, when any do: the bare number where the room is, what it counts always said. */
function Count({ of, say, isSaid = false }: { of: number | undefined; say: (n: string) => string; isSaid?: boolean }) {
  const { frame } = useFirstWords();
  if (!of) return null;
  const number = frame.many(of);
  return (
    <span className={isSaid ? `${styles.count} ${styles.worded}` : styles.count}>
      <span className={styles.bare} aria-hidden="true">
        {number}
      </span>
      <span className={styles.told}>{say(number)}</span>
    </span>
  );
}
