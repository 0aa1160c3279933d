import { useId, useState } from 'react';
import type { Mention } from '../api.ts';
import { Moment } from '../Moment.tsx';
import { AwayMark, Chevron } from '../marks/Marks.tsx';
import { langOf } from '../stream/Row.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Copies.module.css';

/** The same thing said elsewhere, folded under the first; `notSent` more are known than came along. */
export function Copies({ copies, notSent }: { copies: Mention[]; notSent: number }) {
  const { thread, frame } = useWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const nameOf = (mention: Mention) => mention.source?.label ?? thread.unknownSource;
  const names = [...new Set(copies.map(nameOf))];
  const total = copies.length + notSent;
  const others = total - Math.min(2, names.length);
  const named = others > 0 ? names.slice(0, 2).join(', ') : names.slice(0, 2).join(` ${thread.and} `);
  return (
    <div className={styles.copies}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Chevron to={open ? 'down' : 'right'} />
        <strong>{thread.copies(total)}</strong>
        <span className={styles.names}>
          {named} {others > 0 && thread.andOthers(others)}
        </span>
      </button>
      <div id={id}>
        {open && (
          <ul className={styles.list}>
            {copies.map((mention) => (
              <li key={mention.id}>
                <span className={styles.source}>{nameOf(mention)}</span>
                {mention.state === 'live' && mention.url ? (
                  <a href={mention.url} target="_blank" rel="noopener noreferrer" lang={langOf(mention.language)}>
                    {mention.title ?? mention.text?.slice(0, 90) ?? mention.url} <AwayMark />
                    <span className="unseen"> ({frame.newTab})</span>
                  </a>
                ) : (
                  <span>{mention.state === 'live' ? mention.title : thread.gone[mention.state]}</span>
                )}
                <Moment at={mention.publishedAt} className={styles.time!} />
              </li>
            ))}
            {notSent > 0 && <li>{thread.notShown(notSent)}</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
