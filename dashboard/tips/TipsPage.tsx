import { RefusedError } from '../api.ts';
import { Message } from '../frame/Message.tsx';
import { Page } from '../frame/Page.tsx';
import { useWords } from '../words/Worded.tsx';
import { Bookmarklet } from './Bookmarklet.tsx';
import { MyTips } from './MyTips.tsx';
import { useTips } from './queries.ts';
import { TipForm } from './TipForm.tsx';
import styles from './TipsPage.module.css';

/** Hand in what one saw outside, and see what became of what one handed in. */
export function TipsPage() {
  const { tips: words, stream } = useWords();
  const { data, error, refetch } = useTips();
  return (
    <Page title={words.title} sum={words.why}>
      <div className={styles.columns}>
        <div>
          <TipForm onGiven={() => void refetch().catch(() => undefined)} />
          <Bookmarklet />
        </div>
        <section aria-labelledby="my-tips">
          <div className={styles.head}>
            <h2 id="my-tips">{words.mine}</h2>
            {data && data.length > 0 && <p>{words.mineOrder}</p>}
          </div>
          {data && (data.length > 0 ? <MyTips tips={data} /> : <p className={styles.empty}>{words.empty}</p>)}
          {!data && error && (
            <Message
              title={words.failed}
              urgent
              action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
            >
              {error instanceof RefusedError ? error.detail : null}
            </Message>
          )}
        </section>
      </div>
    </Page>
  );
}
