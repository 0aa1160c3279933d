import { Link } from 'wouter';
import { RefusedError } from '../api.ts';
import type { TopicRow } from '../api-topics.ts';
import { Message } from '../frame/Message.tsx';
import { Page } from '../frame/Page.tsx';
import shared from '../frame/Table.module.css';
import { FaltersMark } from '../marks/Marks.tsx';
import { newTopicAddress, streamAddress, topicAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { figure } from '../time.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { useTopics } from './queries.ts';
import { TopicMark } from './TopicMark.tsx';
import styles from './TopicsPage.module.css';

/** What we listen to: every topic, how much it finds and how often that is right. */
export function TopicsPage() {
  const { topics: words, stream } = useWords();
  const { data, error, refetch } = useTopics();
  const mayMake = useRight('topics');
  const add = mayMake && (
    <Link className="button primary" href={newTopicAddress}>
      {words.add}
    </Link>
  );
  return (
    <Page
      title={words.title}
      sum={data && data.length > 0 && sumOf(data, words)}
      action={data?.length ? add : undefined}
    >
      {data && data.length > 0 && <Table topics={data} />}
      {data && data.length === 0 && (
        <Message
          title={words.emptyTitle}
          mark
          {...(mayMake ? { action: { label: words.add, href: newTopicAddress, primary: true } } : {})}
        >
          {words.emptyWhy} {!mayMake && words.emptyNotYours}
        </Message>
      )}
      {!data && error && (
        <Message
          title={words.failed}
          urgent
          action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
        >
          {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
          {words.failedKept}
        </Message>
      )}
    </Page>
  );
}

/** "8 onderwerpen: 6 verzamelen." */
function sumOf(topics: readonly TopicRow[], words: ReturnType<typeof useWords>['topics']): string {
  return `${words.all(topics.length)}: ${words.sum(topics.filter(({ state }) => state === 'active').length)}.`;
}

function Table({ topics }: { topics: readonly TopicRow[] }) {
  const { columns } = useWords().topics;
  return (
    <table className={`${shared.table} ${styles.table}`}>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.state}</th>
          <th scope="col" className={styles.number}>
            {columns.week}
          </th>
          <th scope="col" className={styles.number}>
            {columns.right}
          </th>
          <th scope="col">{columns.owner}</th>
        </tr>
      </thead>
      <tbody>
        {topics.map((topic) => (
          <Row key={topic.id} topic={topic} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ topic }: { topic: TopicRow }) {
  const { words, language } = useSpoken();
  const { topics: say } = words;
  const { id, name, kind, colour, state, version, broken, lastWeek, owner } = topic;
  return (
    <tr className={state === 'active' ? undefined : styles.resting}>
      <th scope="row">
        <span className={styles.name}>
          <TopicMark colour={colour} />
          <Link href={topicAddress(id)} dir="auto">
            {name}
          </Link>
        </span>
        <span className={styles.kind}>
          {say.kinds[kind]}
          {version > 0 && ` · ${say.version(version)}`}
        </span>
      </th>
      <td>
        {broken ? (
          <span className={styles.broken} title={say.brokenWhy}>
            <FaltersMark /> {say.broken}
          </span>
        ) : (
          say.states[state]
        )}
      </td>
      <td className={styles.number}>
        {state === 'draft' ? (
          <span className={styles.wide}>0</span>
        ) : (
          <Link href={streamAddress({ topic: id })} aria-label={`${say.weekOf(lastWeek)}. ${say.open}`}>
            <span className={styles.wide}>{figure(lastWeek, language)}</span>
            <span className={styles.narrow}>{say.weekOf(lastWeek)}</span>
          </Link>
        )}
      </td>
      <td className={styles.number}>
        <Share of={topic.precision} />
      </td>
      <td>{owner?.name ?? <span className={styles.none}>{say.nobody}</span>}</td>
    </tr>
  );
}

/** How many of what was judged is about us; under twenty nothing is said. */
function Share({ of: { judged, about, share, tooFewBelow } }: { of: TopicRow['precision'] }) {
  const { words, language } = useSpoken();
  const { topics: say } = words;
  if (share === null)
    return (
      <span className={styles.none} title={say.tooFewOf(judged, tooFewBelow)}>
        {say.tooFew}
      </span>
    );
  const percent = `${figure(Math.round(share * 100), language)}%`;
  return (
    <span title={say.rightWhy(about, judged)}>
      <span className={styles.wide}>{percent}</span>
      <span className={styles.narrow}>{say.rightOf(percent)}</span>
    </span>
  );
}
