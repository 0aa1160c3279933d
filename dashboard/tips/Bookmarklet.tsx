import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/Worded.tsx';
import styles from './Bookmarklet.module.css';
import { bookmarklet } from './shared.ts';

/** Ways to give a tip without coming here first: a bookmark to drag, and the share menu of a phone. */
export function Bookmarklet() {
  const { tips: words } = useWords();
  const link = useRef<HTMLAnchorElement>(null);
  const [isClicked, setIsClicked] = useState(false);
  // React writes no javascript: address, and here it is never followed: it is there to be dragged away.
  useEffect(() => link.current?.setAttribute('href', bookmarklet(location.origin)), []);
  return (
    <section className={styles.elsewhere} aria-labelledby="tips-elsewhere">
      <h2 id="tips-elsewhere">{words.elsewhere}</h2>
      <p className={styles.wide}>{words.bookmarkletWhy}</p>
      <p className={styles.wide}>
        <a
          ref={link}
          href={location.pathname}
          className="button"
          draggable
          onClick={(event) => {
            event.preventDefault();
            setIsClicked(true);
          }}
        >
          {words.bookmarklet}
        </a>
      </p>
      <p role="status" className={styles.wide}>
        {isClicked && words.bookmarkletClicked}
      </p>
      <p>{words.phone}</p>
    </section>
  );
}
