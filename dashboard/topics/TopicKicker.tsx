import { Link } from 'wouter';
import type { Topic, TopicRef } from '../api-topics.ts';
import { topicsAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './TopicEditor.module.css';
import { TopicMark } from './TopicMark.tsx';

/** Above a topic's name: what this is, and who changed it last. */
export function TopicKicker({ topic, colour }: { topic: Topic | null; colour: TopicRef['colour'] }) {
  const { topics, stream } = useWords();
  const last = topic?.versions[0];
  return (
    <p className={styles.kicker}>
      <TopicMark colour={colour} />
      <Link href={topicsAddress}>{stream.topic}</Link>
      <span>
        {last && (last.madeBy ? topics.changedBy(last.madeBy.name, last.version) : topics.version(last.version))}
        {topic?.version === 0 && topics.states.draft}
      </span>
    </p>
  );
}
