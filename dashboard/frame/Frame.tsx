import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useConnected } from '../live-updates.ts';
import { Chevron, ProductMark } from '../marks/Marks.tsx';
import { listBefore, type Place, searchPath, streamAddress } from '../place.ts';
import { useRight, useSession } from '../session.ts';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Frame.module.css';
import { Menu } from './Menu.tsx';

/** Navigation at the side or, on a narrow screen, above and below; the screen itself in the rest. */
export function Frame(props: {
  place: Place;
  children: ReactNode;
  onPreferences: () => void;
  onShortcuts: () => void;
}) {
  const { place, children, onPreferences, onShortcuts } = props;
  const { frame } = useFirstWords();
  const { data: session } = useSession();
  const isColleague = useRight('colleague');
  const before = listBefore(useHistoryState());
  const thread = place.page === 'stream' ? place.threadId : null;
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {frame.skip}
      </a>
      <header className={styles.brand}>
        {place.page === 'stream' && thread !== null ? (
          <Link className={styles.back} href={before?.href ?? streamAddress(place.filter)}>
            <Chevron to="left" /> {before === null ? frame.back : frame[before.page]}
          </Link>
        ) : null}
        <div className={thread === null ? styles.name : `${styles.name} ${styles.beside}`}>
          <ProductMark />
          <span className={styles.product}>
            Buitenwacht
            {session?.organisation && (
              <span className={styles.organisation} dir="auto">
                {session.organisation}
              </span>
            )}
          </span>
          <span className={styles.screen} aria-hidden="true">
            {screenName(place, frame)}
          </span>
        </div>
        {isColleague && place.page !== 'search' && (
          <Link className={styles.search} href={searchPath}>
            {frame.search}
          </Link>
        )}
      </header>
      <Menu place={place} onPreferences={onPreferences} onShortcuts={onShortcuts} />
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
      <Connection />
    </div>
  );
}

/** What the bar of a narrow screen calls the page. */
function screenName({ page }: Place, frame: ReturnType<typeof useFirstWords>['frame']): string {
  if (page === 'new') return frame.newThread;
  if (page === 'topic') return frame.topics;
  if (page === 'audit') return frame.people;
  if (page === 'circle' || page === 'circle-as') return frame.circles;
  return page === 'link' || page === 'invitation' || page === 'nowhere' ? '' : frame[page];
}

function Connection() {
  const { frame } = useFirstWords();
  const connected = useConnected();
  return (
    <div className={styles.connection} role="status">
      {!connected && <p>{frame.reconnecting}</p>}
    </div>
  );
}
