import { useState } from 'react';
import type { Rows } from '../api-query.ts';
import type { TopicSample } from '../api-topics.ts';
import { Bold } from '../figures/Figure.tsx';
import { Choice } from '../frame/Choice.tsx';
import { Moment } from '../Moment.tsx';
import { langOf } from '../stream/Row.tsx';
import { useSpoken } from '../words/Worded.tsx';
import { Marked } from './Marked.tsx';
import styles from './Preview.module.css';
import { whyHere } from './why.ts';

type Judgement = 'right' | 'wrong' | 'none';

/** One of what would be found, with the words that found it, and whether that is right. */
export function Sample(props: {
  sample: TopicSample;
  rows: Rows | null;
  judged: boolean | null;
  onJudge: (about: boolean) => void;
}) {
  const { sample, rows, judged, onJudge } = props;
  const { words, language } = useSpoken();
  const { bring, thread } = words;
  const [isOpen, setIsOpen] = useState(false);
  const { source, at, title, text, spans } = sample;
  const judgement: Judgement = judged === null ? 'none' : judged ? 'right' : 'wrong';
  return (
    <li className={styles.sample}>
      <div className={styles.line}>
        <p className={styles.kicker}>
          <span className={styles.source} dir="auto">
            {source?.label ?? thread.unknownSource}
          </span>{' '}
          <Moment at={at} say="spoken" />
        </p>
        <Choice<Judgement>
          label={`${bring.judge} ${title ?? text.slice(0, 60)}`}
          isLabelled={false}
          className={styles.judge}
          options={[
            { value: 'right', label: bring.right },
            { value: 'wrong', label: bring.wrongOne },
          ]}
          value={judgement}
          onChoose={(value) => onJudge(value === 'right')}
        />
      </div>
      <SampleWords {...{ title, text, spans }} language={sample.language} isWhole={isOpen} />
      <button
        type="button"
        className={`link ${styles.whyButton}`}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {bring.why}
      </button>
      {isOpen && (
        <div className={styles.why}>
          <Bold>{whyHere(sample, rows, words, language)}</Bold>
        </div>
      )}
    </li>
  );
}

/** The words of something found, in their own language. */
export function SampleWords(props: Pick<TopicSample, 'title' | 'text' | 'spans' | 'language'> & { isWhole?: boolean }) {
  const { title, text, spans, language, isWhole = false } = props;
  return (
    <div lang={langOf(language)} dir="auto" className={isWhole ? styles.words : `${styles.words} ${styles.cut}`}>
      {title && (
        <p className={styles.title}>
          <Marked text={title} part="title" spans={spans} />
        </p>
      )}
      {text && (
        <p className={title ? styles.text : undefined}>
          <Marked text={text} part="text" spans={spans} />
        </p>
      )}
    </div>
  );
}
