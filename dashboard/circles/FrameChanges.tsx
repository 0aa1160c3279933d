import { useQuery } from '@tanstack/react-query';
import { type FrameVersions, fetchFrames } from '../api-circles.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { day } from '../time.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { sayDay } from './days.ts';
import styles from './FramePanel.module.css';
import { whyNot } from './why-not.ts';

type Change = FrameVersions['frames'][number]['changes'][number];

/** How the frame came to be what it is: every version with what it says that the one before it did not. */
export function FrameChanges({ circleId, onClose }: { circleId: string; onClose: () => void }) {
  const { words, language } = useSpoken();
  const { circle: say, frame: frameWords } = words;
  const { data, error } = useQuery({
    queryKey: ['circle', circleId, 'frames'],
    queryFn: ({ signal }) => fetchFrames(circleId, signal),
  });
  return (
    <Dialog title={say.changesTitle} onClose={onClose}>
      {!data && !error && <p>{frameWords.loading}</p>}
      {error && <p role="alert">{whyNot(error, words)}</p>}
      <ol className={styles.versions}>
        {data?.frames.map(({ frame, changes }, at) => (
          <li key={frame.version}>
            <h3>{say.versionHead(frame.version)}</h3>
            <p className={styles.by}>
              {day(new Date(frame.madeAt), language, new Date())}
              {frame.madeBy && ` ${say.by(frame.madeBy.name)}`}
            </p>
            {frame.note && <p dir="auto">{frame.note}</p>}
            {at === data.frames.length - 1 ? (
              <p>{say.firstVersion}</p>
            ) : changes.length > 0 ? (
              <Differences changes={changes} />
            ) : (
              <p>{say.sameFrame}</p>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

/** What changed, part by part: what went is struck through, what came is underlined, and both are said. */
export function Differences({ changes }: { changes: readonly Change[] }) {
  const { circle: say } = useWords();
  return (
    <dl className={styles.changes}>
      {changes.map(({ part, pieces }) => (
        <div key={part}>
          <dt>{say.frameParts[part]}</dt>
          <dd dir="auto">
            {pieces.map((piece, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have only their place
              <Piece key={at} part={part} {...piece} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Piece({ part, kind, text }: { part: Change['part'] } & Change['pieces'][number]) {
  const { words, language } = useSpoken();
  const { circle: say } = words;
  const says =
    part === 'endsOn'
      ? sayDay(text, language, new Date())
      : part === 'afterEnd'
        ? say.afterEnd[text as keyof typeof say.afterEnd]
        : text;
  if (kind === 'same') return says;
  const Tag = kind === 'removed' ? 'del' : 'ins';
  return (
    <>
      <Tag>
        <span className="unseen">{kind === 'removed' ? say.removedWords : say.addedWords} </span>
        {says}
      </Tag>
      {(part === 'endsOn' || part === 'afterEnd') && ' '}
    </>
  );
}
