import { useEffect, useState } from 'react';
import type { Case } from '../api-desk.ts';
import { useMe } from '../session.ts';
import { webAddress } from '../talk/plain-text.ts';
import { spokenTime } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { minutesSince, waitLong } from './waiting.ts';

/** How a thread stands at the desk, in one sentence, with the way to the answer where there is one. */
export function CaseLine({ present }: { present: Case }) {
  const { words, language } = useSpoken();
  const { desk, frame } = words;
  const me = useMe();
  const now = useMinute();
  const said = (at: string | null) => (at === null ? '' : spokenTime(new Date(at), language, words, now));
  const { state, holder, closedBy, reason, note, answerUrl, answerText } = present;
  const waits = waitLong(minutesSince(present.waitingSince, now), desk.wait);
  if (state === 'open') return <strong>{desk.waitsOpen(waits)}</strong>;
  if (state === 'taken') {
    const since = said(present.takenAt);
    return (
      <>
        <strong>{holder?.id === me.id ? desk.takenByYou(since) : desk.takenBy(holder?.name ?? '', since)}</strong>
        {' · '}
        {desk.waits(waits)}
      </>
    );
  }
  const by = closedBy?.name ?? desk.somebody;
  if (state === 'unanswered')
    return (
      <>
        <strong>{desk.unansweredBy(by, said(present.closedAt))}</strong>
        {reason && `: ${desk.reasons[reason].toLowerCase()}`}
        {note && ` (${note})`}
      </>
    );
  const address = answerUrl === null ? null : webAddress(answerUrl);
  return (
    <>
      <strong>{desk.answeredBy(by, said(present.closedAt))}</strong>
      {address !== null && (
        <>
          {' · '}
          <a href={address} target="_blank" rel="noopener noreferrer">
            {desk.seeAnswer}
            <span className="unseen"> ({frame.newTab})</span>
          </a>
        </>
      )}
      {answerText && (
        <details>
          <summary>{desk.answerText}</summary>
          <span style={{ whiteSpace: 'pre-line' }}>{answerText}</span>
        </details>
      )}
    </>
  );
}

/** The time, told anew every half minute. */
export function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
