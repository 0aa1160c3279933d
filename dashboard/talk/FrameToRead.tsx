import type { FrameVersions } from '../api-circles.ts';
import { Differences } from '../circles/FrameChanges.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './FrameToRead.module.css';

const parts = ['inScope', 'outOfScope', 'result', 'houseRule'] as const;

/** What a writer reads before the next reply: the frame of a circle, or what changed in it since they read it. */
export function FrameToRead({ versions }: { versions: FrameVersions }) {
  const { border, circle: say } = useWords();
  const newest = versions.frames[0];
  if (!newest) return null;
  const { frame } = newest;
  const isKnown = versions.acknowledged > 0;
  const since = versions.frames.filter((one) => one.frame.version > versions.acknowledged);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
    <section className={styles.frame} tabIndex={0} aria-label={border.refused.frameLabel}>
      <p className={styles.question} dir="auto">
        {frame.question}
      </p>
      <p>{isKnown ? border.refused.frameChanged : border.refused.frameNew}</p>
      {isKnown ? (
        since.map((one) => (
          <div key={one.frame.version}>
            {one.frame.note && <p dir="auto">{one.frame.note}</p>}
            <Differences changes={one.changes} />
          </div>
        ))
      ) : (
        <dl>
          {parts.map((part) => (
            <div key={part}>
              <dt>{say.frameParts[part]}</dt>
              <dd dir="auto">{frame[part]}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
