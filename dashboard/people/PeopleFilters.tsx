import { useId } from 'react';
import { relationKinds } from '#domain/relation.ts';
import type { PeopleFilter } from '../api-people.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './PeoplePage.module.css';

const states = ['invited', 'active', 'deactivated'] as const;

/** By what one finds people: words, and what they are. */
export function PeopleFilters(props: {
  filter: PeopleFilter;
  departments: readonly string[];
  found: number;
  onChange: (filter: PeopleFilter) => void;
}) {
  const { filter, departments, found, onChange } = props;
  const { people, relations } = useWords();
  const id = useId();
  const put = (part: keyof PeopleFilter) => (value: string) => {
    const { [part]: _, ...rest } = filter;
    onChange((value ? { ...rest, [part]: value } : rest) as PeopleFilter);
  };
  const pick = (part: 'who' | 'relation' | 'department' | 'state', label: string, options: [string, string][]) => (
    <label className={styles.pick}>
      {label}
      <select className="field" value={filter[part] ?? ''} onChange={(event) => put(part)(event.target.value)}>
        <option value="">{people.everybody}</option>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <search className={styles.filters}>
      <div className={styles.search}>
        <label htmlFor={id}>{people.search}</label>
        <input
          id={id}
          type="search"
          className="field"
          autoComplete="off"
          maxLength={100}
          value={filter.search ?? ''}
          onChange={(event) => put('search')(event.target.value)}
        />
        <p className="unseen" role="status">
          {Object.keys(filter).length > 0 && people.found(found)}
        </p>
      </div>
      {pick('who', people.who, [
        ['colleague', people.whoWorksHere],
        ['outsider', relations.guest],
      ])}
      {pick(
        'relation',
        people.relations,
        relationKinds.map((kind) => [kind, relations.now[kind]]),
      )}
      {departments.length > 0 &&
        pick(
          'department',
          people.department,
          departments.map((name) => [name, name]),
        )}
      {pick(
        'state',
        people.columns.state,
        states.map((state) => [state, people.states[state]]),
      )}
    </search>
  );
}
