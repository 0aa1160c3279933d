import { useState } from 'react';
import { Link } from 'wouter';
import type { FacetName, FacetValue, SearchFacets } from '../api-search.ts';
import { type Asked, searchAddress } from '../place.ts';
import { languageName } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './Facets.module.css';

const order: FacetName[] = ['side', 'topic', 'source', 'sentiment', 'status', 'language', 'type', 'circle'];
const shownFirst = 6;

/** How what was found divides: each part a link to the question that asks for it alone, or no longer. */
export function Facets(props: {
  facets: SearchFacets;
  sort: Asked['sort'];
  /** False where what opens it says the same. */
  isTitled?: boolean;
}) {
  const { facets, sort, isTitled = true } = props;
  const { words } = useSpoken();
  return (
    <div className={styles.facets}>
      {isTitled && <h2 className={styles.title}>{words.search.facets}</h2>}
      {order
        .filter((name) => facets.facets[name].length > 1 || facets.facets[name].some(({ on }) => on))
        .map((name) => (
          <Facet key={name} name={name} values={facets.facets[name]} sort={sort} />
        ))}
      {facets.estimated && <p className={styles.note}>{words.search.estimated}</p>}
    </div>
  );
}

function Facet({ name, values, sort }: { name: FacetName; values: FacetValue[]; sort: Asked['sort'] }) {
  const { words, language } = useSpoken();
  const { search } = words;
  const [isAll, setAll] = useState(false);
  const shown = isAll ? values : values.slice(0, shownFirst);
  return (
    <section className={styles.facet} aria-label={search.facetNames[name]}>
      <h3 className={styles.name}>{search.facetNames[name]}</h3>
      <ul>
        {shown.map((value) => (
          <li key={value.value}>
            <Link
              className={value.on ? `${styles.value} ${styles.on}` : styles.value}
              href={searchAddress({ q: value.query, sort })}
              aria-current={value.on ? 'true' : undefined}
            >
              <span className={styles.label}>{labelOf(name, value)}</span>
              <span className={styles.count}>{value.count.toLocaleString(language)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {values.length > shown.length && (
        <button type="button" className={`link ${styles.rest}`} onClick={() => setAll(true)}>
          {search.moreValues(values.length - shown.length)}
        </button>
      )}
    </section>
  );

  function labelOf(of: FacetName, { value, name: given }: FacetValue): string {
    const among = (list: Record<string, string>) => list[value] ?? given ?? value;
    if (of === 'side') return among(search.sides);
    if (of === 'sentiment') return among(words.tones);
    if (of === 'status') return among(search.statuses);
    if (of === 'language') return languageName(value, language) ?? words.unknown;
    if (of === 'type') return value === 'reply' ? search.reply : among(words.kinds);
    if (of === 'circle' && given === 'everyone') return words.talk.everyone;
    return given ?? value;
  }
}
