import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Mention, RefusedError } from '../api.ts';
import { judgeMention, type MentionTopic } from '../api-topics.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Moment } from '../Moment.tsx';
import { streamAddress, topicAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { TopicMark } from '../topics/TopicMark.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './FoundBy.module.css';

/** The topics that found a message, each a step to its stream. */
export function TopicMarks({ topics }: { topics: readonly MentionTopic[] }) {
  const { found } = useWords();
  return topics
    .filter(({ judged }) => judged !== false)
    .map(({ topic: { id, name, colour } }) => (
      <Link key={id} className={styles.mark} href={streamAddress({ topic: id })} aria-label={found.by(name)}>
        <TopicMark colour={colour} size={12} />
        <span dir="auto">{name}</span>
      </Link>
    ));
}

/** Why a message is here: which topic found it, by which of its versions and with which words; and whether that is right. */
export function FoundBy(props: {
  mention: Mention;
  topics: readonly MentionTopic[];
  error: Error | null;
  onNotice: (notice: Notice) => void;
}) {
  const { mention, topics, error, onNotice } = props;
  const { found } = useWords();
  if (error) return <p role="alert">{found.failed}</p>;
  if (topics.length === 0) return null;
  return (
    <ul className={styles.all}>
      {topics.map((by) => (
        <By key={by.topic.id} mention={mention} by={by} onNotice={onNotice} />
      ))}
    </ul>
  );
}

function By({ mention, by, onNotice }: { mention: Mention; by: MentionTopic; onNotice: (notice: Notice) => void }) {
  const { found, topicActs, versions } = useWords();
  const { topic, version, query, current, at, byRun, words, judged, judgedBy } = by;
  const mayJudge = useRight('topics');
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const judging = useMutation({
    mutationFn: (about: boolean | null) => judgeMention(mention.id, topic.id, about),
    onSuccess: (now, about) => {
      client.setQueryData<MentionTopic[]>(['mention-topics', mention.threadId], (all) =>
        all?.map((one) => (one.mention === mention.id && one.topic.id === topic.id ? now : one)),
      );
      for (const queryKey of [['topics'], ['stream'], ['figures'], ['counts'], ['topic-preview']])
        void client.invalidateQueries({ queryKey }).catch(() => undefined);
      if (about === false) onNotice({ says: found.said(topic.name), undo: () => judging.mutate(judged) });
      else onNotice({ says: found.takenBack(topic.name) });
    },
    onError: (problem) =>
      onNotice({ says: `${topicActs.notDone} ${problem instanceof RefusedError ? (problem.detail ?? '') : ''}` }),
  });
  return (
    <li>
      <p className={styles.head}>
        <TopicMark colour={topic.colour} size={14} />
        <Link href={topicAddress(topic.id)} dir="auto">
          {topic.name}
        </Link>
        <span>
          {current ? found.version(version) : found.older(version)}, <Moment at={at} say="spoken" />
          {byRun && `, ${found.afterwards}`}
        </span>
      </p>
      <p>{words.length > 0 ? found.words(words.map((word) => `‘${word}’`).join(', ')) : found.fields}</p>
      {judged === false && judgedBy && <p className={styles.judged}>{found.notUsBy(judgedBy.name)}</p>}
      {judged === true && judgedBy && <p className={styles.judged}>{found.isUsBy(judgedBy.name)}</p>}
      <p className={styles.links}>
        {mayJudge && (
          <button
            type="button"
            className="link"
            disabled={judging.isPending}
            onClick={() => judging.mutate(judged === false ? null : false)}
          >
            {judged === false ? found.isUs : found.notUs}
          </button>
        )}
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {found.query}
        </button>
      </p>
      {isOpen && (
        <p className={styles.query} title={versions.title} dir="auto">
          {query}
        </p>
      )}
    </li>
  );
}
