import { useState } from 'react';
import { Choice } from '../frame/Choice.tsx';
import { Field } from '../frame/Field.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './Guests.module.css';
import { lastOffered, offeredWeeks, weeksOn, weeksUntil } from './last-day.ts';

/** A guest's last day: a few weeks at a click, or any day from a calendar. Stands in a form as `until`. */
export function LastDayField({ today, problem }: { today: string; problem: string | undefined }) {
  const { guests } = useWords();
  const [until, setUntil] = useState(() => weeksOn(today, 4));
  return (
    <div className={styles.lastDay}>
      <Choice
        label={guests.howLong}
        options={offeredWeeks.map((weeks) => ({ value: String(weeks), label: guests.weeks(weeks) }))}
        value={String(weeksUntil(today, until))}
        onChoose={(weeks) => setUntil(weeksOn(today, Number(weeks)))}
      />
      <Field
        label={guests.lastDay}
        hint={guests.lastDayWhy}
        name="until"
        type="date"
        required
        min={today}
        max={lastOffered(today)}
        value={until}
        onChange={(event) => setUntil(event.target.value)}
        problem={problem}
      />
    </div>
  );
}
