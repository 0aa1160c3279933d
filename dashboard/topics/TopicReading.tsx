import { Link } from 'wouter';
import type { Topic } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { streamAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import { RunLine } from './RunLine.tsx';
import styles from './TopicEditor.module.css';
import { TopicKicker } from './TopicKicker.tsx';
import { Versions } from './Versions.tsx';

/** A topic for who may not change it: what it listens to, why, and since when. */
export function TopicReading({ topic, onNotice }: { topic: Topic; onNotice: (notice: Notice) => void }) {
  const { topics, topicForm, topicActs, question } = useWords();
  const now = topic.versions[0];
  const facts: [string, string | undefined][] = [
    [topicForm.purpose, topic.purpose],
    [topicForm.basis, topic.legalBasis ? topics.bases[topic.legalBasis] : undefined],
    [topicForm.owner, topic.owner?.name],
    [topicForm.kind, topics.kinds[topic.kind]],
    [topicForm.sources, now && (now.sources?.map(({ label }) => label).join(', ') ?? topicForm.allSources)],
    [topicForm.audience, topicForm.audiences[topic.audience]],
  ];
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <header className={styles.head}>
          <TopicKicker topic={topic} colour={topic.colour} />
          <div className={styles.titleLine}>
            <h1 dir="auto">{topic.name}</h1>
            <Link className="button" href={streamAddress({ topic: topic.id })}>
              {topics.open}
            </Link>
          </div>
          {topic.state !== 'active' && (
            <p className={styles.note}>{topic.state === 'draft' ? topicActs.draft : topicActs.isPaused}</p>
          )}
          {topic.broken && <p className={styles.behind}>{topics.brokenWhy}</p>}
          {topic.run && <RunLine topic={topic} run={topic.run} onNotice={onNotice} />}
        </header>
        <section aria-labelledby="question-title">
          <h2 id="question-title" className={styles.section}>
            {question.title}
          </h2>
          <p className={styles.readQuery} dir="auto">
            {now?.query ?? topicActs.missing.query}
          </p>
        </section>
        <dl className={styles.facts}>
          {facts
            .filter(([, says]) => says)
            .map(([term, says]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd dir="auto">{says}</dd>
              </div>
            ))}
        </dl>
        <Versions topic={topic} onNotice={onNotice} />
      </div>
    </div>
  );
}
