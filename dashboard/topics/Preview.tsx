import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { RefusedError } from '../api.ts';
import type { Rows } from '../api-query.ts';
import { judgeMention, previewTopic, type TopicPreview, type TopicSample } from '../api-topics.ts';
import { Bold } from '../figures/Figure.tsx';
import { useOneColumn } from '../frame/one-column.ts';
import { useSettled } from '../settled.ts';
import { useWords } from '../words/Worded.tsx';
import { HitsPerDay } from './HitsPerDay.tsx';
import styles from './Preview.module.css';
import { Sample } from './Sample.tsx';
import { wordToLeaveOut } from './why.ts';

/** Fewer judged than this says nothing (domain/topic.ts). */
const tooFewJudged = 20;
const askAfterMs = 400;
const mostOverlaps = 3;
const firstShown = 3;

export type Asked = { query: string; sources: string[] | null; topicId: string | null };

/**
 * What a question would have found, as it is being written. `asked` null: there is nothing to ask, or it is not right yet.
 * What was shown stays until the new answer is there.
 */
export function usePreview(asked: Asked | null) {
  const settled = useSettled(asked, askAfterMs);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['topic-preview', settled],
    queryFn: ({ signal }) => {
      const { query, sources, topicId } = settled!;
      return previewTopic({ query, sources, ...(topicId === null ? {} : { topic: topicId }) }, signal);
    },
    enabled: settled !== null,
    placeholderData: (previous) => previous,
    staleTime: 60_000,
  });
  const isNow = JSON.stringify(settled) === JSON.stringify(asked) && !isFetching;
  return {
    preview: asked === null ? undefined : data,
    error,
    isNow,
    retry: () => void refetch().catch(() => undefined),
  };
}

/** Beside a question: what it would bring, before anything is saved. */
export function Preview(props: {
  preview: TopicPreview | undefined;
  error: Error | null;
  isNow: boolean;
  onRetry: () => void;
  /** Why there is nothing to show: nothing was asked yet, or it is not right. */
  nothing: 'blank' | 'wrong' | null;
  rows: Rows | null;
  topicId: string | null;
  /** Something else is asked than what counts now: then both are compared. */
  isElse: boolean;
  onLeaveOut: (word: string) => void;
  children: ReactNode;
}) {
  const { isElse, preview, error, isNow, onRetry, nothing, rows, topicId, onLeaveOut, children } = props;
  const { bring, stream } = useWords();
  const isNarrow = useOneColumn();
  return (
    <section className={styles.preview} aria-labelledby="preview-title" aria-busy={!isNow}>
      <h2 id="preview-title">{bring.title}</h2>
      {nothing === 'blank' ? (
        <p className={styles.note}>{bring.waiting}</p>
      ) : nothing === 'wrong' ? (
        <p className={styles.note}>{bring.wrong}</p>
      ) : error ? (
        <p role="alert" className={styles.problem}>
          {bring.failed} {error instanceof RefusedError ? error.detail : ''}{' '}
          <button type="button" className="link" onClick={onRetry}>
            {stream.retry}
          </button>
        </p>
      ) : preview ? (
        <div className={isNow ? undefined : styles.stale}>
          <Told preview={preview} isElse={isElse} />
          <Samples {...{ preview, rows, topicId, onLeaveOut, isNarrow }} />
        </div>
      ) : (
        <p className={styles.note} role="status">
          {bring.loading}
        </p>
      )}
      {nothing === null && children}
    </section>
  );
}

function Told({ preview, isElse }: { preview: TopicPreview; isElse: boolean }) {
  const { bring } = useWords();
  const { days, total, present, overlap } = preview;
  const perDay = total / Math.max(1, days.length);
  const says =
    total === 0 ? bring.none : `${perDay < 0.95 ? bring.rare : bring.about(Math.round(perDay))}${bring.total(total)}`;
  const others = overlap.slice(mostOverlaps).filter(({ count }) => count > 0).length;
  return (
    <>
      <p>
        <Bold>{says}</Bold> {present && isElse && bring.present(present.version, present.total)}
      </p>
      {total > 0 && <HitsPerDay days={days} says={says.replaceAll('**', '')} />}
      {overlap.some(({ count }) => count > 0) && (
        <ul className={styles.note}>
          {overlap
            .slice(0, mostOverlaps)
            .filter(({ count }) => count > 0)
            .map(({ topic, count }) => (
              <li key={topic.id}>{bring.overlap(count, topic.name)}</li>
            ))}
          {others > 0 && <li>{bring.otherOverlap(others)}</li>}
        </ul>
      )}
    </>
  );
}

/** What was judged here goes to the topic where it has found the message already; the rest only helps to write the question. */
function Samples(props: {
  preview: TopicPreview;
  rows: Rows | null;
  topicId: string | null;
  onLeaveOut: (word: string) => void;
  /** Only the first, until more are asked for: the rest of the topic stands below. */
  isNarrow: boolean;
}) {
  const { preview, rows, topicId, onLeaveOut, isNarrow } = props;
  const { samples, total } = preview;
  const { bring } = useWords();
  const [said, setSaid] = useState<Readonly<Record<string, boolean>>>({});
  const [isAll, setAll] = useState(false);
  const shown = isNarrow && !isAll ? samples.slice(0, firstShown) : samples;
  const judging = useMutation({
    mutationFn: async ({ sample, about }: { sample: TopicSample; about: boolean }) => {
      if (topicId !== null && sample.found) await judgeMention(sample.mentionId, topicId, about);
    },
    onError: (_, { sample }) => setSaid(({ [sample.mentionId]: _, ...rest }) => rest),
  });
  const judgedOf = ({ mentionId, judged }: TopicSample) => said[mentionId] ?? judged;
  const right = samples.filter((sample) => judgedOf(sample) === true);
  const wrong = samples.filter((sample) => judgedOf(sample) === false);
  const word = rows && wrong.length > 0 ? wordToLeaveOut(right, wrong) : null;
  if (samples.length === 0) return null;
  return (
    <>
      <div className={styles.sampleHead}>
        <h3>{bring.sample}</h3>
        <p>{bring.sampleOf(samples.length, total)}</p>
      </div>
      <ul>
        {shown.map((sample) => (
          <Sample
            key={sample.mentionId}
            sample={sample}
            rows={rows}
            judged={judgedOf(sample)}
            onJudge={(about) => {
              setSaid((before) => ({ ...before, [sample.mentionId]: about }));
              judging.mutate({ sample, about });
            }}
          />
        ))}
      </ul>
      {shown.length < samples.length && (
        <button type="button" className={`link ${styles.whyButton}`} onClick={() => setAll(true)}>
          {bring.sampleRest(samples.length - shown.length)}
        </button>
      )}
      <div role="status" className={styles.tally}>
        {right.length + wrong.length > 0 && (
          <p>
            <Bold>{bring.judged(right.length + wrong.length, samples.length, right.length)}</Bold>{' '}
            {right.length + wrong.length < tooFewJudged && bring.tooFew(tooFewJudged)}
          </p>
        )}
        {judging.isError && <p>{bring.notJudged}</p>}
        {word && (
          <p>
            <Bold>{bring.suggest(word)}</Bold>{' '}
            <button type="button" className="link" onClick={() => onLeaveOut(word)}>
              {bring.doThat}
            </button>
          </p>
        )}
      </div>
    </>
  );
}
