import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { endingOn, isCountable, type Period, type Span, shifted, spanOf, spans } from '#domain/period.ts';
import type { Figures } from '../api-figures.ts';
import { Choice } from '../frame/Choice.tsx';
import { Chevron } from '../marks/Marks.tsx';
import { useSpoken } from '../words/Worded.tsx';
import { rangeName } from './days.ts';
import styles from './PeriodBar.module.css';

/** Which days are counted: a usual length, one back or forth, or any two days. `addressFor` is where a period is shown. */
export function PeriodBar(props: {
  figures: Pick<Figures, 'from' | 'to' | 'today'>;
  addressFor: (period: Period) => string;
  onChoose: (period: Period) => void;
}) {
  const { figures, addressFor, onChoose } = props;
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const [isOpen, setIsOpen] = useState(false);
  const { today } = figures;
  const period = { from: figures.from, to: figures.to };
  const [earlier, later] = [shifted(period, -1), shifted(period, 1)];
  const options = (Object.keys(spans) as Span[]).map((value) => ({ value, label: say.spans[value] }));
  return (
    <div className={styles.bar}>
      <Choice<Span | 'other'>
        label={say.span}
        options={options}
        value={spanOf(period) ?? 'other'}
        onChoose={(span) => span !== 'other' && onChoose(endingOn(period.to < today ? period.to : today, spans[span]))}
      />
      <div className={styles.walk}>
        {isCountable(earlier) && (
          <Link className={styles.step} href={addressFor(earlier)} aria-label={say.previous} title={say.previous}>
            <Chevron to="left" />
          </Link>
        )}
        <button
          type="button"
          className={styles.period}
          aria-expanded={isOpen}
          aria-controls="figure-days"
          title={say.otherDays}
          onClick={() => setIsOpen(!isOpen)}
        >
          {rangeName(period, language, today, words)}
        </button>
        {later.from <= today && isCountable(later) ? (
          <Link className={styles.step} href={addressFor(later)} aria-label={say.next} title={say.next}>
            <Chevron to="right" />
          </Link>
        ) : (
          <span className={styles.step} />
        )}
      </div>
      <div id="figure-days" className={styles.days}>
        {isOpen && (
          <OtherDays
            period={period}
            onChoose={(chosen) => {
              setIsOpen(false);
              onChoose(chosen);
            }}
          />
        )}
      </div>
    </div>
  );
}

function OtherDays({ period, onChoose }: { period: Period; onChoose: (period: Period) => void }) {
  const { figures: say } = useSpoken().words;
  const [isWrong, setIsWrong] = useState(false);
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = { from: String(form.get('from')), to: String(form.get('to')) };
    const isRight = isCountable(chosen);
    setIsWrong(!isRight);
    if (isRight) onChoose(chosen);
  };
  return (
    <form className={styles.form} onSubmit={choose} noValidate>
      <label>
        {say.from}
        <input className="field" type="date" name="from" defaultValue={period.from} />
      </label>
      <label>
        {say.to}
        <input className="field" type="date" name="to" defaultValue={period.to} />
      </label>
      <button type="submit" className="button">
        {say.show}
      </button>
      {isWrong && (
        <p role="alert" className={styles.wrong}>
          {say.badPeriod}
        </p>
      )}
    </form>
  );
}
