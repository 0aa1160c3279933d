import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { fetchNames } from '../api-talk.ts';
import { useWords } from '../words/Worded.tsx';
import type { Chosen } from './opening.ts';
import styles from './PeopleField.module.css';

const quietMs = 150;
const mostFound = 6;

/** Colleagues to choose by name. Those who are chosen stand above the field, each with a way out. */
export function PeopleField(props: {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  chosen: readonly Chosen[];
  onChange: (chosen: Chosen[]) => void;
  /** Who cannot be chosen here, because they are something else already. */
  except?: readonly string[];
}) {
  const { label, hint, problem, chosen, onChange, except = [] } = props;
  const { circleForm: say } = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [told, setTold] = useState('');
  const { data } = useQuery({
    queryKey: ['names', asked, 'all'],
    queryFn: ({ signal }) => fetchNames(asked, undefined, signal),
    enabled: asked !== '',
  });
  const isThere = (personId: string) => except.includes(personId) || chosen.some((one) => one.id === personId);
  const found = asked === '' ? [] : (data ?? []).filter((one) => !isThere(one.id)).slice(0, mostFound);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => setAsked(text.trim()), quietMs);
  };
  const add = ({ id: personId, name }: Chosen) => {
    onChange([...chosen, { id: personId, name }]);
    setTold(say.personAdded(name));
    setTyped('');
    setAsked('');
    field.current?.focus();
  };
  const takeOut = ({ id: personId, name }: Chosen) => {
    onChange(chosen.filter((one) => one.id !== personId));
    setTold(say.personOut(name));
    field.current?.focus();
  };
  return (
    <fieldset className={styles.people} aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {chosen.length > 0 && (
        <ul className={styles.chosen}>
          {chosen.map((one) => (
            <li key={one.id}>
              <span dir="auto">{one.name}</span>
              <button
                type="button"
                aria-label={say.takeOut(one.name)}
                title={say.takeOut(one.name)}
                onClick={() => takeOut(one)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={field}
        type="search"
        className="field"
        aria-label={say.findIn(label)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        placeholder={say.findPerson}
        autoComplete="off"
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          // Enter takes the first that was found; it does not send the form.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (found[0]) add(found[0]);
        }}
      />
      {problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          {problem}
        </p>
      )}
      {found.length > 0 && (
        <ul className={styles.found}>
          {found.map((one) => (
            <li key={one.id}>
              <button type="button" className="button quiet" onClick={() => add(one)}>
                {say.addPerson(one.name)}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={asked !== '' && data && found.length === 0 ? styles.hint : 'unseen'}>
        {asked === '' ? told : data ? (found.length === 0 ? say.nobodyFound : say.namesFound(found.length)) : ''}
      </p>
    </fieldset>
  );
}
