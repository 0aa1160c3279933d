import type { Reason } from '../api-desk.ts';
import type { ThreadEvent } from '../api-talk.ts';
import { webAddress } from '../talk/plain-text.ts';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';
import { Band } from './Band.tsx';
import { EntryTime } from './Entry.tsx';
import styles from './EventBand.module.css';

/** Something that happened to a thread, in one sentence. */
export function EventBand({ event }: { event: ThreadEvent }) {
  const { border, desk, frame } = useWords();
  const { url, note } = event.detail;
  const address = url === undefined ? null : webAddress(url);
  return (
    <Band side="event" mark="ring" time={<EntryTime at={event.at} />}>
      <p>
        {sentenceOf(event, { border, desk })}
        {address !== null && (
          <>
            {' '}
            <a href={address} target="_blank" rel="noopener noreferrer">
              {desk.seeAnswer}
              <span className="unseen"> ({frame.newTab})</span>
            </a>
          </>
        )}
      </p>
      {note !== undefined && note !== '' && (
        <p className={styles.note} dir="auto">
          {note}
        </p>
      )}
    </Band>
  );
}

function sentenceOf({ kind, person, detail }: ThreadEvent, { border, desk }: Pick<Words, 'border' | 'desk'>): string {
  const name = person?.name ?? desk.somebody;
  const { events, reasons } = desk;
  switch (kind) {
    case 'taken':
      return events.taken(name);
    case 'released':
      return events.released(name);
    case 'handed-over':
      return detail.to === undefined || detail.to === name
        ? events.takenOver(name)
        : events.handedOver(name, detail.to);
    case 'answered':
      return events.answered(name);
    case 'unanswered':
      return events.unanswered(name, (reasons[detail.reason as Reason] ?? reasons.other).toLowerCase());
    case 'reopened':
      return events.reopened(name);
    case 'tipped':
      return events.tipped(name);
    case 'moved-here':
      return border.movedHere(name);
    case 'moved-on':
      return border.movedOn(name);
    default:
      return events.other(name);
  }
}
