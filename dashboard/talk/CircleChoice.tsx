import { useId } from 'react';
import type { Audience } from '../api-talk.ts';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './AudienceBar.module.css';
import type { Choices } from './choices.ts';
import { circleName } from './circle-name.ts';

/** In which circle something is placed: those in which it is talked about first. With one circle there is nothing to choose. */
export function CircleChoice(props: {
  choices: Choices;
  /** null: none yet. */
  chosen: Audience | null;
  onChoose: (circleId: string) => void;
}) {
  const { here, elsewhere } = props.choices;
  const { chosen, onChoose } = props;
  const words = useWords();
  const { border } = words;
  const id = useId();
  if (chosen !== null && here.length + elsewhere.length < 2) return null;
  const options = (of: readonly Audience[]) =>
    of.map((one) => (
      <option key={one.circle.id} value={one.circle.id}>
        {nameOf(one, words)}
      </option>
    ));
  return (
    <>
      <label htmlFor={id} className="unseen">
        {border.where}
      </label>
      <select
        id={id}
        className={`field ${styles.circle}`}
        value={chosen?.circle.id ?? ''}
        onChange={(event) => event.target.value !== '' && onChoose(event.target.value)}
      >
        {chosen === null && <option value="">{border.choose}</option>}
        {here.length > 0 && elsewhere.length > 0 ? (
          <>
            <optgroup label={border.here}>{options(here)}</optgroup>
            <optgroup label={border.elsewhere}>{options(elsewhere)}</optgroup>
          </>
        ) : (
          options([...here, ...elsewhere])
        )}
      </select>
    </>
  );
}

/** "Klankbord poli (besloten, 2 gasten)". */
function nameOf({ circle, outsiders }: Audience, { border, talk }: Words): string {
  const facts = [
    circle.kind === 'closed' ? border.closed : '',
    circle.kind === 'public' ? border.public : '',
    outsiders !== null && outsiders > 0 ? border.guests(outsiders) : '',
  ].filter((fact) => fact !== '');
  const name = circleName(circle, talk);
  return facts.length > 0 ? `${name} (${facts.join(', ')})` : name;
}
