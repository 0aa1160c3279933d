import { lazy, Suspense, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { RefusedError } from '../api.ts';
import { Choice } from '../frame/Choice.tsx';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useOneColumn } from '../frame/one-column.ts';
import { useTitle } from '../frame/title.ts';
import { type Asked, askedOf, searchAddress } from '../place.ts';
import { RowSkeletons } from '../stream/RowSkeletons.tsx';
import { useSpoken } from '../words/Worded.tsx';
import { Facets } from './Facets.tsx';
import { Found } from './Found.tsx';
import { Help } from './Help.tsx';
import { useSearchFacets, useSearchPages, useSuggestions } from './queries.ts';
import { Refused } from './Refused.tsx';
import { SavedSearches } from './SavedSearches.tsx';
import { SearchBox } from './SearchBox.tsx';
import styles from './SearchPage.module.css';

const KeepSearch = lazy(async () => ({ default: (await import('./KeepSearch.tsx')).KeepSearch }));

/** One box over everything that was said outside and inside. The address keeps the question, so a search can be sent to a colleague. */
export function SearchPage() {
  const { words, language } = useSpoken();
  const { search, stream } = words;
  const [, navigate] = useLocation();
  const asked = askedOf(useSearch());
  const [notice, setNotice] = useState<Notice | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const isNarrow = useOneColumn();
  const isAsked = asked.q.trim() !== '';
  const pages = useSearchPages(asked);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages;
  const refused = error instanceof RefusedError && error.query.length > 0 ? error : null;
  const facets = useSearchFacets(asked.q, error === null).data;
  useTitle(isAsked ? `${asked.q}, ${search.title}` : search.title);
  const go = (next: Partial<Asked>) => navigate(searchAddress({ ...asked, ...next }));

  const threads = data?.pages.flatMap((page) => page.threads) ?? [];
  const first = data?.pages[0];
  const total = facets ?? (first?.total == null ? null : { total: first.total, estimated: false });
  const isNothing = data !== undefined && !error && threads.length === 0 && !hasNextPage;
  return (
    <div className={styles.page}>
      <div className={styles.inside}>
        <header className={styles.head}>
          <h1>{search.title}</h1>
          <SearchBox q={asked.q} onAsk={(q) => go({ q })} />
          {isAsked && <Help isOpen={false} />}
          {refused && <Refused q={asked.q} problems={refused.query} />}
          {isAsked && !error && (
            <div className={styles.bar}>
              <p role="status" className={styles.total}>
                {total && (total.estimated ? search.about(total.total) : search.found(total.total))}
                {total && data && threads.length > 0 && search.within(threads.length, !hasNextPage)}
              </p>
              <Choice
                label={search.order}
                isLabelled={false}
                options={(['newest', 'best'] as const).map((value) => ({ value, label: search.orders[value] }))}
                value={asked.sort}
                onChoose={(sort) => go({ sort })}
              />
              <button type="button" className="button" onClick={() => setKeeping(true)}>
                {search.keep}
              </button>
            </div>
          )}
          {first?.fellBack && <p className={styles.fellBack}>{search.fellBack}</p>}
        </header>
        {!isAsked && (
          <>
            <p className={styles.none}>{search.noneWhy}</p>
            <SavedSearches onNotice={setNotice} />
            <Help isOpen />
          </>
        )}
        {isAsked && error && !refused && (
          <Message
            title={search.failed}
            urgent
            action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError ? error.detail : ''}
          </Message>
        )}
        {isAsked && !error && (
          <div className={styles.columns}>
            {isNarrow && facets && threads.length > 0 && (
              <details className={styles.refine}>
                <summary>{search.facets}</summary>
                <Facets facets={facets} sort={asked.sort} isTitled={false} />
              </details>
            )}
            <div className={styles.results}>
              {data === undefined && <RowSkeletons />}
              {isNothing && (
                <>
                  <DidYouMean asked={asked} />
                  <Message
                    title={search.nothingTitle}
                    action={{ label: search.nothingDo, onClick: () => go({ q: '' }) }}
                  >
                    {search.nothingWhy}
                  </Message>
                </>
              )}
              {threads.length > 0 && (
                <ul aria-label={search.list} lang={language}>
                  {threads.map((found) => (
                    <li key={found.thread.id}>
                      <Found found={found} />
                    </li>
                  ))}
                </ul>
              )}
              {threads.length > 0 && (
                <p className={styles.foot}>
                  {isFetchNextPageError && <span role="alert">{search.moreFailed} </span>}
                  {hasNextPage ? (
                    <button
                      type="button"
                      className="button"
                      disabled={isFetchingNextPage}
                      onClick={() => fetchNextPage().catch(() => undefined)}
                    >
                      {search.more}
                    </button>
                  ) : (
                    search.end
                  )}
                </p>
              )}
            </div>
            {!isNarrow && facets && threads.length > 0 && (
              <aside className={styles.aside}>
                <Facets facets={facets} sort={asked.sort} />
              </aside>
            )}
          </div>
        )}
      </div>
      <Suspense fallback={null}>
        {isKeeping && <KeepSearch asked={asked} onClose={() => setKeeping(false)} onNotice={setNotice} />}
      </Suspense>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </div>
  );
}

/** Where nothing was found: the same question with its unknown words written as words that are used. */
function DidYouMean({ asked }: { asked: Asked }) {
  const { words } = useSpoken();
  const meant = useSuggestions(asked.q, asked.q.length, true)?.didYouMean;
  if (!meant) return null;
  return (
    <p className={styles.meant} role="status">
      {words.search.didYouMean} <Link href={searchAddress({ ...asked, q: meant.query })}>{meant.query}</Link>?
    </p>
  );
}
