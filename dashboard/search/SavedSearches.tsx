import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { keepSearch, removeSearch, type SavedSearch, shareSearch } from '../api-search.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { searchAddress } from '../place.ts';
import { newRequestKey } from '../request-key.ts';
import { useWords } from '../words/Worded.tsx';
import { useSavedSearches } from './queries.ts';
import styles from './SavedSearches.module.css';

const SearchFeed = lazy(async () => ({ default: (await import('./SearchFeed.tsx')).SearchFeed }));

/** Questions that were kept: one's own, and those of colleagues. */
export function SavedSearches({ onNotice }: { onNotice: (notice: Notice) => void }) {
  const { search } = useWords();
  const { data } = useSavedSearches();
  const [feedOf, setFeedOf] = useState<string | null>(null);
  if (!data || data.length === 0) return null;
  const shown = data.find(({ id }) => id === feedOf);
  const lists = [
    [search.own, data.filter(({ own }) => own)],
    [search.ofColleagues, data.filter(({ own }) => !own)],
  ] as const;
  return (
    <div className={styles.lists}>
      {lists
        .filter(([, searches]) => searches.length > 0)
        .map(([title, searches]) => (
          <section key={title} aria-label={title}>
            <h2 className={styles.title}>{title}</h2>
            <ul>
              {searches.map((saved) => (
                <Kept key={saved.id} saved={saved} onFeed={() => setFeedOf(saved.id)} onNotice={onNotice} />
              ))}
            </ul>
          </section>
        ))}
      <Suspense fallback={null}>
        {shown && <SearchFeed saved={shown} onClose={() => setFeedOf(null)} onNotice={onNotice} />}
      </Suspense>
    </div>
  );
}

function Kept(props: { saved: SavedSearch; onFeed: () => void; onNotice: (notice: Notice) => void }) {
  const { saved, onFeed, onNotice } = props;
  const { search } = useWords();
  const client = useQueryClient();
  const lookAgain = () => void client.invalidateQueries({ queryKey: ['searches'] }).catch(() => undefined);
  const failed = () => onNotice({ says: search.notKept });
  const putBack = useMutation({
    mutationFn: () => {
      const { name, query, sort, shared } = saved;
      return keepSearch({ name, query, sort, shared }, newRequestKey());
    },
    onSuccess: lookAgain,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => removeSearch(saved.id),
    onSuccess: () => {
      lookAgain();
      onNotice({ says: search.removed(saved.name), undo: () => putBack.mutate() });
    },
    onError: failed,
  });
  const share = useMutation({
    mutationFn: () => shareSearch(saved, !saved.shared),
    onSuccess: lookAgain,
    onError: failed,
  });
  return (
    <li className={styles.kept}>
      <div className={styles.says}>
        <Link href={searchAddress({ q: saved.query, sort: saved.sort })}>{saved.name}</Link>
        <p className={styles.query}>
          {saved.name !== saved.query && saved.query}
          {!saved.own && ` ${search.by(saved.owner.name)}`}
        </p>
      </div>
      <p className={styles.acts}>
        <button type="button" className="link" onClick={onFeed}>
          {search.feed}
        </button>
        {saved.own && (
          <>
            <button type="button" className="link" disabled={share.isPending} onClick={() => share.mutate()}>
              {saved.shared ? search.unshare : search.share}
            </button>
            <button type="button" className="link" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {search.remove}
            </button>
          </>
        )}
      </p>
    </li>
  );
}
