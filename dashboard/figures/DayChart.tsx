import type { Figures, FiguresFilter } from '../api-figures.ts';
import { useSpoken } from '../words/Worded.tsx';
import { listAddress } from './address.ts';
import { Axis, placesOf, TimeLabels } from './axes.tsx';
import styles from './Chart.module.css';
import { Bar, Column, Hatching, useHatching, walkColumns } from './Chart.tsx';
import { type Group, isIncomplete, rangeName } from './days.ts';
import { stepsTo } from './scale.ts';

const [top, height] = [8, 168];

/** Stories as bars in time, with all messages light behind them. */
export function DayChart(props: {
  figures: Figures;
  filter: FiguresFilter;
  groups: readonly Group[];
  incomplete: ReadonlySet<string>;
  title: string;
}) {
  const { figures, filter, groups, incomplete, title } = props;
  const { words, language } = useSpoken();
  const hatching = useHatching();
  const steps = stepsTo(Math.max(...groups.map(({ stories, mentions }) => Math.max(stories, mentions))));
  const y = (n: number) => top + height - (n / steps.at(-1)!) * height;
  const { width, bar, at } = placesOf(groups.length);
  return (
    <div className={styles.plot}>
      <Axis steps={steps.map((n) => ({ label: n, y: y(n) }))} />
      {/* biome-ignore lint/a11y/useSemanticElements: nothing else groups the links of a drawing */}
      <svg className={styles.chart} height={top + height + 28} role="group" aria-label={title} onKeyDown={walkColumns}>
        <Hatching id={hatching} />
        {steps.map((n) => (
          <line key={n} className={n === 0 ? styles.base : styles.grid} x1="0" x2="100%" y1={y(n)} y2={y(n)} />
        ))}
        {groups.map((group, n) => {
          const unsure = isIncomplete(group, incomplete);
          const name = rangeName(group, language, figures.today, words);
          const label =
            words.figures.said.stories(name, group.stories) + (unsure ? `, ${words.figures.unfinished}` : '');
          return (
            <Column
              key={group.from}
              href={listAddress(filter, group)}
              label={words.figures.list(label)}
              x={at(n)}
              width={width}
              height={top + height}
              isFirst={n === 0}
            >
              <rect
                className={styles.behind}
                x={`${at(n) + (width - bar) / 2}%`}
                width={`${bar}%`}
                y={y(group.mentions)}
                height={y(0) - y(group.mentions)}
              />
              <Bar
                hue="out"
                x={at(n) + (width - bar) / 2}
                width={bar}
                y={y(group.stories)}
                height={y(0) - y(group.stories)}
                hatching={unsure ? hatching : undefined}
              />
            </Column>
          );
        })}
        <TimeLabels groups={groups} today={figures.today} y={top + height + 20} />
      </svg>
    </div>
  );
}
