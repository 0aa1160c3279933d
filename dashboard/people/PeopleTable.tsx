import { useRef, useState } from 'react';
import type { Person, PersonLink } from '../api-people.ts';
import { dayName } from '../figures/days.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import shared from '../frame/Table.module.css';
import { Chevron } from '../marks/Marks.tsx';
import { useMe } from '../session.ts';
import { day, daysAgo } from '../time.ts';
import { useToday } from '../today.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { Badges } from './Badges.tsx';
import { ManagePerson } from './ManagePerson.tsx';
import { inOrderOf } from './order.ts';
import styles from './PeopleTable.module.css';

type Acts = {
  onNotice: (notice: Notice) => void;
  onLink: (made: { person: Person; link: PersonLink }) => void;
};

/** Every colleague on a line; each opens to what can be done. */
export function PeopleTable({ people, ...acts }: { people: Person[] } & Acts) {
  const { columns, list } = useWords().people;
  const [open, setOpen] = useState<string | null>(null);
  // Nothing moves while someone is busy with a row, whatever that makes of its colleague.
  const drawn = useRef<string[]>([]);
  const isBusy = people.some(({ id }) => id === open);
  const rows = isBusy ? inOrderOf(drawn.current, people) : people;
  drawn.current = rows.map(({ id }) => id);
  return (
    <table className={`${shared.table} ${styles.table}`}>
      <caption className="unseen">{list}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.role}</th>
          <th scope="col">{columns.state}</th>
          <th scope="col">{columns.seen}</th>
          <th scope="col">
            <span className="unseen">{columns.manage}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isOpen={open === person.id}
            onToggle={() => setOpen(open === person.id ? null : person.id)}
            {...acts}
          />
        ))}
      </tbody>
    </table>
  );
}

function PersonRow(props: { person: Person; isOpen: boolean; onToggle: () => void } & Acts) {
  const { person, isOpen, onToggle, ...acts } = props;
  const { words, language } = useSpoken();
  const me = useMe();
  const today = useToday();
  const isGone = person.state === 'deactivated';
  return (
    <>
      <tr className={[isOpen ? styles.opened : '', isGone ? styles.gone : ''].join(' ')}>
        <th scope="row">
          <span className={styles.name} dir="auto">
            {person.name}
          </span>
          {person.id === me.id && <span className={styles.you}>{words.people.you}</span>}
          <Badges badges={person.badges} />
          <span className={styles.email}>{person.email}</span>
        </th>
        <td>
          {person.colleague ? words.roles[person.role] : words.relations.guest}
          {person.department && (
            <span className={styles.email} dir="auto">
              {person.department}
            </span>
          )}
        </td>
        <td className={styles.state}>
          {words.people.states[person.state]}
          {person.leavesOn && person.colleague && (
            <span className={styles.email}>{words.people.leaves(dayName(person.leavesOn, language, today))}</span>
          )}
        </td>
        <td className={styles.seen}>
          <Seen on={person.lastSeenOn} />
        </td>
        <td className={styles.manage}>
          <button
            type="button"
            className="button quiet"
            aria-expanded={isOpen}
            aria-label={words.people.manage(person.name)}
            onClick={onToggle}
          >
            {words.people.columns.manage} <Chevron to={isOpen ? 'up' : 'down'} />
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr className={styles.managing}>
          <td colSpan={5}>
            <ManagePerson key={person.id} person={person} {...acts} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A day, never a time: when somebody works is their own affair. */
function Seen({ on }: { on: string | null }) {
  const { words, language } = useSpoken();
  if (on === null) return words.people.never;
  const date = new Date(`${on}T12:00`);
  const ago = daysAgo(date, new Date());
  if (ago <= 0) return words.people.today;
  return ago === 1 ? words.people.yesterday : day(date, language, new Date());
}
