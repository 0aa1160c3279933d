import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { fetchPeople } from '../api-people.ts';
import { useSettled } from '../settled.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './PersonFilter.module.css';

const mostFound = 6;

/** One person out of everybody who was ever let in, found by name; whoever is chosen stands in the place of the field. */
export function PersonFilter(props: {
  label: string;
  chosen: { id: string; name: string } | null;
  onChoose: (person: { id: string; name: string } | null) => void;
}) {
  const { label, chosen, onChoose } = props;
  const { audit, people } = useWords();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const asked = useSettled(typed.trim());
  const { data } = useQuery({
    queryKey: ['people', 'named', asked],
    queryFn: ({ signal }) => fetchPeople({ search: asked }, null, signal),
    enabled: asked !== '',
  });
  const found = asked === '' || typed === '' ? [] : (data?.people ?? []).slice(0, mostFound);
  const choose = (person: { id: string; name: string } | null) => {
    onChoose(person);
    setTyped('');
    // What had focus is gone; what takes its place has it next.
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('input, button')?.focus());
  };
  return (
    <div ref={place} className={styles.filter}>
      <label htmlFor={chosen ? undefined : id}>{label}</label>
      {chosen ? (
        <span className={`field ${styles.chosen}`}>
          <span dir="auto" title={chosen.name}>
            {chosen.name}
          </span>
          <button type="button" aria-label={audit.everybodyAgain(chosen.name)} onClick={() => choose(null)}>
            ×
          </button>
        </span>
      ) : (
        <input
          id={id}
          type="search"
          className="field"
          autoComplete="off"
          maxLength={100}
          placeholder={people.everybody}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found[0]) choose(found[0]);
            if (event.key === 'Escape') setTyped('');
          }}
        />
      )}
      {found.length > 0 && (
        <ul className={styles.found}>
          {found.map((person) => (
            <li key={person.id}>
              <button type="button" className="button quiet" onClick={() => choose(person)}>
                <span dir="auto">{person.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={asked !== '' && data?.people.length === 0 ? styles.none : 'unseen'}>
        {asked !== '' && data && people.found(data.total)}
      </p>
    </div>
  );
}
