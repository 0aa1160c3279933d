import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { fetchQueryReference } from '../api-search.ts';
import { searchAddress } from '../place.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './Help.module.css';

/** How questions are written: asked for when it is opened, each example a question to try. */
export function Help({ isOpen }: { isOpen: boolean }) {
  const { words, language } = useSpoken();
  const { search } = words;
  const [isShown, setShown] = useState(isOpen);
  const { data } = useQuery({
    queryKey: ['query-reference', language],
    queryFn: ({ signal }) => fetchQueryReference(signal),
    enabled: isShown,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <details className={styles.help} open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{search.help}</summary>
      {data && (
        <>
          <dl className={styles.forms}>
            {data.forms.map(({ write, means }) => (
              <div key={write}>
                <dt>
                  <Link href={searchAddress({ q: write, sort: 'newest' })}>{write}</Link>
                </dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
          <h2 className={styles.title}>{search.fields}</h2>
          <dl className={styles.forms}>
            {data.fields.map(({ name, means, example }) => (
              <div key={name}>
                <dt>
                  <code>{example}</code>
                </dt>
                <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </details>
  );
}
