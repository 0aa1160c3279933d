import { Link } from 'wouter';
import type { Tip } from '../api-tips.ts';
import { Moment } from '../Moment.tsx';
import { streamAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './MyTips.module.css';

/** What one handed in: what it was, and what became of it. */
export function MyTips({ tips }: { tips: Tip[] }) {
  return (
    <ul>
      {tips.map((tip) => (
        <li key={tip.id} className={styles.tip}>
          <TipLine tip={tip} />
        </li>
      ))}
    </ul>
  );
}

function TipLine({ tip }: { tip: Tip }) {
  const { tips: words } = useWords();
  const title = tip.title ?? tip.address ?? tip.text ?? '';
  return (
    <>
      <p className={styles.title} dir="auto">
        {tip.threadId ? (
          <Link href={streamAddress({}, tip.threadId)}>
            <span className="unseen">{words.read}: </span>
            {title}
          </Link>
        ) : (
          title
        )}
      </p>
      <p className={styles.facts}>
        <Moment at={tip.madeAt} say="spoken" /> ·{' '}
        <span className={tip.state === 'refused' ? styles.refused : undefined}>{words.became[tip.state]}</span>{' '}
        {tip.error}
      </p>
      {tip.threadId && (
        <p className={styles.facts}>
          {tip.replies > 0 ? words.replies(tip.replies) : words.noReplies}
          {tip.case && `, ${caseSays(tip.case, words.cases)}`}
        </p>
      )}
      {tip.note && (
        <p className={styles.facts} dir="auto">
          {words.noted(tip.note)}
        </p>
      )}
    </>
  );
}

function caseSays(
  { state, holder }: NonNullable<Tip['case']>,
  words: ReturnType<typeof useWords>['tips']['cases'],
): string {
  return state === 'taken' ? words.taken(holder?.name ?? '') : words[state];
}
