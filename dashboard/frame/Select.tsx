import type { ComponentProps } from 'react';
import { Labelled, type Told } from './Labelled.tsx';

type Props = Omit<ComponentProps<'select'>, 'id' | 'className'> &
  Told & {
    options: readonly (readonly [string, string])[];
  };

/** A choice out of many under its name; the sibling of Field. */
export function Select({ label, options, hint, problem, ...select }: Props) {
  return (
    <Labelled {...{ label, hint, problem }}>
      {(its) => (
        <select {...select} {...its}>
          {options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
