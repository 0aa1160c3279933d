import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { RefusedError } from '../api.ts';
import { type Leaving, type OffBoarding, offBoard, type Person } from '../api-people.ts';
import { dayName } from '../figures/days.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { Field } from '../frame/Field.tsx';
import { FormProblem } from '../frame/FormProblem.tsx';
import { daysOn } from '../guests/last-day.ts';
import { circleAddress } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { useToday } from '../today.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import styles from './OffBoard.module.css';

/** So long who stays as a guest stays at first, and reads what they took part in; both can be another day. */
const guestDays = 84;
const ownDays = 365;

/** Lets somebody leave: on which day, what stays theirs, and in words what happens then, before it does. */
export function OffBoard(props: { person: Person; onClose: () => void; onDone: (says: string) => void }) {
  const { person, onClose, onDone } = props;
  const { words, language } = useSpoken();
  const { people } = words;
  const today = useToday();
  const [on, setOn] = useState(today);
  const [agreed, setAgreed] = useState<NonNullable<OffBoarding['agreed']>>([]);
  const [ownThreadsUntil, setOwnThreadsUntil] = useState<string | null>(null);
  const plan: OffBoarding = { on, agreed, ownThreadsUntil };
  const dry = useQuery({
    queryKey: ['off-board', person.id, plan],
    queryFn: () => offBoard(person.id, plan, true),
    enabled: on !== '',
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });
  const leaving = useMutation({
    mutationFn: () => offBoard(person.id, plan, false),
    onSuccess: () => onDone(people.left(person.name, dayName(on, language, today))),
  });
  const would = dry.error ? undefined : dry.data;
  return (
    <Dialog title={people.letLeaveTitle(person.name)} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          leaving.mutate();
        }}
      >
        <FormProblem error={leaving.error} />
        <Field
          label={people.lastWorkday}
          type="date"
          value={on}
          onChange={(event) => {
            setOn(event.target.value);
            setAgreed([]);
          }}
        />
        {dry.error && (
          <p role="alert" className={styles.problem}>
            {dry.error instanceof RefusedError && dry.error.code
              ? `${dry.error.message} ${dry.error.detail ?? ''}`
              : people.notDone}
          </p>
        )}
        {would && (
          <>
            <h3>{people.whatHappens(dayName(would.on, language, today))}</h3>
            <Circles {...{ would, agreed, setAgreed }} />
            <Own {...{ would, ownThreadsUntil, setOwnThreadsUntil }} />
            <HostsNeeded circles={would.hostNeeded} />
          </>
        )}
        <p className={styles.buttons}>
          <button
            type="submit"
            className="button danger"
            disabled={!would || would.hostNeeded.length > 0 || dry.isFetching || leaving.isPending}
          >
            {people.letLeave}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {people.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** Circle by circle: over with the last day, or kept as a guest until a day that is agreed. */
function Circles(props: {
  would: Leaving;
  agreed: NonNullable<OffBoarding['agreed']>;
  setAgreed: (agreed: NonNullable<OffBoarding['agreed']>) => void;
}) {
  const { would, agreed, setAgreed } = props;
  const { people, talk } = useWords();
  const own = would.circles.filter(({ what }) => what !== 'by-relation');
  const byRelation = would.circles.filter(({ what, circle }) => what === 'by-relation' && circle.kind !== 'outside');
  return (
    <ul className={styles.list}>
      {byRelation.length > 0 && (
        <li>{people.endByRelation(byRelation.map(({ circle }) => circleName(circle, talk)).join(', '))}</li>
      )}
      {own.map(({ circle, hosts, others }) => {
        const stays = agreed.find((one) => one.circle === circle.id);
        const rest = agreed.filter((one) => one.circle !== circle.id);
        return (
          <li key={circle.id}>
            <strong dir="auto">{circle.name}</strong>: {stays ? people.circleStays : people.circleEnds}
            {hosts && others > 0 && ` ${people.hostsGoOn}`}
            <label className={styles.choice}>
              <input
                type="checkbox"
                checked={stays !== undefined}
                onChange={(event) =>
                  setAgreed(
                    event.target.checked ? [...rest, { circle: circle.id, until: daysOn(would.on, guestDays) }] : rest,
                  )
                }
              />
              {people.staysAsGuest}
            </label>
            {stays && (
              <input
                type="date"
                className="field"
                aria-label={people.guestUntil(circle.name)}
                min={would.on}
                value={stays.until}
                onChange={(event) =>
                  event.target.value && setAgreed([...rest, { circle: circle.id, until: event.target.value }])
                }
              />
            )}
          </li>
        );
      })}
      {would.desk > 0 && <li>{people.deskFree(would.desk)}</li>}
      {would.feeds > 0 && <li>{people.feedsEnd(would.feeds)}</li>}
      <li>{people.wordsStay}</li>
    </ul>
  );
}

function Own(props: {
  would: Leaving;
  ownThreadsUntil: string | null;
  setOwnThreadsUntil: (day: string | null) => void;
}) {
  const { would, ownThreadsUntil, setOwnThreadsUntil } = props;
  const { people } = useWords();
  const id = useId();
  return (
    <div>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={ownThreadsUntil !== null}
          aria-describedby={id}
          onChange={(event) => setOwnThreadsUntil(event.target.checked ? daysOn(would.on, ownDays) : null)}
        />
        {people.keepsOwn}
      </label>
      {ownThreadsUntil !== null && (
        <input
          type="date"
          className="field"
          aria-label={people.keepsOwnUntil}
          min={would.on}
          value={ownThreadsUntil}
          onChange={(event) => event.target.value && setOwnThreadsUntil(event.target.value)}
        />
      )}
      <p id={id} className={styles.why}>
        {people.keepsOwnWhy}
      </p>
    </div>
  );
}

/** Circles that nobody would look after: they are handed over first, each at its own page. */
function HostsNeeded({ circles }: { circles: Leaving['hostNeeded'] }) {
  const { people } = useWords();
  if (circles.length === 0) return null;
  return (
    <div role="alert" className={styles.problem}>
      <p>
        <strong>{people.hostNeeded}</strong> {people.hostNeededWhy}
      </p>
      <ul className={styles.list}>
        {circles.map(({ id, name }) => (
          <li key={id}>
            <Link href={circleAddress(id)} dir="auto">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
