import type { ReactNode } from 'react';
import type { Mention } from '../api.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Moment } from '../Moment.tsx';
import { useSources } from '../sources/queries.ts';
import { languageName } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { EraseAuthor } from './EraseAuthor.tsx';
import styles from './Why.module.css';

/** Where a mention came from, why it was kept and joined, and how it was judged. */
export function Why(props: {
  mention: Mention;
  /** A topic found it: of a source that keeps nothing else, that is why it was kept. */
  isFound: boolean;
  onNotice: (notice: Notice) => void;
}) {
  const { mention, isFound, onNotice } = props;
  const { words, language } = useSpoken();
  const { why, thread } = words;
  const { connector, seenVia, sentimentMethod } = mention.provenance;
  // "feed/1" is the connector and the version of its reading; readers are told the first in words.
  const way = why.ways[connector.split('/')[0] as keyof typeof why.ways];
  const others = seenVia.filter(({ id }) => id !== mention.source?.id);
  const { data: sources } = useSources();
  const keeps = sources?.sources.find(({ id }) => id === mention.source?.id)?.keeps;
  const written = mention.language && languageName(mention.language, language);
  const reason = mention.joined && (why.reasons[mention.joined.reason as keyof typeof why.reasons] ?? why.otherReason);
  const rows: [string, ReactNode][] = [
    [why.source, why.sourceSays(mention.source?.label ?? thread.unknownSource, way ?? why.otherWay)],
    ...(others.length > 0 ? [[why.alsoVia, others.map(({ label }) => label).join(', ')] as [string, ReactNode]] : []),
    [
      why.published,
      <>
        <Moment at={mention.publishedAt} say="spoken" />, {why.by[mention.publishedBy]}
      </>,
    ],
    [why.fetched, <Moment key="fetched" at={mention.fetchedAt} say="spoken" />],
    ...(mention.author
      ? ([
          [
            why.author,
            <>
              {mention.author.name ?? mention.author.handle ?? words.unknown}
              <EraseAuthor key="erase" mention={mention} onNotice={onNotice} />
            </>,
          ],
        ] as [string, ReactNode][])
      : []),
    [why.kept, isFound && keeps === 'matched' ? why.keptMatched : why.keptAll],
    [why.joined, reason ?? why.first],
    ...(written
      ? ([
          [why.language, `${written}, ${mention.languageBy === 'source' ? why.languageSource : why.languageDetected}`],
        ] as [string, ReactNode][])
      : []),
    ...(sentimentMethod && mention.state === 'live' ? ([[why.tone, why.toneBy]] as [string, ReactNode][]) : []),
  ];
  return (
    <dl className={styles.why}>
      {rows.map(([term, says]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
