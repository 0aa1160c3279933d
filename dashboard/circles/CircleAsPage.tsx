import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { RefusedError } from '../api.ts';
import { type CircleAs, fetchAs } from '../api-circles.ts';
import { Choice } from '../frame/Choice.tsx';
import { Message } from '../frame/Message.tsx';
import { useTitle } from '../frame/title.ts';
import { LampMark } from '../marks/Marks.tsx';
import { circleAddress, circleAsAddress, circlesAddress, type Standing, standings } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import { CircleKind } from './CircleKind.tsx';
import styles from './CirclePage.module.css';
import { State } from './CirclePage.tsx';
import lines from './Conversations.module.css';
import { ThreadLine } from './Conversations.tsx';
import { FramePanel } from './FramePanel.tsx';
import { whyNot } from './why-not.ts';

/** What somebody else sees of a circle, for who keeps it: in a frame of its own, so that nobody mistakes it for the circle. */
export function CircleAsPage({ circleId, standing }: { circleId: string; standing: Standing }) {
  const words = useWords();
  const { circleAs: say, circle: page, circleSettings, stream } = words;
  const [, navigate] = useLocation();
  useTitle(say.title);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);
  const { data, error, refetch } = useQuery({
    queryKey: ['circle', circleId, 'as', standing],
    queryFn: ({ signal }) => fetchAs(circleId, standing, signal),
  });
  if (error && !data) {
    const code = error instanceof RefusedError ? error.code : null;
    return code === 'not_found' || code === 'invalid_request' ? (
      <Message title={page.gone} level={1} action={{ label: page.toList, href: circlesAddress }}>
        {page.goneWhy}
      </Message>
    ) : code === 'not_host' ? (
      <Message
        title={circleSettings.notHost}
        level={1}
        action={{ label: circleSettings.back, href: circleAddress(circleId) }}
      >
        {circleSettings.notHostWhy}
      </Message>
    ) : (
      <Message
        title={page.failed}
        level={1}
        urgent
        action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
      >
        {whyNot(error, words)}
      </Message>
    );
  }
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <h1>{say.title}</h1>
        <div className={styles.stand}>
          <Choice
            label={say.label}
            isLabelled={false}
            value={standing}
            options={standings.map((value) => ({ value, label: say.standings[value] }))}
            onChoose={(next) => navigate(circleAsAddress(circleId, next), { replace: true })}
          />
          <Link className="button" href={circleAddress(circleId)}>
            {say.stop}
          </Link>
        </div>
        <section className={styles.framed} aria-label={say.says[standing]}>
          <p className={styles.asWho}>
            <strong>{say.says[standing]}</strong>
          </p>
          {data && <Seen as={data} />}
        </section>
      </div>
    </div>
  );
}

function Seen({ as: { circle, acts, threads } }: { as: CircleAs }) {
  const { circleAs: say, circle: page } = useWords();
  if (!circle)
    return (
      <>
        <h2>{say.nothing}</h2>
        <p>{say.nothingWhy}</p>
      </>
    );
  return (
    <>
      <p className={styles.kicker}>
        <LampMark /> <strong>{page.kicker}</strong> <CircleKind kind={circle.kind} />
      </p>
      <h2 dir="auto">{circle.name}</h2>
      <p className={styles.until}>
        {acts.length > 0 ? `${say.may}: ${acts.map((act) => say.acts[act]).join(', ')}.` : `${say.mayNothing}.`}
      </p>
      <State circle={circle} />
      {circle.frame && <FramePanel circle={circle} frame={circle.frame} isStill />}
      <h2>{page.threads}</h2>
      {threads.length === 0 ? (
        <p>{page.noThreadsWhy}</p>
      ) : (
        <ul className={lines.list}>
          {threads.map((thread) => (
            <ThreadLine key={thread.id} circle={circle} thread={thread} />
          ))}
        </ul>
      )}
    </>
  );
}
