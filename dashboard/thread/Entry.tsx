import { lazy, type ReactNode, type RefObject, Suspense, useId, useMemo, useRef, useState } from 'react';
import type { Mention } from '../api.ts';
import { useCircles } from '../circles/queries.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { AwayMark } from '../marks/Marks.tsx';
import { useRight } from '../session.ts';
import { langOf } from '../stream/Row.tsx';
import { useSourceName } from '../stream/source-name.ts';
import { Tone } from '../stream/Tone.tsx';
import type { QuoteRef } from '../talk/written.ts';
import { clock, day, daysAgo, fullTime, spokenTime } from '../time.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { Band } from './Band.tsx';
import styles from './Entry.module.css';
import { FoundBy, TopicMarks } from './FoundBy.tsx';
import { useMentionTopics, useUnderlined } from './mention-topics.ts';
import { QuoteButton } from './QuoteButton.tsx';
import { readRichText, renderRichText } from './rich-text.ts';
import { Why } from './Why.tsx';

const InviteAuthor = lazy(async () => ({ default: (await import('../guests/InviteAuthor.tsx')).InviteAuthor }));
/** Circles into which somebody from outside can be asked. */
const inviting = new Set(['closed', 'public']);
const plainKinds = new Set(['article', 'post']);

/** One mention as a band: what was said, where it stands, why it is here. Its title is not said twice. */
export function Entry(props: {
  mention: Mention;
  threadTitle: string | null;
  onNotice: (notice: Notice) => void;
  onQuote: (quote: QuoteRef) => void;
  children?: ReactNode;
}) {
  const { mention, threadTitle, onNotice, onQuote, children } = props;
  const words = useWords();
  // Where we listen and why it is here is for who works here.
  const isColleague = useRight('colleague');
  const [whyOpen, setWhyOpen] = useState(false);
  const [earlierOpen, setEarlierOpen] = useState(false);
  const said = useRef<HTMLDivElement>(null);
  const id = useId();
  const source = useSourceName()(mention.source, mention.url);
  const kind = words.kinds[mention.kind as keyof typeof words.kinds];
  const gone = mention.state === 'live' ? null : words.thread[mention.state];
  const { topics, error: topicsError } = useMentionTopics(mention);
  const spans = useMemo(() => topics.filter(({ judged }) => judged !== false).flatMap(({ spans }) => spans), [topics]);
  useUnderlined(said, gone === null ? mention.text : null, spans);
  const edited = mention.editedAt ?? mention.earlier[0]?.writtenAt ?? null;
  return (
    <Band time={<EntryTime at={mention.publishedAt} />}>
      <div className={styles.kicker}>
        <h2 className={styles.source}>{words.thread.outside(source)}</h2>
        {mention.source && mention.source.kind !== 'social' && <span>{words.sourceKinds[mention.source.kind]}</span>}
        {kind && (!plainKinds.has(mention.kind) || mention.source?.kind === 'social') && <span>{kind}</span>}
        {mention.sentiment && gone === null && <Tone sentiment={mention.sentiment} />}
        {mention.rating && <span>{words.stream.rating(mention.rating.value, mention.rating.best)}</span>}
        {edited && gone === null && (
          <span>
            <Dated at={edited} put={words.thread.edited} />
            {mention.earlier.length > 0 && (
              <>
                {', '}
                <button
                  type="button"
                  className="link"
                  aria-expanded={earlierOpen}
                  aria-controls={`${id}-earlier`}
                  onClick={() => setEarlierOpen(!earlierOpen)}
                >
                  {earlierOpen ? words.thread.hideEarlier : words.thread.showEarlier}
                </button>
              </>
            )}
          </span>
        )}
        <TopicMarks topics={topics} />
      </div>
      {gone ? (
        <p className={styles.gone}>{gone}</p>
      ) : (
        <Said mention={mention} threadTitle={threadTitle} wordsRef={said} />
      )}
      <div id={`${id}-earlier`}>{earlierOpen && <Earlier mention={mention} />}</div>
      {gone === null && <Media mention={mention} />}
      {gone === null && mention.author?.name && <AuthorLine author={mention.author} />}
      <p className={styles.links}>
        {mention.url && gone === null && <ReadAt url={mention.url} source={source} />}
        {gone === null && mention.text && (
          <QuoteButton mention={mention} said={said} onQuote={onQuote} onNotice={onNotice} />
        )}
        {gone === null && mention.author && <InviteWay mention={mention} threadTitle={threadTitle} />}
        {isColleague && (
          <button
            type="button"
            className="link"
            aria-expanded={whyOpen}
            aria-controls={`${id}-why`}
            onClick={() => setWhyOpen(!whyOpen)}
          >
            <span className={styles.long}>{words.thread.why}</span>
            <span className={styles.short}>{words.thread.whyShort}</span>
          </button>
        )}
      </p>
      <div id={`${id}-why`}>
        {whyOpen && (
          <>
            <FoundBy mention={mention} topics={topics} error={topicsError} onNotice={onNotice} />
            <Why mention={mention} isFound={topics.length > 0} onNotice={onNotice} />
          </>
        )}
      </div>
      {children}
    </Band>
  );
}

