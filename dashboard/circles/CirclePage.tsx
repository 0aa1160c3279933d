import { type ReactNode, useEffect, useState } from 'react';
import { RefusedError } from '../api.ts';
import type { Circle } from '../api-circles.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useTitle } from '../frame/title.ts';
import { LevelMenu } from '../inbox/LevelMenu.tsx';
import { circlesAddress } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { day } from '../time.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { CircleHead } from './CircleHead.tsx';
import styles from './CirclePage.module.css';
import { CircleSide } from './CircleSide.tsx';
import { Conversations } from './Conversations.tsx';
import { sayDay } from './days.ts';
import { FramePanel } from './FramePanel.tsx';
import { useCircle } from './queries.ts';

/** A circle: its frame, where the talk stands, its conversations and who is in it. */
export function CirclePage({ circleId }: { circleId: string }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);
  return (
    <>
      <KnownCircle circleId={circleId}>{(circle) => <Talk circle={circle} onNotice={setNotice} />}</KnownCircle>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

/** Draws its children once a circle is known; what is not there, or not for this reader, is said. */
export function KnownCircle({ circleId, children }: { circleId: string; children: (circle: Circle) => ReactNode }) {
  const { circle: say, circles, stream, frame, talk } = useWords();
  const { data, error, refetch } = useCircle(circleId);
  useTitle(data ? circleName(data, talk) : circles.title);
  const isGone = error instanceof RefusedError && (error.code === 'not_found' || error.code === 'invalid_request');
  if (isGone)
    return (
      <Message title={say.gone} level={1} action={{ label: say.toList, href: circlesAddress }}>
        {say.goneWhy}
      </Message>
    );
  if (data) return children(data);
  if (!error) return <p className="unseen">{frame.loading}</p>;
  return (
    <Message
      title={say.failed}
      level={1}
      urgent
      action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
    >
      {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
      {circles.failedKept}
    </Message>
  );
}

function Talk({ circle, onNotice }: { circle: Circle; onNotice: (notice: Notice) => void }) {
  const { levels, talk } = useWords();
  const hasSide = circle.acts.includes('people');
  return (
    <div className={hasSide ? `${styles.page} ${styles.sided}` : styles.page}>
      <div className={styles.main}>
        <CircleHead circle={circle} onNotice={onNotice} />
        <Standing circle={circle} />
        {/* Whoever is new reads first how the talk stands. */}
        {circle.acknowledged === 0 && <State circle={circle} />}
        {circle.frame && (
          <FramePanel key={circle.frame.version} circle={circle} frame={circle.frame} onNotice={onNotice} />
        )}
        {circle.acknowledged > 0 && <State circle={circle} />}
        <Conversations circle={circle} onNotice={onNotice} />
        {!hasSide && circle.hosts.length > 0 && <Hosts circle={circle} />}
        {!hasSide && !circle.ended && <LevelMenu circleId={circle.id} label={levels.of(circleName(circle, talk))} />}
      </div>
      {hasSide && <CircleSide circle={circle} />}
    </div>
  );
}

/** What keeps the reader from writing, and what came of a circle that is over. */
function Standing({ circle }: { circle: Circle }) {
  const { words, language } = useSpoken();
  const { circle: say } = words;
  const { ended, conclusion, muted, until } = circle;
  return (
    <>
      {ended && (
        <section className={styles.told} aria-label={say.endedTitle}>
          <h2>{say.endedTitle}</h2>
          <p>{say.endedWhy}</p>
          {conclusion && (
            <>
              <h3>{say.conclusion}</h3>
              <p className={styles.prose} dir="auto">
                {conclusion}
              </p>
            </>
          )}
        </section>
      )}
      {muted && (
        <section className={styles.told} aria-label={say.muted}>
          <h2>{say.muted}</h2>
          <p dir="auto">{say.mutedWhy(muted.reason)}</p>
        </section>
      )}
      {until && !ended && <p className={styles.until}>{say.until(sayDay(until, language, new Date()))}</p>}
    </>
  );
}

/** Where the talk stands, as a host wrote it. */
export function State({ circle }: { circle: Circle }) {
  const { words, language } = useSpoken();
  const { circle: say } = words;
  const { state } = circle;
  if (!state) return null;
  return (
    <section className={styles.state} aria-labelledby="state-title">
      <div className={styles.line}>
        <h2 id="state-title">{say.state}</h2>
        <p className={styles.meta}>
          {say.stateBy(state.madeBy.name)}, {day(new Date(state.madeAt), language, new Date())}
        </p>
      </div>
      <p className={styles.prose} dir="auto">
        {state.text}
      </p>
    </section>
  );
}

/** To a guest the hosts are known, and nobody else who is there. */
function Hosts({ circle }: { circle: Circle }) {
  const { circle: say } = useWords();
  return (
    <section className={styles.hosts} aria-labelledby="hosts-title">
      <h2 id="hosts-title">{say.hosts}</h2>
      <ul>
        {circle.hosts.map(({ person, role }) => (
          <li key={person.id}>
            {person.name}
            {role === 'deputy' && <span className={styles.meta}> {say.deputy}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
