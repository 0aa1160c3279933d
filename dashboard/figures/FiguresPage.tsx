import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { RefusedError } from '../api.ts';
import { type Figures, type FiguresFilter, fetchFigures } from '../api-figures.ts';
import { Message } from '../frame/Message.tsx';
import { useTitle } from '../frame/title.ts';
import { useFacets } from '../stream/queries.ts';
import { languageName } from '../time.ts';
import { useTopics } from '../topics/queries.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { addressOf, filterOf } from './address.ts';
import { DoneFigure, LanguagesFigure, SourcesFigure, TopicsFigure } from './ByKind.tsx';
import { Bold } from './Figure.tsx';
import styles from './FiguresPage.module.css';
import { DaysFigure, ToneFigure } from './InTime.tsx';
import { PeriodBar } from './PeriodBar.tsx';
import { Quality } from './Quality.tsx';
import { letter } from './telling.ts';

/** How much was said outside, in what tone, and what was done about it. The address keeps the days and the filter. */
export function FiguresPage() {
  const words = useWords();
  const { figures: say } = words;
  const [, navigate] = useLocation();
  const search = useSearch();
  const filter = useMemo(() => filterOf(search), [search]);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['figures', filter],
    queryFn: ({ signal }) => fetchFigures(filter, signal),
    placeholderData: (previous) => previous,
    staleTime: 60_000,
  });
  useTitle(say.title);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);
  const go = (next: FiguresFilter) => navigate(addressOf(next));
  // What failed to load is not to be read as what was asked for.
  const figures = error && isPlaceholderData ? undefined : data;
  return (
    <div className={styles.page}>
      <div className={styles.inside} aria-busy={isPlaceholderData}>
        <header className={styles.head}>
          <h1>{say.title}</h1>
          {figures && (
            <PeriodBar
              figures={figures}
              addressFor={(period) => addressOf({ ...filter, ...period })}
              onChoose={(period) => go({ ...filter, ...period })}
            />
          )}
          {figures && <Narrow filter={filter} onChange={go} />}
        </header>
        {figures ? (
          <Told figures={figures} filter={filter} />
        ) : error ? (
          <Message
            title={say.failed}
            urgent
            action={{ label: words.stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
            {say.failedKept}
          </Message>
        ) : (
          <p className={styles.loading} role="status">
            {say.loading}
          </p>
        )}
      </div>
    </div>
  );
}

function Told({ figures, filter }: { figures: Figures; filter: FiguresFilter }) {
  const words = useWords();
  return (
    <>
      <p className={styles.letter}>
        <Bold>{letter(figures, words).join(' ')}</Bold>
      </p>
      {(figures.totals.stories > 0 || figures.totals.mentions > 0) && (
        <div className={styles.figures}>
          <DaysFigure figures={figures} filter={filter} />
          <ToneFigure figures={figures} filter={filter} />
          <div className={styles.stack}>
            <DoneFigure figures={figures} filter={filter} />
            <LanguagesFigure figures={figures} filter={filter} />
          </div>
          <SourcesFigure figures={figures} filter={filter} />
          <TopicsFigure figures={figures} filter={filter} />
        </div>
      )}
      <Quality figures={figures} />
    </>
  );
}

/** Only one topic, one source, or one language. */
function Narrow({ filter, onChange }: { filter: FiguresFilter; onChange: (filter: FiguresFilter) => void }) {
  const { words, language } = useSpoken();
  const { data } = useFacets();
  const topics = (useTopics().data ?? []).filter(({ state, id }) => state !== 'draft' || id === filter.topic);
  const put = (part: 'topic' | 'source' | 'language') => (value: string) => {
    const { [part]: _, ...rest } = filter;
    onChange(value ? { ...rest, [part]: value } : rest);
  };
  const sources = (data?.sources ?? []).map(({ id, label }) => [id, label] as const);
  const languages = [...new Set([...(data?.languages ?? []), ...(filter.language ? [filter.language] : [])])];
  return (
    <div className={styles.narrow}>
      {topics.length > 0 && (
        <Pick
          label={words.stream.topic}
          all={words.figures.allTopics}
          value={filter.topic ?? ''}
          options={topics.map(({ id, name }) => [id, name] as const)}
          onPick={put('topic')}
        />
      )}
      <Pick
        label={words.stream.source}
        all={words.figures.allSources}
        value={filter.source ?? ''}
        options={sources}
        onPick={put('source')}
      />
      <Pick
        label={words.stream.language}
        all={words.figures.allLanguages}
        value={filter.language ?? ''}
        options={languages.map((code) => [code, languageName(code, language) ?? words.unknown] as const)}
        onPick={put('language')}
      />
    </div>
  );
}

function Pick(props: {
  label: string;
  all: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
}) {
  const { label, all, value, options, onPick } = props;
  return (
    <select className={styles.pick} aria-label={label} value={value} onChange={(event) => onPick(event.target.value)}>
      <option value="">{all}</option>
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
