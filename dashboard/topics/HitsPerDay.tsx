import { useId, useState } from 'react';
import type { TopicPreview } from '../api-topics.ts';
import { Axis, placesOf } from '../figures/axes.tsx';
import chart from '../figures/Chart.module.css';
import { Bar } from '../figures/Chart.tsx';
import figure from '../figures/Figure.module.css';
import { numberOf } from '../figures/numbers.ts';
import { stepsTo } from '../figures/scale.ts';
import { Table } from '../figures/Table.tsx';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './HitsPerDay.module.css';

const [top, height] = [6, 64];

/** Thirty days of hits as small bars or, for who rather reads, as a table. */
export function HitsPerDay({ days, says }: { days: TopicPreview['days']; says: string }) {
  const { words, language } = useSpoken();
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  const { figures, bring } = words;
  const nameOf = (date: string, n: number) =>
    n === days.length - 1 ? bring.today : day(new Date(`${date}T12:00:00`), language, new Date());
  const highest = Math.max(0, ...days.map(({ count }) => count));
  const all = stepsTo(highest);
  const steps = [0, all.at(-1)!];
  const y = (n: number) => top + height - (n / steps[1]!) * height;
  const { width, bar, at } = placesOf(days.length);
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id}>{bring.perDay}</h3>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons are no form */}
        <div className={figure.twin} role="group" aria-label={figures.as(bring.perDay)}>
          {([false, true] as const).map((one) => (
            <button
              key={String(one)}
              type="button"
              className={figure.pick}
              aria-pressed={one === isTable}
              onClick={() => setIsTable(one)}
            >
              {one ? figures.table : figures.chart}
            </button>
          ))}
        </div>
      </div>
      {isTable ? (
        <Table
          caption={bring.perDay}
          columns={[bring.day, bring.hits]}
          rows={days
            .map(({ day: date, count }, n) => ({
              key: date,
              name: nameOf(date, n),
              cells: [numberOf(count, language)],
            }))
            .reverse()}
        />
      ) : (
        <div className={chart.plot}>
          <Axis steps={steps.map((n) => ({ label: n, y: y(n) }))} />
          <svg className={chart.chart} height={top + height + 22} role="img" aria-label={says}>
            {steps.map((n) => (
              <line key={n} className={n === 0 ? chart.base : chart.grid} x1="0" x2="100%" y1={y(n)} y2={y(n)} />
            ))}
            {days.map(({ day: date, count }, n) => (
              <Bar
                key={date}
                hue="out"
                x={at(n) + (width - bar) / 2}
                width={bar}
                y={y(count)}
                height={y(0) - y(count)}
              />
            ))}
            <text className={chart.text} x="0" y={top + height + 17}>
              {days[0] && nameOf(days[0].day, 0)}
            </text>
            <text className={chart.text} x="100%" y={top + height + 17} textAnchor="end">
              {bring.today}
            </text>
          </svg>
        </div>
      )}
    </section>
  );
}