/** The way to invite who wrote it, for who may. */
function InviteWay({ mention, threadTitle }: { mention: Mention; threadTitle: string | null }) {
  const { guests } = useWords();
  const isDesk = useRight('desk');
  const { data } = useCircles();
  const [open, setOpen] = useState(false);
  const hosts = data?.mine.some(({ kind, standing, ended }) => inviting.has(kind) && standing === 'host' && !ended);
  if (!isDesk && !hosts) return null;
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {guests.inviteAuthor}
      </button>
      {open && (
        <Suspense fallback={null}>
          <InviteAuthor mention={mention} threadTitle={threadTitle} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The way to where it was said. */
export function ReadAt({ url, source }: { url: string; source: string }) {
  const { thread, frame } = useWords();
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {thread.read(source)} <AwayMark />
      <span className="unseen"> ({frame.newTab})</span>
    </a>
  );
}

/** The words of the mention, in their own language. */
export function Said(props: {
  mention: Mention;
  threadTitle: string | null;
  /** What holds the words alone, for who wants to quote of them. */
  wordsRef?: RefObject<HTMLDivElement | null>;
}) {
  const { mention, threadTitle, wordsRef } = props;
  const { html, text, title, language } = mention;
  const nodes = useMemo(() => (html === null ? null : renderRichText(readRichText(html))), [html]);
  return (
    <div className={styles.said} lang={langOf(language)} dir="auto">
      {title && title !== threadTitle && <h3>{title}</h3>}
      <div ref={wordsRef}>{nodes ?? <p className={styles.plain}>{text}</p>}</div>
    </div>
  );
}

/** The time beside a band: of today the clock, of another day the day above it. */
export function EntryTime({ at }: { at: string }) {
  const { language } = useSpoken();
  const [date, now] = [new Date(at), new Date()];
  return (
    <time dateTime={at} title={fullTime(date, language)} className={styles.time}>
      {daysAgo(date, now) !== 0 && <span>{day(date, language, now)} </span>}
      <span>{clock(date, language)}</span>
    </time>
  );
}

/** A sentence with a moment in it, in full in its tooltip. */
function Dated({ at, put }: { at: string; put: (time: string) => string }) {
  const { language, words } = useSpoken();
  const date = new Date(at);
  return (
    <time dateTime={at} title={fullTime(date, language)}>
      {put(spokenTime(date, language, words, new Date()))}
    </time>
  );
}

function Earlier({ mention }: { mention: Mention }) {
  const { thread } = useWords();
  const versions = [...mention.earlier].sort((a, b) => Date.parse(b.writtenAt) - Date.parse(a.writtenAt));
  return versions.map(({ writtenAt, title, text }) => (
    <section key={writtenAt} className={styles.earlier}>
      <p>
        <Dated at={writtenAt} put={thread.earlierFrom} />
      </p>
      <div lang={langOf(mention.language)} dir="auto">
        {title && title !== mention.title && <p className={styles.earlierTitle}>{title}</p>}
        <p className={styles.plain}>{text}</p>
      </div>
    </section>
  ));
}

/** What was seen or heard there: named and linked, never loaded. */
function Media({ mention: { media, language } }: { mention: Mention }) {
  const { thread, frame } = useWords();
  if (media.length === 0) return null;
  return (
    <ul className={styles.media} title={thread.notLoaded}>
      {media.map(({ url, type, alt }) => (
        <li key={url}>
          <a href={url} target="_blank" rel="noopener noreferrer">
            <span lang={alt ? langOf(language) : undefined}>
              {type === 'image' && alt ? thread.imageSaying(alt) : thread[type]}
            </span>
            <AwayMark />
            <span className="unseen"> ({frame.newTab})</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Story first, person last. */
function AuthorLine({ author }: { author: NonNullable<Mention['author']> }) {
  const { thread, frame } = useWords();
  const line = thread.byAuthor(author.name ?? '');
  if (!author.url) return <p className={styles.author}>{line}</p>;
  return (
    <p className={styles.author}>
      <a href={author.url} target="_blank" rel="noopener noreferrer">
        {line}
        <span className="unseen"> ({frame.newTab})</span>
      </a>
    </p>
  );
}
