import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { type Circle, joinCircle, leaveCircle } from '../api-circles.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { LampMark } from '../marks/Marks.tsx';
import { circleAddress, circleAsAddress, circlesAddress, newThreadIn } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { MoreMenu } from '../thread/MoreMenu.tsx';
import { useWords } from '../words/Worded.tsx';
import { CircleKind } from './CircleKind.tsx';
import styles from './CirclePage.module.css';
import { useCircleChanged } from './queries.ts';
import { whyNot } from './why-not.ts';

/** What kind of circle it is, its name, and what one can do with all of it. */
export function CircleHead({ circle, onNotice }: { circle: Circle; onNotice: (notice: Notice) => void }) {
  const words = useWords();
  const { circle: say, circles, talk } = words;
  const [, navigate] = useLocation();
  const changed = useCircleChanged();
  const { id, acts, kind, standing, onlyThreadId } = circle;
  const name = circleName(circle, talk);
  const onError = (error: Error) => onNotice({ says: whyNot(error, words) });
  const join = useMutation({
    mutationFn: () => joinCircle(id),
    onSuccess: (joined) => {
      changed(joined);
      onNotice({ says: circles.joined(name), undo: () => leave.mutate() });
    },
    onError,
  });
  const leave = useMutation({
    mutationFn: () => leaveCircle(id),
    onSuccess: () => {
      changed(null);
      onNotice({ says: circles.left(name), ...(kind === 'internal' ? { undo: () => join.mutate() } : {}) });
      // Of a closed circle nothing is left to look at.
      if (kind === 'closed') navigate(circlesAddress);
    },
    onError,
  });
  const isHost = acts.includes('host');
  const mayLeave = standing === 'member' && kind !== 'desk';
  const more = [
    ...(isHost ? [{ label: say.lookAs, run: () => navigate(circleAsAddress(id, 'guest')) }] : []),
    ...(mayLeave ? [{ label: circles.leave, run: () => leave.mutate() }] : []),
  ];
  return (
    <header className={styles.head}>
      <div className={styles.says}>
        <p className={styles.kicker}>
          <LampMark /> <strong>{onlyThreadId ? say.one : say.kicker}</strong> <CircleKind kind={kind} />
        </p>
        <h1 dir="auto">{name}</h1>
      </div>
      <div className={styles.buttons}>
        {isHost && (
          <Link className="button" href={circleAddress(id, 'settings')}>
            {say.settings}
          </Link>
        )}
        {acts.includes('join') && standing === 'none' && circle.frame && (
          <button type="button" className="button" disabled={join.isPending} onClick={() => join.mutate()}>
            {circles.join}
          </button>
        )}
        {more.length > 0 && <MoreMenu label={say.more} name={say.moreOf(name)} items={more} />}
        {acts.includes('write') && !onlyThreadId && (
          <Link className="button primary" href={newThreadIn(id)}>
            {say.begin}
          </Link>
        )}
      </div>
    </header>
  );
}
