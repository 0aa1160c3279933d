import type { ReactNode } from 'react';
import { LampMark, ProductMark } from '../marks/Marks.tsx';
import { prefer } from '../preferences.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './WindowPage.module.css';

/** The page as the window itself: voices outside, and under the lamp the way in. It needs nothing from the server. */
export function WindowPage(props: {
  title: string;
  why?: string | undefined;
  organisation?: string | null;
  children: ReactNode;
}) {
  const { title, why, organisation, children } = props;
  const { words, language } = useSpoken();
  const { signIn } = words;
  const other = language === 'nl' ? 'en' : 'nl';
  const [above, below] = signIn.voices;
  return (
    <div className={styles.page}>
      <header className={styles.outside}>
        <div className={styles.pane}>
          <p className={styles.brand}>
            <ProductMark size={36} /> Buitenwacht
          </p>
          <Voice {...above!} />
        </div>
        <div className={`${styles.pane} ${styles.lower}`}>
          <Voice {...below!} />
          <p className={styles.promise}>{signIn.promise}</p>
        </div>
      </header>
      <main className={styles.inside}>
        <div className={styles.card}>
          <p className={styles.side}>
            <LampMark /> {organisation ? signIn.insideOf(organisation) : signIn.inside}
          </p>
          <h1>{title}</h1>
          {why && <p className={styles.why}>{why}</p>}
          {children}
        </div>
        <button
          type="button"
          lang={other}
          className={`link ${styles.language}`}
          onClick={() => prefer({ language: other })}
        >
          {signIn.language}
        </button>
      </main>
    </div>
  );
}

function Voice({ says, who }: { says: string; who: string }) {
  return (
    <figure className={styles.voice}>
      <blockquote>{says}</blockquote>
      <figcaption>{who}</figcaption>
    </figure>
  );
}
