import { useState } from 'react';
import type { Circle, Member } from '../api-circles.ts';
import { InviteDialog } from '../guests/InviteDialog.tsx';
import { LevelMenu } from '../inbox/LevelMenu.tsx';
import { Badges } from '../people/Badges.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import styles from './CircleSide.module.css';
import { sayDay } from './days.ts';
import { useMembers } from './queries.ts';

/** So many colleagues stand there until all are asked for. */
const mostShown = 8;

/** Who is in the circle: who keeps it, colleagues, and guests from outside with their last day. */
export function CircleSide({ circle }: { circle: Circle }) {
  const { circle: say, circles, levels, talk } = useWords();
  const [isInviting, setIsInviting] = useState(false);
  const { data: members = [] } = useMembers(circle.id, true);
  const here = members.filter(({ past }) => !past);
  const colleagues = here.filter(({ colleague, role }) => colleague && role === 'member');
  const guests = here.filter(({ colleague }) => !colleague);
  const pastGuests = members.filter(({ colleague, past }) => !colleague && past).length;
  return (
    <aside className={styles.side} aria-label={circles.kindWho[circle.kind]}>
      {circle.hosts.length > 0 && (
        <section aria-labelledby="side-hosts">
          <h2 id="side-hosts">{say.hosts}</h2>
          <ul>
            {circle.hosts.map(({ person, role }) => (
              <li key={person.id} className={styles.person}>
                <span dir="auto">{person.name}</span>
                {role === 'deputy' && <span className={styles.end}>{say.deputy}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(colleagues.length > 0 || isOpenToAll(circle)) && <Colleagues circle={circle} colleagues={colleagues} />}
      {circle.kind !== 'internal' && circle.kind !== 'desk' && (
        <section aria-labelledby="side-guests">
          <h2 id="side-guests">
            {say.guests} {guests.length > 0 && <span className={styles.number}>{guests.length}</span>}
          </h2>
          <p className={styles.note}>{guests.length > 0 ? say.guestsSee : say.noGuests}</p>
          <ul>
            {guests.map((guest) => (
              <Guest key={guest.person.id} guest={guest} />
            ))}
          </ul>
          {pastGuests > 0 && <p className={styles.note}>{say.pastGuests(pastGuests)}</p>}
          {circle.acts.includes('invite') && (
            <button type="button" className={`button ${styles.invite}`} onClick={() => setIsInviting(true)}>
              {say.invite}
            </button>
          )}
        </section>
      )}
      {!circle.ended && <LevelMenu circleId={circle.id} label={levels.of(circleName(circle, talk))} />}
      {isInviting && (
        <InviteDialog circleId={circle.id} circleName={circleName(circle, talk)} onClose={() => setIsInviting(false)} />
      )}
    </aside>
  );
}

/** Whether colleagues read it without having been asked in. */
const isOpenToAll = ({ kind }: Circle): boolean => kind === 'internal' || kind === 'public';

function Colleagues({ circle, colleagues }: { circle: Circle; colleagues: readonly Member[] }) {
  const { circle: say } = useWords();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? colleagues : colleagues.slice(0, mostShown);
  const rest = colleagues.length - shown.length;
  return (
    <section aria-labelledby="side-colleagues">
      <h2 id="side-colleagues">
        {isOpenToAll(circle) && colleagues.length > 0 ? say.joinedColleagues : say.colleagues}{' '}
        {colleagues.length > 0 && <span className={styles.number}>{colleagues.length}</span>}
      </h2>
      {isOpenToAll(circle) && <p className={styles.note}>{say.everybody}</p>}
      <ul>
        {shown.map(({ person, department }) => (
          <li key={person.id} className={styles.person}>
            <span dir="auto">{person.name}</span>
            <span className={styles.end} dir="auto">
              {department}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="link" onClick={() => setIsWhole(true)}>
          {say.moreColleagues(rest)}
        </button>
      )}
    </section>
  );
}

function Guest({ guest }: { guest: Member }) {
  const { words, language } = useSpoken();
  const { circle: say } = words;
  return (
    <li className={styles.person}>
      <span>
        <span dir="auto">{guest.person.name}</span> <Badges badges={guest.person.badges} />
      </span>
      {guest.until && <span className={styles.end}>{say.lastDay(sayDay(guest.until, language, new Date()))}</span>}
    </li>
  );
}
