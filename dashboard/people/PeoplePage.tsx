import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { RefusedError } from '../api.ts';
import { fetchPeople, type PeopleFilter, type Person, type PersonLink } from '../api-people.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { Page } from '../frame/Page.tsx';
import { auditAddress } from '../place.ts';
import { useSettled } from '../settled.ts';
import { useWords } from '../words/Worded.tsx';
import { AddPerson } from './AddPerson.tsx';
import { ImportPeople } from './ImportPeople.tsx';
import { PeopleFilters } from './PeopleFilters.tsx';
import styles from './PeoplePage.module.css';
import { PeopleTable } from './PeopleTable.tsx';
import { ShowLink } from './ShowLink.tsx';

/** Who is here and what they may do, for who lets people in. */
export function PeoplePage() {
  const words = useWords();
  const [filter, setFilter] = useState<PeopleFilter>({});
  const asked = useSettled(filter);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['people', asked],
    queryFn: ({ pageParam, signal }) => fetchPeople(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: (before) => before,
  });
  const [dialog, setDialog] = useState<'add' | 'import' | null>(null);
  const [made, setMade] = useState<{ person: Person; link: PersonLink } | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const first = data?.pages[0];
  const people = data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <>
      <Page
        title={words.people.title}
        sum={first && words.people.total(first.total)}
        action={
          <div className={styles.actions}>
            <Link className="button" href={auditAddress}>
              {words.audit.title}
            </Link>
            <button type="button" className="button" onClick={() => setDialog('import')}>
              {words.people.import}
            </button>
            <button type="button" className="button primary" onClick={() => setDialog('add')}>
              {words.people.add}
            </button>
          </div>
        }
      >
        {first && (
          <>
            <PeopleFilters filter={filter} departments={first.departments} found={first.total} onChange={setFilter} />
            {people.length > 0 ? (
              <PeopleTable people={people} onNotice={setNotice} onLink={setMade} />
            ) : (
              <Message
                title={words.people.noneFound}
                action={{ label: words.people.clear, onClick: () => setFilter({}) }}
              >
                {words.people.noneFoundWhy}
              </Message>
            )}
            {hasNextPage && (
              <p className={styles.more}>
                <button
                  type="button"
                  className="button"
                  disabled={isFetchingNextPage}
                  onClick={() => void fetchNextPage().catch(() => undefined)}
                >
                  {words.people.showMore(first.total - people.length)}
                </button>
              </p>
            )}
          </>
        )}
        {!first && error && (
          <Message
            title={words.people.failed}
            urgent
            action={{ label: words.stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
            {words.people.failedKept}
          </Message>
        )}
      </Page>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
      {dialog === 'add' && (
        <AddPerson
          onClose={() => setDialog(null)}
          onAdded={(added) => {
            setDialog(null);
            setMade(added);
          }}
        />
      )}
      {dialog === 'import' && <ImportPeople onClose={() => setDialog(null)} />}
      {made && <ShowLink person={made.person} link={made.link} onClose={() => setMade(null)} />}
    </>
  );
}
