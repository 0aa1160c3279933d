import type { Figures, FiguresFilter } from '../api-figures.ts';
import { languageName } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { listAddress } from './address.ts';
import { Figure } from './Figure.tsx';
import { numberOf } from './numbers.ts';
import { type Row, Rows } from './Rows.tsx';
import { Count, Table } from './Table.tsx';
import { doneTitle, languagesTitle, sourcesTitle, topicsTitle } from './telling.ts';

type Props = { figures: Figures; filter: FiguresFilter };

/** What became of the stories: it leaves the outside, comes in, and goes out again. */
export function DoneFigure({ figures, filter }: Props) {
  const { words } = useSpoken();
  const { figures: say } = words;
  const { totals } = figures;
  const title = doneTitle(figures, words);
  const rows: Row[] = [
    { key: 'came', name: say.steps.came, count: totals.stories, hue: 'out', href: listAddress(filter, figures) },
    ...(['discussed', 'answered', 'unanswered'] as const).map((outcome) => ({
      key: outcome,
      name: say.steps[outcome],
      count: totals[outcome],
      hue: outcome === 'discussed' ? ('in' as const) : ('out' as const),
      isUnsure: outcome === 'unanswered',
      href: listAddress(filter, figures, { outcome }),
    })),
  ];
  const shown = rows.filter(({ key, count }) => key !== 'unanswered' || count > 0);
  const what = say.whatHappened(totals.stories);
  return (
    <Figure
      title={title}
      chart={{ what, body: <Rows rows={shown} most={totals.stories} label={title} /> }}
      table={{ what, body: <CountTable title={title} first={say.columns.step} rows={rows} /> }}
    />
  );
}

const mostRows = 8;

/** Where the stories came from. */
export function SourcesFigure({ figures, filter }: Props) {
  const { words } = useSpoken();
  const { figures: say } = words;
  const rows = figures.sources.map(({ source, stories, mentions }) => ({
    key: source.id,
    name: source.label,
    count: stories,
    mentions,
    hue: 'out' as const,
    href: listAddress(filter, figures, { source: source.id }),
  }));
  return <Ranked title={sourcesTitle(figures, words)} what={say.bySource} first={say.columns.source} rows={rows} />;
}

/** Which topics they were about; nothing while no topic found any. */
export function TopicsFigure({ figures, filter }: Props) {
  const { words } = useSpoken();
  const { figures: say } = words;
  if (figures.topics.length === 0 || filter.topic) return null;
  const rows = figures.topics.map(({ topic, stories, mentions }) => ({
    key: topic.id,
    name: topic.name,
    count: stories,
    mentions,
    hue: 'out' as const,
    href: listAddress(filter, figures, { topic: topic.id }),
  }));
  return <Ranked title={topicsTitle(figures, words)} what={say.byTopic} first={words.stream.topic} rows={rows} />;
}

/** In what languages they were told. */
export function LanguagesFigure({ figures, filter }: Props) {
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const rows = figures.languages.map((row) => ({
    key: row.language,
    name: languageName(row.language, language) ?? words.unknown,
    count: row.stories,
    mentions: row.mentions,
    hue: 'out' as const,
    href: listAddress(filter, figures, { language: row.language }),
  }));
  const title = languagesTitle(figures, language, words);
  return <Ranked title={title} what={say.byLanguage} first={say.columns.language} rows={rows} />;
}

type RankedRow = Row & { mentions: number };

/** The most of something, and in the table all of it. */
function Ranked(props: { title: string; what: string; first: string; rows: readonly RankedRow[] }) {
  const { title, what, first, rows } = props;
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const told = rows.filter(({ count }) => count > 0);
  const others = told.length - mostRows;
  const last = { column: say.columns.mentions, of: ({ mentions }: RankedRow) => numberOf(mentions, language) };
  return (
    <Figure
      title={title}
      chart={{
        what,
        body: told[0] && <Rows rows={told.slice(0, mostRows)} most={told[0].count} label={title} />,
        notes: others > 0 ? [say.otherSources(others)] : [],
      }}
      table={{ what, body: <CountTable title={title} first={first} rows={rows} last={last} /> }}
    />
  );
}

function CountTable<R extends Row>(props: {
  title: string;
  first: string;
  rows: readonly R[];
  last?: { column: string; of: (row: R) => string };
}) {
  const { title, first, rows, last } = props;
  const { figures: say } = useSpoken().words;
  return (
    <Table
      caption={title}
      columns={[first, say.columns.stories, ...(last ? [last.column] : [])]}
      rows={rows.map((row) => ({
        key: row.key,
        name: row.name,
        cells: [
          <Count key="stories" n={row.count} href={row.href} label={say.list(say.said.stories(row.name, row.count))} />,
          ...(last ? [last.of(row)] : []),
        ],
      }))}
    />
  );
}
