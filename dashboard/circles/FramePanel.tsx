import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { acknowledgeFrame, type Circle, type Frame } from '../api-circles.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Chevron } from '../marks/Marks.tsx';
import { day, longDay } from '../time.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { dateOf, timeLeft } from './days.ts';
import { FrameChanges } from './FrameChanges.tsx';
import styles from './FramePanel.module.css';
import { useCircleChanged } from './queries.ts';
import { whyNot } from './why-not.ts';

/** The frame as a window frame: open for who has yet to read it, else folded to its question. */
export function FramePanel(props: {
  circle: Circle;
  frame: Frame;
  onNotice?: (notice: Notice) => void;
  /** Only looked at: nothing of it can be done. */
  isStill?: boolean;
}) {
  const { circle, frame, onNotice, isStill = false } = props;
  const { words, language } = useSpoken();
  const { circle: say } = words;
  const isRead = circle.acknowledged >= frame.version;
  const [isOpen, setIsOpen] = useState(isStill || !isRead);
  const [isComparing, setIsComparing] = useState(false);
  const id = useId();
  const changed = useCircleChanged();
  const acknowledge = useMutation({
    mutationFn: () => acknowledgeFrame(circle.id, frame.version),
    onSuccess: (answer) => {
      setIsOpen(false);
      changed(answer);
      onNotice?.({ says: say.acknowledged });
    },
    onError: (error) => onNotice?.({ says: whyNot(error, words) }),
  });
  const mayAcknowledge = !isStill && !isRead && circle.acts.includes('write');
  return (
    <section className={styles.frame} aria-labelledby={`${id}-title`}>
      <div className={styles.head}>
        <h2 id={`${id}-title`} className={styles.title}>
          {say.frame}
        </h2>
        <p className={styles.version}>
          {say.version(frame.version, day(new Date(frame.madeAt), language, new Date()))}
          {!isStill && frame.version > 1 && (
            <>
              {' · '}
              <button type="button" className="link" onClick={() => setIsComparing(true)}>
                {say.changes}
              </button>
            </>
          )}
        </p>
      </div>
      <dl className={styles.parts} id={`${id}-parts`}>
        <FrameWords frame={frame} isWhole={isOpen} />
      </dl>
      {!isStill && (
        <div className={styles.foot}>
          {mayAcknowledge && (
            <>
              <p>{circle.acknowledged > 0 ? say.changedToRead : say.toRead}</p>
              <button
                type="button"
                className="button"
                disabled={acknowledge.isPending}
                onClick={() => acknowledge.mutate()}
              >
                {say.acknowledge}
              </button>
            </>
          )}
          {!mayAcknowledge && (
            <button
              type="button"
              className={`link ${styles.fold}`}
              aria-expanded={isOpen}
              aria-controls={`${id}-parts`}
              onClick={() => setIsOpen(!isOpen)}
            >
              {isOpen ? say.fold : say.unfold} <Chevron to={isOpen ? 'up' : 'down'} />
            </button>
          )}
        </div>
      )}
      {isComparing && <FrameChanges circleId={circle.id} onClose={() => setIsComparing(false)} />}
    </section>
  );
}

/** The parts of a frame under their names; folded, its question alone. */
export function FrameWords({
  frame,
  isWhole,
}: {
  frame: Omit<Frame, 'version' | 'note' | 'madeBy' | 'madeAt'>;
  isWhole: boolean;
}) {
  const { words, language } = useSpoken();
  const { circle: say } = words;
  const now = new Date();
  const parts: [keyof typeof say.frameParts, string][] = [
    ['inScope', frame.inScope],
    ['outOfScope', frame.outOfScope],
    ['result', frame.result],
    [
      'endsOn',
      frame.endsOn === ''
        ? words.circleForm.notFilled
        : `${longDay(dateOf(frame.endsOn), language)}, ${timeLeft(frame.endsOn, say, now)}`,
    ],
    ['afterEnd', say.afterEnd[frame.afterEnd]],
    ['houseRule', frame.houseRule],
  ];
  return (
    <>
      <Part name="question" says={frame.question} />
      {isWhole && parts.map(([name, says]) => <Part key={name} name={name} says={says} />)}
    </>
  );
}

function Part({ name, says }: { name: keyof ReturnType<typeof useWords>['circle']['frameParts']; says: string }) {
  const { frameParts } = useWords().circle;
  return (
    <div className={name === 'question' ? `${styles.part} ${styles.question}` : styles.part}>
      <dt>{frameParts[name]}</dt>
      <dd dir="auto">{says}</dd>
    </div>
  );
}
