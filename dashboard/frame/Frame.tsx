import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { fetchSources } from '../api.ts';
import { useConnected } from '../live-updates.ts';
import { Chevron, ProductMark } from '../marks/Marks.tsx';
import { type Place, sourcesAddress, streamAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Frame.module.css';

/** Navigation at the side or, on a narrow screen, above and below; the screen itself in the rest. */
export function Frame({
  place,
  children,
  onPreferences,
}: {
  place: Place;
  children: ReactNode;
  onPreferences: () => void;
}) {
  const { frame, shortcuts } = useWords();
  const { data } = useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => fetchSources(signal) });
  const needsYou = data?.counts.needsYou ?? 0;
  const thread = place.page === 'stream' ? place.threadId : null;
  const here = (page: Place['page']) => (place.page === page ? 'page' : undefined);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {frame.skip}
      </a>
      <header className={styles.brand}>
        {place.page === 'stream' && thread !== null ? (
          <Link className={styles.back} href={streamAddress(place.filter)}>
            <Chevron to="left" /> {frame.back}
          </Link>
        ) : null}
        <div className={thread === null ? styles.name : `${styles.name} ${styles.beside}`}>
          <ProductMark />
          <span className={styles.product}>Buitenwacht</span>
          <span className={styles.screen} aria-hidden="true">
            {place.page === 'sources' ? frame.sources : frame.stream}
          </span>
        </div>
      </header>
      <nav className={styles.menu} aria-label={frame.menu}>
        <Link
          href={streamAddress({})}
          aria-current={here('stream')}
          title={`${shortcuts.goStream} (g ${shortcuts.andThen} s)`}
        >
          {frame.stream}
        </Link>
        <Link
          href={sourcesAddress}
          aria-current={here('sources')}
          title={`${shortcuts.goSources} (g ${shortcuts.andThen} b)`}
        >
          {frame.sources}
          {needsYou > 0 && (
            <span className={styles.count}>
              <span className={styles.bare} aria-hidden="true">
                {needsYou}
              </span>
              <span className={styles.told}>{frame.needsYou(needsYou)}</span>
            </span>
          )}
        </Link>
        <button type="button" className={styles.preferences} onClick={onPreferences}>
          {frame.preferences}
        </button>
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
      <Connection />
    </div>
  );
}

function Connection() {
  const { frame } = useWords();
  const connected = useConnected();
  return (
    <div className={styles.connection} role="status">
      {!connected && <p>{frame.reconnecting}</p>}
    </div>
  );
}
