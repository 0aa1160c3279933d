import { useId, useState } from 'react';
import type { Mention } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Moment } from '../Moment.tsx';
import { Chevron } from '../marks/Marks.tsx';
import { langOf } from '../stream/Row.tsx';
import { useSourceName } from '../stream/source-name.ts';
import { Tone } from '../stream/Tone.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Copies.module.css';
import { ReadAt, Said } from './Entry.tsx';
import { EraseAuthor } from './EraseAuthor.tsx';

/** The same thing said elsewhere, folded under the first; `notSent` more are known than came along. */
export function Copies(props: { copies: Mention[]; notSent: number; onNotice: (notice: Notice) => void }) {
  const { copies, notSent, onNotice } = props;
  const { thread } = useWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const sourceName = useSourceName();
  const names = [...new Set(copies.map(({ source, url }) => sourceName(source, url)))];
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
              <Copy key={mention.id} mention={mention} onNotice={onNotice} />
            ))}
            {notSent > 0 && <li>{thread.notShown(notSent)}</li>}
          </ul>
        )}
      </div>
    </div>
  );
}

/** One of them on a line, which opens to what it says itself and why it stands here. */
function Copy({ mention, onNotice }: { mention: Mention; onNotice: (notice: Notice) => void }) {
  const { thread, why } = useWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const source = useSourceName()(mention.source, mention.url);
  const isLive = mention.state === 'live';
  const gone = mention.state === 'live' ? null : thread.gone[mention.state];
  const reason = why.reasons[mention.joined?.reason as keyof typeof why.reasons] ?? why.otherReason;
  return (
    <li>
      <button
        type="button"
        className={styles.copy}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Chevron to={open ? 'down' : 'right'} />
        <span className={styles.source}>{source}</span>
        <span className={styles.line} lang={isLive ? langOf(mention.language) : undefined} dir="auto">
          {gone ?? mention.title ?? mention.text?.slice(0, 90) ?? mention.url}
        </span>
        <Moment at={mention.publishedAt} className={styles.time!} />
      </button>
      <div id={id}>
        {open && (
          <div className={styles.own}>
            {isLive && mention.sentiment && <Tone sentiment={mention.sentiment} />}
            {isLive && <Said mention={mention} threadTitle={mention.title} />}
            <p>
              {why.joined} {reason}
            </p>
            {isLive && mention.url && (
              <p>
                <ReadAt url={mention.url} source={source} />
              </p>
            )}
            {mention.author && (
              <p className={styles.erase}>
                <EraseAuthor mention={mention} onNotice={onNotice} />
              </p>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
