import { Link, useSearch } from 'wouter';
import type { FoundThread, Hit } from '../api-search.ts';
import { caseBrief } from '../desk/case-words.ts';
import { Moment } from '../Moment.tsx';
import { LampMark, WindowMark } from '../marks/Marks.tsx';
import { fromSearch, streamAddress } from '../place.ts';
import { useMe } from '../session.ts';
import { langOf } from '../stream/Row.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Found.module.css';
import { Highlighted } from './Highlighted.tsx';

/** A thread in which something was found: its title, and up to three places, each on its side of the window. */
export function Found({ found }: { found: FoundThread }) {
  const { thread, hits, moreHits } = found;
  const words = useWords();
  const me = useMe();
  const here = useSearch();
  const titled = hits.find((hit) => hit.kind === 'mention' && hit.title !== null && hit.title === thread.title);
  const title = thread.title ?? (thread.state === 'live' ? thread.excerpt : words.thread.gone[thread.state]);
  return (
    <article className={styles.found} aria-labelledby={`found-${thread.id}`}>
      <h2 className={styles.title} id={`found-${thread.id}`}>
        <Link href={streamAddress({}, thread.id)} state={fromSearch(here)}>
          {thread.title !== null && titled ? (
            <Highlighted
              text={thread.title}
              part="title"
              highlights={titled.highlights}
              lang={langOf(thread.language)}
            />
          ) : (
            <span lang={langOf(thread.language)} dir="auto">
              {title ?? words.stream.noTitle}
            </span>
          )}
        </Link>
      </h2>
      {(thread.case || thread.copies > 0) && (
        <p className={styles.facts}>
          {thread.copies > 0 && <span>{words.stream.elsewhere(thread.copies)}</span>}
          {thread.case && <span>{caseBrief(thread.case, me.id, words)}</span>}
        </p>
      )}
      <ul className={styles.hits}>
        {hits.map((hit, index) => (
          <Place
            key={hit.id}
            hit={hit}
            threadTitle={thread.title}
            language={thread.language}
            isTold={hits.slice(0, index).some(({ excerpt }) => excerpt === hit.excerpt)}
          />
        ))}
      </ul>
      {moreHits && <p className={styles.more}>{words.search.moreHits}</p>}
    </article>
  );
}

function Place(props: {
  hit: Hit;
  threadTitle: string | null;
  language: string | null;
  /** The same words stand above it, as those of a copy do. */
  isTold: boolean;
}) {
  const { hit, threadTitle, language, isTold } = props;
  const words = useWords();
  const isInside = hit.kind === 'reply';
  const lang = isInside ? undefined : langOf(language);
  return (
    <li className={isInside ? `${styles.hit} ${styles.inside}` : styles.hit}>
      <p className={styles.kicker}>
        {isInside ? <LampMark size={13} /> : <WindowMark size={13} />}
        <span className={styles.where}>
          {isInside ? hit.person.name : (hit.source?.label ?? words.thread.unknownSource)}
        </span>
        {isInside ? (
          <span>{circleName(hit.circle, words.talk)}</span>
        ) : (
          hit.author && <span dir="auto">{hit.author}</span>
        )}
        <Moment at={hit.at} />
      </p>
      {hit.kind === 'mention' && hit.title !== null && hit.title !== threadTitle && (
        <p className={styles.own}>
          <Highlighted text={hit.title} part="title" highlights={hit.highlights} lang={lang} />
        </p>
      )}
      {hit.excerpt !== '' && !isTold && (
        <p className={styles.excerpt}>
          {hit.cut.before && '… '}
          <Highlighted text={hit.excerpt} part="excerpt" highlights={hit.highlights} lang={lang} />
          {hit.cut.after && ' …'}
        </p>
      )}
    </li>
  );
}
