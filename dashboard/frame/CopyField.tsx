import { useId, useRef, useState } from 'react';
import { useWords } from '../words/Worded.tsx';
import styles from './CopyField.module.css';
import { copy } from './copy.ts';

/** Something to take along, such as an address, with a button that puts it on the clipboard. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { people } = useWords();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div>
      <div className={styles.copy}>
        <label htmlFor={id}>{label}</label>
        <input
          ref={field}
          id={id}
          className="field"
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          className="button primary"
          onClick={() => void copy(value, field.current).then(setCopied)}
        >
          {people.copy}
        </button>
      </div>
      <p role="status" className={styles.copied}>
        {copied !== null && (copied ? people.copied : people.notCopied)}
      </p>
    </div>
  );
}
