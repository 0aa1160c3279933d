import type { ComponentProps } from 'react';
import styles from './Field.module.css';
import { Labelled, type Told } from './Labelled.tsx';

type Props = Omit<ComponentProps<'textarea'>, 'id' | 'className'> & Told;

/** Room for several lines under its name; the sibling of Field. */
export function TextField({ label, hint, problem, ...textarea }: Props) {
  return (
    <Labelled {...{ label, hint, problem }}>
      {(its) => <textarea {...textarea} {...its} className={`${its.className} ${styles.text}`} />}
    </Labelled>
  );
}
