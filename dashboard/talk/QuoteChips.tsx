import type { Mention } from '../api.ts';
import { useSourceName } from '../stream/source-name.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './QuoteChips.module.css';
import type { QuoteRef } from './written.ts';

/** The quotes that go with what is being written, each with a way to leave it out. Their words are asked of the messages. */
export function QuoteChips(props: {
  quotes: readonly QuoteRef[];
  mentions: readonly Mention[];
  onChange: (quotes: QuoteRef[]) => void;
}) {
  const { quotes, mentions, onChange } = props;
  const { talk } = useWords();
  const sourceName = useSourceName();
  if (quotes.length === 0) return null;
  return (
    <ul className={styles.chips}>
      {quotes.map(({ id, from, to }, index) => {
        const mention = mentions.find((one) => one.id === id);
        const source = sourceName(mention?.source, mention?.url);
        return (
          <li key={`${id} ${from} ${to}`} className={styles.chip}>
            <span className={styles.words}>
              <span className={styles.source}>{talk.cited(source)}: </span>
              {mention?.text?.slice(from, to) ?? talk.quoteGone}
            </span>
            <button
              type="button"
              className="link"
              aria-label={`${talk.withoutQuote}: ${source}`}
              onClick={() => onChange(quotes.filter((_, place) => place !== index))}
            >
              {talk.withoutQuote}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
