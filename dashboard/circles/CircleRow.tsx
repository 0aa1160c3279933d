import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CircleSummary } from '../api-circles.ts';
import { LampMark } from '../marks/Marks.tsx';
import { circleAddress } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { CircleKind } from './CircleKind.tsx';
import styles from './CirclesPage.module.css';
import { sayDay } from './days.ts';

/** A circle in a list: what it asks, who keeps it and how it stands. */
export function CircleRow({ circle, act }: { circle: CircleSummary; act?: ReactNode }) {
  const { words, language } = useSpoken();
  const { circles: say, talk, stream } = words;
  const { id, kind, question, endsOn, ended, archivedAt, hosts, people, threads, unread } = circle;
  const now = new Date();
  const name = circleName(circle, talk);
  const facts = [
    people && say.people(people.colleagues, people.guests),
    say.running(threads.open),
    archivedAt
      ? say.archivedOn(day(new Date(archivedAt), language, now))
      : endsOn && (ended ? say.endedOn : say.until)(sayDay(endsOn, language, now)),
  ].filter(Boolean);
  return (
    <li className={unread ? `${styles.row} ${styles.unread}` : styles.row}>
      <span className={styles.strip}>
        <LampMark />
        {unread && <span className={styles.dot} />}
      </span>
      <div className={styles.text}>
        <CircleKind kind={kind} />
        <h3 className={styles.name}>
          {unread && <span className="unseen">{stream.isUnread}: </span>}
          <Link href={circleAddress(id)} dir="auto">
            {name}
          </Link>
        </h3>
        {question && (
          <p className={styles.question} dir="auto">
            {question}
          </p>
        )}
        <p className={styles.facts}>{facts.join(' · ')}</p>
        {hosts.length > 0 && (
          <p className={styles.facts}>{say.hosts(hosts.map(({ person }) => person.name).join(', '))}</p>
        )}
      </div>
      {act && <div className={styles.act}>{act}</div>}
    </li>
  );
}
