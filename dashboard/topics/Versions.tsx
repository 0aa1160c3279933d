import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type Apply,
  type Difference,
  fetchDifference,
  goBackTo,
  type Topic,
  type TopicVersion,
} from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Moment } from '../Moment.tsx';
import { useRight } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { ApplyField, lookBack } from './ApplyField.tsx';
import { Confirm } from './Confirm.tsx';
import { useTopicChanged } from './queries.ts';
import styles from './Versions.module.css';

/** What a topic asked before and since when, with what each version changed and a way back to it. */
export function Versions(props: { topic: Topic; onNotice: (notice: Notice) => void; onSaved?: () => void }) {
  const { topic, onNotice, onSaved } = props;
  const { versions: say, topics } = useWords();
  const mayChange = useRight('topics');
  const [open, setOpen] = useState<number | null>(null);
  const [backTo, setBackTo] = useState<TopicVersion | null>(null);
  if (topic.versions.length === 0) return null;
  return (
    <section className={styles.versions} aria-labelledby="versions-title">
      <h2 id="versions-title">{say.title}</h2>
      <ol>
        {topic.versions.map((version, n) => {
          const before = topic.versions[n + 1];
          return (
            <li key={version.version}>
              <p className={styles.head}>
                <strong>{topics.version(version.version)}</strong>
                {version.version === topic.version && <span className={styles.now}>{say.now}</span>}
                <span>
                  <Moment at={version.madeAt} say="spoken" />
                  {version.madeBy && ` ${say.by(version.madeBy.name)}`}
                </span>
              </p>
              {version.note && <p dir="auto">{version.note}</p>}
              <p className={styles.query} dir="auto">
                {version.query}
              </p>
              <p className={styles.sources}>
                {version.sources === null ? say.everySource : version.sources.map(({ label }) => label).join(', ')}
              </p>
              <p className={styles.links}>
                {before && (
                  <button
                    type="button"
                    className="link"
                    aria-expanded={open === version.version}
                    aria-label={say.show(before.version, version.version)}
                    onClick={() => setOpen(open === version.version ? null : version.version)}
                  >
                    {say.difference}
                  </button>
                )}
                {mayChange && version.version !== topic.version && (
                  <button type="button" className="link" onClick={() => setBackTo(version)}>
                    {say.goBackOf(version.version)}
                  </button>
                )}
              </p>
              {before && open === version.version && (
                <Changed topicId={topic.id} from={before.version} to={version.version} />
              )}
            </li>
          );
        })}
      </ol>
      {backTo && (
        <GoBack
          topic={topic}
          version={backTo.version}
          onClose={() => setBackTo(null)}
          onDone={(says) => {
            setBackTo(null);
            onSaved?.();
            onNotice({ says });
          }}
        />
      )}
    </section>
  );
}

function GoBack(props: { topic: Topic; version: number; onClose: () => void; onDone: (says: string) => void }) {
  const { topic, version, onClose, onDone } = props;
  const { versions: say, topics, topicForm } = useWords();
  const changed = useTopicChanged();
  const [apply, setApply] = useState<Apply>(lookBack);
  const next = topic.version + 1;
  const isActive = topic.state === 'active';
  return (
    <Confirm
      title={say.goBackTitle(version)}
      why={say.goBackWhy(version, next)}
      does={say.goBackOf(version)}
      onClose={onClose}
      onDo={async () => {
        const json = { version, after: topic.version, apply: isActive ? apply : ({ from: 'now' } as const) };
        changed(await goBackTo(topic.id, json));
        onDone(topics.saved(next));
      }}
    >
      {isActive && <ApplyField label={topicForm.from(next)} apply={apply} onChange={setApply} />}
    </Confirm>
  );
}

function Changed({ topicId, from, to }: { topicId: string; from: number; to: number }) {
  const { versions: say, frame } = useWords();
  const { data, error } = useQuery({
    queryKey: ['topic-difference', topicId, from, to],
    queryFn: ({ signal }) => fetchDifference(topicId, from, to, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <p role="alert">{say.failed}</p>;
  if (!data) return <p role="status">{frame.loading}</p>;
  const { sources } = data;
  const isSame = data.added.length + data.removed.length === 0 && !data.regrouped;
  return (
    <div className={styles.difference}>
      {isSame && <p>{say.same}</p>}
      {data.regrouped && <p>{say.regrouped}</p>}
      <dl>
        <Parts label={say.added} parts={data.added} />
        <Parts label={say.removed} parts={data.removed} isGone />
        <Named label={say.addedSources} names={sources.added.map(({ label }) => label)} />
        <Named label={say.removedSources} names={sources.removed.map(({ label }) => label)} />
      </dl>
      {sources.change === 'all-to-some' && <p>{say.allToSome}</p>}
      {sources.change === 'some-to-all' && <p>{say.someToAll}</p>}
    </div>
  );
}

function Parts({ label, parts, isGone = false }: { label: string; parts: Difference['added']; isGone?: boolean }) {
  const { versions: say } = useWords();
  if (parts.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {parts.map(({ kind, text, wanted }) => (
          <span
            key={`${kind} ${wanted} ${text}`}
            className={isGone ? `${styles.part} ${styles.gone}` : styles.part}
            dir="auto"
          >
            {wanted ? text : say.unwanted(text)}
          </span>
        ))}
      </dd>
    </div>
  );
}

function Named({ label, names }: { label: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{names.join(', ')}</dd>
    </div>
  );
}
