import type { ReactNode } from 'react';
import { dayIn } from '#domain/period.ts';
import type { Figures, FiguresFilter } from '../api-figures.ts';
import type { Language } from '../preferences.ts';
import type { Words } from '../words/nl.ts';
import { useSpoken } from '../words/Worded.tsx';
import { listAddress } from './address.ts';
import { DayChart } from './DayChart.tsx';
import {
  dayName,
  type Group,
  grainOf,
  groupsOf,
  incompleteDays,
  isIncomplete,
  rangeName,
  toneGrainOf,
} from './days.ts';
import { Figure, TooFew } from './Figure.tsx';
import { numberOf } from './numbers.ts';
import tableStyles from './Table.module.css';
import { Count, Table } from './Table.tsx';
import { ToneChart } from './ToneChart.tsx';
import { daysTitle, toneTitle } from './telling.ts';

type Props = { figures: Figures; filter: FiguresFilter };

/** How much was said, in time. */
export function DaysFigure({ figures, filter }: Props) {
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const grain = grainOf(figures);
  const groups = groupsOf(figures, grain);
  const incomplete = incompleteDays(figures);
  const title = daysTitle(figures, groups, language, words);
  const { totals, sources } = figures;
  const base = say.base(totals.stories, totals.mentions, sources.filter(({ mentions }) => mentions > 0).length);
  const gaps = gapNotes(figures, incomplete, language, words);
  const name = (group: Group) => rangeName(group, language, figures.today, words);
  return (
    <Figure
      title={title}
      chart={{
        what: say.per[grain],
        body: <DayChart figures={figures} filter={filter} groups={groups} incomplete={incomplete} title={title} />,
        notes: [base, ...(incomplete.size > 0 ? [say.hatched] : []), ...gaps],
      }}
      table={{
        what: say.perInTable[grain],
        body: (
          <Table
            caption={title}
            columns={[say.columns[grain], say.columns.stories, say.columns.mentions]}
            rows={groups.map((group) => ({
              key: group.from,
              name: isIncomplete(group, incomplete) ? `${name(group)} (${say.unfinished})` : name(group),
              cells: [
                <Count
                  key="stories"
                  n={group.stories}
                  href={listAddress(filter, group)}
                  label={say.list(say.said.stories(name(group), group.stories))}
                />,
                numberOf(group.mentions, language),
              ],
            }))}
          />
        ),
        notes: [base, ...gaps],
      }}
    />
  );
}

function gapNotes(
  { gaps, today, timeZone }: Figures,
  incomplete: ReadonlySet<string>,
  language: Language,
  { figures: say }: Words,
): string[] {
  const [first, ...others] = gaps;
  const since = first && dayName(dayIn(new Date(first.since), timeZone), language, today);
  const told =
    since && (others.length === 0 ? say.gapNote(since, first.source.label) : say.gapNoteMore(since, gaps.length));
  return [...(told ? [told] : []), ...(incomplete.has(today) ? [say.todayNote] : [])];
}

/** In what tone, with what is unsure of it. */
export function ToneFigure({ figures, filter }: Props) {
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const grain = toneGrainOf(figures);
  const groups = groupsOf(figures, grain);
  const title = toneTitle(figures, words);
  const { totals, tooFewBelow } = figures;
  const { neutral, unclear } = totals.tones;
  const isTold = totals.stories >= tooFewBelow;
  const few = groups.some(({ stories }) => stories < tooFewBelow) ? [say.toneFewNote] : [];
  return (
    <Figure
      title={title}
      chart={{
        what: say.tonePer[grain],
        body: isTold ? <ToneChart figures={figures} filter={filter} groups={groups} title={title} /> : <TooFew />,
        notes: isTold ? [say.toneRest(neutral.sure + neutral.unsure, unclear), ...few] : [],
      }}
      table={{
        what: say.toneInTable[grain],
        body: (
          <Table
            caption={title}
            columns={[
              say.columns[grain],
              say.columns.stories,
              say.columns.positive,
              say.columns.negative,
              say.columns.neutral,
              say.columns.unclear,
            ]}
            rows={groups.map((group) => {
              const name = rangeName(group, language, figures.today, words);
              return { key: group.from, name, ...toneCells(group, figures, filter, name, words, language) };
            })}
          />
        ),
      }}
    />
  );
}

function toneCells(
  group: Group,
  { tooFewBelow }: Figures,
  filter: FiguresFilter,
  name: string,
  words: Words,
  language: Language,
) {
  const { figures: say } = words;
  const { stories, tones } = group;
  const cell = (
    what: string,
    n: number,
    said: string,
    narrower: Parameters<typeof listAddress>[2],
    shown?: ReactNode,
  ) => (
    <Count key={what} n={n} href={listAddress(filter, group, narrower)} label={say.list(said)}>
      {shown}
    </Count>
  );
  const all = cell('stories', stories, say.said.stories(name, stories), {});
  if (stories < tooFewBelow) return { cells: [all], rest: say.tooFew.toLowerCase() };
  const toned = (['positive', 'negative', 'neutral'] as const).map((tone) => {
    const { sure, unsure } = tones[tone];
    const said = `${say.said.stories(name, sure + unsure)}, ${words.tones[tone]}${say.ofUnsure(unsure)}`;
    const shown = (
      <>
        {numberOf(sure, language)}
        {unsure > 0 && <span className={tableStyles.unsure}> {say.plus(numberOf(unsure, language))}</span>}
      </>
    );
    return cell(tone, sure + unsure, said, { tone }, shown);
  });
  const unclear = `${say.said.stories(name, tones.unclear)}, ${words.tones.unclear}`;
  return { cells: [all, ...toned, cell('unclear', tones.unclear, unclear, { tone: 'unclear' })] };
}
