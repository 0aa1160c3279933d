import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Circle } from '../api-circles.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { Invitations } from '../guests/Invitations.tsx';
import { circleAddress } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import { KnownCircle } from './CirclePage.tsx';
import styles from './CircleSettings.module.css';
import { EndCircle } from './EndCircle.tsx';
import { FrameSettings } from './FrameSettings.tsx';
import { HandOverCircle } from './HandOverCircle.tsx';
import { MemberSettings } from './MemberSettings.tsx';
import { NameSettings, StateSettings } from './WordSettings.tsx';

/** What a host sets of a circle, each part with what it does. */
export function CircleSettings({ circleId }: { circleId: string }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);
  return (
    <>
      <KnownCircle circleId={circleId}>{(circle) => <Settings circle={circle} onNotice={setNotice} />}</KnownCircle>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

function Settings({ circle, onNotice }: { circle: Circle; onNotice: (notice: Notice) => void }) {
  const { circleSettings: say, talk } = useWords();
  const back = circleAddress(circle.id);
  if (!circle.acts.includes('host'))
    return (
      <Message title={say.notHost} level={1} action={{ label: say.back, href: back }}>
        {say.notHostWhy}
      </Message>
    );
  const its = { circle, onNotice };
  const isArchived = circle.archivedAt !== null;
  return (
    <div className={styles.page}>
      <div className={styles.inside}>
        <header className={styles.head}>
          <h1 dir="auto">{say.titleOf(circleName(circle, talk))}</h1>
          <Link className="button" href={back}>
            {say.back}
          </Link>
        </header>
        {!isArchived && (
          <>
            <NameSettings {...its} />
            <FrameSettings {...its} />
            {!circle.ended && <StateSettings {...its} />}
          </>
        )}
        <MemberSettings {...its} />
        {circle.kind === 'closed' && (
          <div className={styles.section}>
            <Invitations circleId={circle.id} />
          </div>
        )}
        {circle.standing === 'host' && !isArchived && <HandOverCircle {...its} />}
        <EndCircle {...its} />
      </div>
    </div>
  );
}
