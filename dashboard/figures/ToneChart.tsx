import type { Figures, FiguresFilter } from '../api-figures.ts';
import { useSpoken } from '../words/Worded.tsx';
import { listAddress } from './address.ts';
import { Axis, placesOf, TimeLabels } from './axes.tsx';
import styles from './Chart.module.css';
import { Bar, Column, Hatching, useHatching, walkColumns } from './Chart.tsx';
import { type Group, rangeName } from './days.ts';
import { stepsTo } from './scale.ts';

const [top, height] = [8, 168];
type Certainty = { sure: number; unsure: number };
const all = ({ sure, unsure }: Certainty) => sure + unsure;

/** Positive above the line, negative below it; solid what we are fairly sure of, hatched what we are not. */
export function ToneChart(props: { figures: Figures; filter: FiguresFilter; groups: readonly Group[]; title: string }) {
  const { figures, filter, groups, title } = props;
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const hatching = useHatching();
  const isTold = ({ stories }: Group) => stories >= figures.tooFewBelow;
  const told = groups.filter(isTold);
  const most = (tone: 'negative' | 'positive') => Math.max(0, ...told.map(({ tones }) => all(tones[tone])));
  const steps = stepsTo(Math.max(most('positive'), most('negative')));
  const step = steps[1]!;
  const [up, down] = [Math.max(1, Math.ceil(most('positive') / step)), Math.max(1, Math.ceil(most('negative') / step))];
  const unit = height / ((up + down) * step);
  const line = top + up * step * unit;
  const marks = Array.from({ length: up + down + 1 }, (_, n) => (n - down) * step);
  const { width, bar, at } = placesOf(groups.length);
  const first = groups.findIndex(isTold);
  return (
    <div className={styles.plot}>
      <Axis steps={marks.map((n) => ({ label: Math.abs(n), y: line - n * unit }))} />
      {/* biome-ignore lint/a11y/useSemanticElements: nothing else groups the links of a drawing */}
      <svg className={styles.chart} height={top + height + 28} role="group" aria-label={title} onKeyDown={walkColumns}>
        <Hatching id={hatching} />
        {marks.map((n) => (
          <line
            key={n}
            className={n === 0 ? styles.base : styles.grid}
            x1="0"
            x2="100%"
            y1={line - n * unit}
            y2={line - n * unit}
          />
        ))}
        {groups.map((group, n) => {
          const x = at(n) + (width - bar) / 2;
          if (!isTold(group))
            return (
              <text
                key={group.from}
                className={styles.text}
                x={`${at(n) + width / 2}%`}
                y={line - 4}
                textAnchor="middle"
              >
                {width > 9 ? say.fewHere : '·'}
              </text>
            );
          const name = rangeName(group, language, figures.today, words);
          const { positive, negative } = group.tones;
          const said = (tone: 'positive' | 'negative') =>
            say.list(say.said[tone](name, all(group.tones[tone])) + say.ofUnsure(group.tones[tone].unsure));
          const part = (tone: 'positive' | 'negative') => ({
            href: listAddress(filter, group, { tone }),
            label: said(tone),
            x: at(n),
            width,
          });
          return (
            <g key={group.from}>
              <Column {...part('positive')} height={line} isFirst={n === first}>
                <Bar hue="pos" x={x} width={bar} y={line - positive.sure * unit} height={positive.sure * unit} />
                <Bar
                  hue="pos"
                  x={x}
                  width={bar}
                  y={line - all(positive) * unit}
                  height={positive.unsure * unit}
                  hatching={hatching}
                />
              </Column>
              <Column {...part('negative')} y={line} height={top + height - line} isFirst={false}>
                <Bar hue="neg" x={x} width={bar} y={line} height={negative.sure * unit} />
                <Bar
                  hue="neg"
                  x={x}
                  width={bar}
                  y={line + negative.sure * unit}
                  height={negative.unsure * unit}
                  hatching={hatching}
                />
              </Column>
            </g>
          );
        })}
        <TimeLabels groups={groups} today={figures.today} y={top + height + 20} />
      </svg>
    </div>
  );
}
