import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { RefusedError } from '../api.ts';
import { type CircleSummary, joinCircle, leaveCircle } from '../api-circles.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { Page } from '../frame/Page.tsx';
import { allCirclesAddress, newCircleAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { CircleRow } from './CircleRow.tsx';
import styles from './CirclesPage.module.css';
import { useCircleChanged, useCircles } from './queries.ts';
import { whyNot } from './why-not.ts';

/** The circles one is in, those one could join, and those that are over. */
export function CirclesPage() {
  const words = useWords();
  const { circles: say, stream } = words;
  const { data, error, refetch } = useCircles();
  const isColleague = useRight('colleague');
  const mayManagePeople = useRight('people');
  const changed = useCircleChanged();
  const [notice, setNotice] = useState<Notice | null>(null);
  const onError = (problem: Error) => setNotice({ says: whyNot(problem, words) });
  const join = useMutation({
    mutationFn: ({ id }: CircleSummary) => joinCircle(id),
    onSuccess: (circle) => {
      changed(circle);
      setNotice({ says: say.joined(circle.name), undo: () => leave.mutate(circle) });
    },
    onError,
  });
  const leave = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => leaveCircle(id),
    onSuccess: (_, { name }) => {
      changed(null);
      setNotice({ says: say.left(name) });
    },
    onError,
  });
  const open = { label: say.open, href: newCircleAddress, primary: true };
  return (
    <>
      <Page
        title={say.title}
        sum={data && data.mine.length > 0 && say.sum(data.mine.length)}
        action={
          isColleague && (
            <span className={styles.acts}>
              {mayManagePeople && (
                <Link className="button" href={allCirclesAddress}>
                  {say.all}
                </Link>
              )}
              <Link className="button primary" href={newCircleAddress}>
                {say.open}
              </Link>
            </span>
          )
        }
      >
        {data && (
          <>
            <List title={say.mine} circles={data.mine}>
              <Message title={say.emptyTitle} {...(isColleague ? { action: open } : {})}>
                {isColleague ? say.emptyWhy : say.emptyGuest}
              </Message>
            </List>
            {isColleague && (
              <List
                title={say.discover}
                why={say.discoverWhy}
                circles={data.discover}
                actOf={(circle) => (
                  <button
                    type="button"
                    className="button"
                    aria-label={say.joinIn(circle.name)}
                    disabled={join.isPending}
                    onClick={() => join.mutate(circle)}
                  >
                    {say.join}
                  </button>
                )}
              >
                <p className={styles.why}>{say.emptyDiscover}</p>
              </List>
            )}
            {data.ended.length > 0 && <List title={say.ended} why={say.endedWhy} circles={data.ended} />}
          </>
        )}
        {!data && error && (
          <Message
            title={say.failed}
            urgent
            action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
          >
            {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
            {say.failedKept}
          </Message>
        )}
      </Page>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

/** One of the lists; what stands in it when it is empty is its `children`. */
function List(props: {
  title: string;
  why?: string;
  circles: readonly CircleSummary[];
  actOf?: (circle: CircleSummary) => React.ReactNode;
  children?: React.ReactNode;
}) {
  const { title, why, circles, actOf, children } = props;
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      {circles.length === 0 ? (
        children
      ) : (
        <>
          {why && <p className={styles.why}>{why}</p>}
          <ul className={styles.list}>
            {circles.map((circle) => (
              <CircleRow key={circle.id} circle={circle} act={actOf?.(circle)} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
