import { useId, useState } from 'react';
import type { Person } from '../api-people.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './RoleField.module.css';

/** The choice of a role, with what the chosen one may do; `counts`: who has it works here. Stands in a form as `role`. */
export function RoleField({ from, counts = true }: { from: Person['role']; counts?: boolean }) {
  const words = useWords();
  const id = useId();
  const [chosen, setChosen] = useState(from);
  return (
    <div className={styles.role}>
      <label htmlFor={id}>{words.people.role}</label>
      <select
        id={id}
        name="role"
        className="field"
        aria-describedby={`${id}-may`}
        value={chosen}
        onChange={(event) => setChosen(event.target.value as Person['role'])}
      >
        {(Object.keys(words.roles) as Person['role'][]).map((name) => (
          <option key={name} value={name}>
            {words.roles[name]}
          </option>
        ))}
      </select>
      <p id={`${id}-may`} className={styles.may}>
        {counts ? words.roleMay[chosen] : words.people.roleCountsNot}
      </p>
    </div>
  );
}
