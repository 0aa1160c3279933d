import { useEffect, useState } from 'react';
import { RefusedError, type SourceList } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { useTitle } from '../frame/title.ts';
import { NeedsYouMark } from '../marks/Marks.tsx';
import { useRight } from '../session.ts';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';
import { AddSource } from './AddSource.tsx';
import { Opml } from './Opml.tsx';
import { useSources } from './queries.ts';
import styles from './SourcesPage.module.css';
import { SourceTable } from './SourceTable.tsx';

/** Where everything comes from: add a source by its address, and see how each is doing. */
export function SourcesPage() {
  const words = useWords();
  const { data, error, refetch } = useSources();
  const mayManage = useRight('sources');
  const [notice, setNotice] = useState<Notice | null>(null);
  // Red only when a source of one's own waits for it.
  const isWaiting = data?.sources.some(({ health }) => health.reason === 'contact-missing') ?? false;
  useTitle(words.sources.title);
  useEffect(() => document.getElementById('content')?.focus({ preventScroll: true }), []);

  return (
    <>
      <div className={styles.page}>
        <div className={styles.inside}>
          <header className={styles.head}>
            <h1>{words.sources.title}</h1>
            {data && data.sources.length > 0 && <p>{sum(data, words)}</p>}
          </header>
          {mayManage && data?.contact === false && (
            <section className={isWaiting ? `${styles.contact} ${styles.waiting}` : styles.contact}>
              {isWaiting && <NeedsYouMark size={14} />}
              <div>
                <h2>{words.sources.contactTitle}</h2>
                <p>{words.sources.contactWhy}</p>
              </div>
            </section>
          )}
          {mayManage && <AddSource onNotice={setNotice} onLook={() => setNotice(null)} />}
          {data && data.sources.length > 0 && <SourceTable sources={data.sources} onNotice={setNotice} />}
          {data && data.sources.length === 0 && (
            <Message title={words.sources.emptyTitle} mark>
              {mayManage ? words.sources.emptyWhy : words.sources.emptyNotYours}
            </Message>
          )}
          {!data && error && (
            <Message
              title={words.sources.failed}
              urgent
              action={{ label: words.stream.retry, onClick: () => void refetch().catch(() => undefined) }}
            >
              {error instanceof RefusedError && error.detail ? `${error.detail} ` : ''}
              {words.sources.failedKept}
            </Message>
          )}
          {mayManage && <Opml sources={data?.sources ?? []} onAct={() => setNotice(null)} />}
        </div>
      </div>
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </>
  );
}

/** "41 bronnen: 38 lopen goed, 2 haperen, 1 wacht op jou." */
function sum({ sources, counts }: SourceList, { sources: words }: Words): string {
  const parts = (['fine', 'falters', 'needsYou', 'paused'] as const)
    .filter((level) => counts[level] > 0)
    .map((level) => words[level](counts[level]));
  return `${words.total(sources.length)}: ${parts.join(', ')}.`;
}
