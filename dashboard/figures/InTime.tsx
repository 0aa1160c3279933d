import type { ReactNode } from 'react';
import { dayIn } from '#domain/period.ts';
import type { Figures, FiguresFilter } from '../api-figures.ts';
import type { Language } from '../preferences.ts';
import type { Words } from '../words/nl.ts';
import { useSpoken } from '../words/Worded.tsx';
import { listAddress } from './address.ts';
import { DayChart } from './DayChart.tsx';
import { dayName, type Group, grainOf, groupName, groupsOf, incompleteDays, toneGrainOf } from './days.ts';
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
  const what = grain === 'days' ? say.perDay : say.perWeek;
  const brought = figures.sources.filter(({ mentions }) => mentions > 0).length;
  const name = (group: Group) => groupName(group, language, figures.today, words);
  return (
    <Figure
      title={title}
      what={what}
      notes={[
        say.base(figures.totals.stories, figures.totals.mentions, brought),
        ...gapNotes(figures, incomplete, language, words),
      ]}
      chart={<DayChart figures={figures} filter={filter} groups={groups} incomplete={incomplete} title={title} />}
      table={
        <Table
          caption={title}
          columns={[grain === 'days' ? say.columns.day : say.columns.week, say.columns.stories, say.columns.mentions]}
          rows={groups.map((group) => ({
            key: group.from,
            name: name(group),
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
      }
    />
  );
}

function gapNotes(figures: Figures, incomplete: ReadonlySet<string>, language: Language, { figures: say }: Words) {
  const [first, ...others] = figures.gaps;
  const since = first && dayName(dayIn(new Date(first.since), figures.timeZone), language, figures.today);
  const gap =
    !first || !since
      ? []
      : [others.length === 0 ? say.gapNote(since, first.source.label) : say.gapNoteMore(since, others.length + 1)];
  return [...gap, ...(incomplete.has(figures.today) ? [say.todayNote] : [])];
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
  const hasFew = groups.some(({ stories }) => stories < tooFewBelow);
  return (
    <Figure
      title={title}
      what={say.tonePer[grain]}
      notes={isTold ? [say.toneRest(neutral.sure + neutral.unsure, unclear), ...(hasFew ? [say.toneFewNote] : [])] : []}
      chart={isTold ? <ToneChart figures={figures} filter={filter} groups={groups} title={title} /> : <TooFew />}
      table={
        <Table
          caption={`${title}. ${say.tonesTable}`}
          columns={[
            grain === 'days' ? say.columns.day : grain === 'weeks' ? say.columns.week : say.columns.period,
            say.columns.stories,
            say.columns.positive,
            say.columns.negative,
            say.columns.neutral,
            say.columns.unclear,
          ]}
          rows={groups.map((group) => ({
            key: group.from,
            name: groupName(group, language, figures.today, words),
            ...toneCells(group, figures, filter, groupName(group, language, figures.today, words), words, language),
          }))}
        />
      }
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
