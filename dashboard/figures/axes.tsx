import { useSpoken } from '../words/Worded.tsx';
import styles from './Chart.module.css';
import { dayName, type Group } from './days.ts';
import { numberOf } from './numbers.ts';

/** Where columns of equal width stand, in per cent of the chart. */
export function placesOf(many: number) {
  const width = 100 / Math.max(1, many);
  return { width, bar: Math.min(width * 0.72, 8), at: (n: number) => n * width };
}

/** The numbers at the left of a chart, at their heights in pixels. Read by nobody who does not see the chart. */
export function Axis({ steps }: { steps: readonly { label: number; y: number }[] }) {
  const { language } = useSpoken();
  const widest = Math.max(...steps.map(({ label }) => label));
  return (
    <div className={styles.axis} aria-hidden="true">
      <span className={styles.sizer}>{numberOf(widest, language)}</span>
      {steps.map(({ label, y }) => (
        <span key={y} style={{ top: y }}>
          {numberOf(label, language)}
        </span>
      ))}
    </div>
  );
}

/** The days under a chart: about five, so that they have room on a phone. */
export function TimeLabels({ groups, today, y }: { groups: readonly Group[]; today: string; y: number }) {
  const { language } = useSpoken();
  const { width, at } = placesOf(groups.length);
  const every = Math.max(1, Math.ceil(groups.length / 5));
  if (groups.length === 1) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes focus
    <g aria-hidden="true">
      {groups.map((group, n) =>
        n % every !== 0 || (n > 0 && groups.length - n < every / 2) ? null : (
          <text
            key={group.from}
            className={styles.text}
            x={`${at(n) + (groups.length <= 10 ? width / 2 : 0)}%`}
            y={y}
            textAnchor={groups.length <= 10 ? 'middle' : 'start'}
          >
            {dayName(group.from, language, today, 'short')}
          </text>
        ),
      )}
    </g>
  );
}
