import { Link } from 'wouter';
import { searchAddress } from '../place.ts';
import { useSavedSearches } from '../search/queries.ts';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './Filter.module.css';

/** Searches that were kept, one's own and those of colleagues, each a step to what it finds now. Nothing while there are none. */
export function SavedViews() {
  const { stream } = useFirstWords();
  const { data } = useSavedSearches();
  if (!data || data.length === 0) return null;
  return (
    <section className={styles.views} aria-labelledby="saved-views">
      <h2 id="saved-views">{stream.saved}</h2>
      <ul>
        {data.map(({ id, name, query, sort }) => (
          <li key={id}>
            <Link href={searchAddress({ q: query, sort })} dir="auto">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
