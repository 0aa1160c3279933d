import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { RefusedError } from '../api.ts';
import { fetchAllCircles } from '../api-circles.ts';
import { type AuditFilter, type AuditLine, fetchAudit } from '../api-people.ts';
import { Message } from '../frame/Message.tsx';
import { Page } from '../frame/Page.tsx';
import { auditAddress, peopleAddress } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { fullTime, spokenTime } from '../time.ts';
import { useToday } from '../today.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import styles from './AuditPage.module.css';
import { auditFilterOf } from './audit-filter.ts';
import { auditSentence } from './audit-words.ts';
import { PersonFilter } from './PersonFilter.tsx';

/** Who did what to whose access, newest first. The address keeps what is looked for. */
export function AuditPage() {
  const { audit, stream } = useWords();
  const [, navigate] = useLocation();
  const filter = auditFilterOf(useSearch());
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => fetchAudit(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: (before) => before,
  });
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  const change = (next: AuditFilter) =>
    navigate(`${auditAddress}?${new URLSearchParams(next as Record<string, string>)}`, { replace: true });
  return (
    <Page title={audit.title} sum={audit.why} action={<Link href={peopleAddress}>{audit.toPeople}</Link>}>
      <Filters filter={filter} lines={lines} onChange={change} />
      {!data && error && (
        <Message
          title={audit.failed}
          urgent
          action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
        >
          {error instanceof RefusedError ? error.detail : null}
        </Message>
      )}
      {data && lines.length === 0 && (
        <Message title={audit.none} action={{ label: audit.clear, onClick: () => change({}) }}>
          {audit.noneWhy}
        </Message>
      )}
      {lines.length > 0 && (
        <ol className={styles.lines}>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are never changed, and come below those that are there
            <Line key={`${line.at} ${at}`} line={line} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <p className={styles.more}>
          <button
            type="button"
            className="button"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage().catch(() => undefined)}
          >
            {audit.more}
          </button>
        </p>
      )}
    </Page>
  );
}

function Line({ line }: { line: AuditLine }) {
  const { words, language } = useSpoken();
  const today = useToday();
  const at = new Date(line.at);
  return (
    <li className={styles.line}>
      <time dateTime={line.at} title={fullTime(at, language)}>
        {spokenTime(at, language, words, new Date())}
      </time>
      <span dir="auto">{auditSentence(line, words, { language, today })}</span>
    </li>
  );
}

/** Who, where, what and when. */
function Filters(props: { filter: AuditFilter; lines: readonly AuditLine[]; onChange: (filter: AuditFilter) => void }) {
  const { filter, lines, onChange } = props;
  const { audit, people, talk } = useWords();
  const today = useToday();
  const { data: circles } = useQuery({
    queryKey: ['all-circles'],
    queryFn: ({ signal }) => fetchAllCircles(signal),
  });
  // The address has only their id; the name stands in what was chosen, or in any line about them.
  const [chosen, setChosen] = useState<{ id: string; name: string } | null>(null);
  const wanted = [chosen, ...lines.flatMap(({ by, subject }) => [by, subject])].find(
    (one) => one?.id === filter.person,
  );
  const put = (part: keyof AuditFilter, value: string) => {
    const { [part]: _, ...rest } = filter;
    onChange((value ? { ...rest, [part]: value } : rest) as AuditFilter);
  };
  const pick = (part: 'action' | 'circle', label: string, options: (readonly [string, string])[]) => (
    <label className={styles.pick}>
      {label}
      <select className="field" value={filter[part] ?? ''} onChange={(event) => put(part, event.target.value)}>
        <option value="">{people.everybody}</option>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <search className={styles.filters}>
      {pick('action', audit.what, Object.entries(audit.kinds))}
      <PersonFilter
        label={audit.who}
        chosen={filter.person ? (wanted ?? { id: filter.person, name: audit.somebody }) : null}
        onChoose={(person) => {
          setChosen(person);
          put('person', person?.id ?? '');
        }}
      />
      {pick(
        'circle',
        audit.where,
        (circles ?? []).map((circle) => [circle.id, circleName(circle, talk)] as const),
      )}
      {(['from', 'to'] as const).map((part) => (
        <label key={part} className={styles.pick}>
          {audit[part]}
          <input
            type="date"
            className="field"
            max={today}
            value={filter[part] ?? ''}
            onChange={(event) => put(part, event.target.value)}
          />
        </label>
      ))}
    </search>
  );
}
