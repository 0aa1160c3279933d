import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { RefusedError } from '../api.ts';
import { fetchPeople, type Person, type PersonLink } from '../api-people.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { Page } from '../frame/Page.tsx';
import { useWords } from '../words/Worded.tsx';
import { AddPerson } from './AddPerson.tsx';
import { matching } from './matching.ts';
import styles from './PeoplePage.module.css';
import { PeopleTable } from './PeopleTable.tsx';
import { ShowLink } from './ShowLink.tsx';

/** Who is here and what they may do, for who lets people in. */
export function PeoplePage() {
  const words = useWords();
  const { data, error, refetch } = useQuery({ queryKey: ['people'], queryFn: ({ signal }) => fetchPeople(signal) });
  const [wanted, setWanted] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const [made, setMade] = useState<{ person: Person; link: PersonLink } | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const id = useId();
  const shown = useMemo(() => matching(data ?? [], wanted), [data, wanted]);
  return (
    <>
      <Page
        title={words.people.title}
        sum={data && sumOf(data, words.people)}
        action={
          <button type="button" className="button primary" onClick={() => setIsAdding(true)}>
            {words.people.add}
          </button>
        }
      >
        {data && (
          <>
            <div className={styles.search}>
              <label htmlFor={id}>{words.people.search}</label>
              <input
                id={id}
                type="search"
                className="field"
                autoComplete="off"
                value={wanted}
                onChange={(event) => setWanted(event.target.value)}
              />
              <p className="unseen" role="status">
                {wanted.trim() !== '' && words.people.found(shown.length)}
              </p>
            </div>
            {shown.length > 0 ? (
              <PeopleTable people={shown} onNotice={setNotice} onLink={setMade} />
            ) : (
              <Message
                title={words.people.noneFound}
                action={{ label: words.people.clear, onClick: () => setWanted('') }}
              >
                {words.people.noneFoundWhy}
              </Message>
            )}
          </>
        )}
        {!data && error && (
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
      {isAdding && (
        <AddPerson
          onClose={() => setIsAdding(false)}
          onAdded={(added) => {
            setIsAdding(false);
            setMade(added);
          }}
        />
      )}
      {made && <ShowLink person={made.person} link={made.link} onClose={() => setMade(null)} />}
    </>
  );
}

/** "12 collega's, 2 hebben de link nog niet gebruikt". Who left does not count. */
function sumOf(people: readonly Person[], words: ReturnType<typeof useWords>['people']): string {
  const here = people.filter(({ state }) => state !== 'deactivated');
  const invited = here.filter(({ state }) => state === 'invited').length;
  return `${words.total(here.length)}${invited > 0 ? `, ${words.invited(invited)}` : ''}.`;
}
