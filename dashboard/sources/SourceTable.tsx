import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { healthSentence } from '#domain/health.ts';
import type { Source } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import shared from '../frame/Table.module.css';
import { Chevron, FaltersMark, FineMark, NeedsYouMark, PausedMark } from '../marks/Marks.tsx';
import { streamAddress } from '../place.ts';
import { useRight } from '../session.ts';
import { figure } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { ManageSource } from './ManageSource.tsx';
import { byUrgency, inOrderOf } from './queries.ts';
import styles from './SourceTable.module.css';

/** Every source with a sentence about its health; each row opens to what can be done with it. */
export function SourceTable({ sources, onNotice }: { sources: Source[]; onNotice: (notice: Notice) => void }) {
  const { words } = useSpoken();
  const { columns, list, order } = words.sources;
  const [open, setOpen] = useState<string | null>(null);
  // Nothing moves while someone is busy with a row, however its health changes.
  const drawn = useRef<string[]>([]);
  const isBusy = sources.some(({ id }) => id === open);
  const rows = isBusy ? inOrderOf(drawn.current, sources) : byUrgency(sources);
  drawn.current = rows.map(({ id }) => id);
  return (
    <section className={styles.all}>
      <div className={styles.head}>
        <h2 id="sources-title">{list}</h2>
        <p>{order}</p>
      </div>
      <table className={`${shared.table} ${styles.table}`} aria-labelledby="sources-title">
        <thead>
          <tr>
            <th scope="col">{columns.source}</th>
            <th scope="col">{columns.health}</th>
            <th scope="col" className={styles.number}>
              {columns.perDay}
            </th>
            <th scope="col" className={styles.number}>
              {columns.kept}
            </th>
            <th scope="col">
              <span className="unseen">{columns.manage}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((source) => (
            <SourceRow
              key={source.id}
              source={source}
              isOpen={open === source.id}
              onToggle={() => setOpen(open === source.id ? null : source.id)}
              onNotice={onNotice}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SourceRow(props: {
  source: Source;
  isOpen: boolean;
  onToggle: () => void;
  onNotice: (notice: Notice) => void;
}) {
  const { source, isOpen, onToggle, onNotice } = props;
  const { words, language } = useSpoken();
  const mayManage = useRight('sources');
  const way = words.sources.way[source.connector as keyof typeof words.sources.way] ?? source.connector;
  return (
    <>
      <tr className={isOpen ? styles.opened : undefined}>
        <th scope="row">
          <span className={styles.label} dir="auto">
            {source.label}
          </span>
          <span className={styles.kind}>
            {words.sourceKinds[source.kind]} · {way}
          </span>
        </th>
        <td className={styles.health}>
          <div className={styles.sentence}>
            <HealthMark level={source.health.level} />
            <span>{healthSentence(source.health, language, new Date())}</span>
          </div>
        </td>
        <td className={styles.number}>
          <span className={styles.wide}>{figure(source.perDay, language)}</span>
          <span className={styles.narrow}>{words.sources.perDayOf(figure(source.perDay, language))}</span>
        </td>
        <td className={styles.number}>
          <span className={styles.wide}>{figure(source.mentionCount, language)}</span>
          <span className={styles.narrow}>{words.sources.keptOf(source.mentionCount)}</span>
        </td>
        <td className={styles.manage}>
          {mayManage ? (
            <button
              type="button"
              className="button quiet"
              aria-expanded={isOpen}
              aria-label={words.sources.manage(source.label)}
              onClick={onToggle}
            >
              {words.sources.columns.manage} <Chevron to={isOpen ? 'up' : 'down'} />
            </button>
          ) : (
            <Link
              className="button quiet"
              href={streamAddress({ source: source.id })}
              aria-label={words.sources.showOf(source.label)}
            >
              {words.sources.showShort}
            </Link>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr className={styles.managing}>
          <td colSpan={5}>
            <ManageSource source={source} onNotice={onNotice} />
          </td>
        </tr>
      )}
    </>
  );
}

function HealthMark({ level }: { level: Source['health']['level'] }) {
  if (level === 'needs-you' || level === 'stopped') return <NeedsYouMark />;
  if (level === 'falters') return <FaltersMark />;
  if (level === 'paused') return <PausedMark />;
  return level === 'fine' ? <FineMark /> : <span className={styles.noMark} />;
}
