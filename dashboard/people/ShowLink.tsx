import { useId, useRef, useState } from 'react';
import type { Person, PersonLink } from '../api-people.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { fullTime } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './ShowLink.module.css';

/** The link by which somebody comes in, this once, with what to do with it. */
export function ShowLink({ person, link, onClose }: { person: Person; link: PersonLink; onClose: () => void }) {
  const { words, language } = useSpoken();
  const { people } = words;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Dialog title={people.linkTitle(person.name)} onClose={onClose} hasWayBack>
      <p>{people.linkWhy(person.name)}</p>
      <div className={styles.link}>
        <label htmlFor={id}>{people.link}</label>
        <input
          ref={field}
          id={id}
          className="field"
          value={link.url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          className="button primary"
          onClick={() => void copy(link.url, field.current).then(setCopied)}
        >
          {people.copy}
        </button>
      </div>
      <p role="status" className={styles.copied}>
        {copied !== null && (copied ? people.copied : people.notCopied)}
      </p>
      <p className={styles.once}>{people.linkOnce(fullTime(new Date(link.expiresAt), language))}</p>
      <p className={styles.done}>
        <button type="button" className="button" onClick={onClose}>
          {people.done}
        </button>
      </p>
    </Dialog>
  );
}

/** Whether the text is on the clipboard now. Pages over plain http have no clipboard of their own; there the field is selected. */
async function copy(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.focus();
    field?.select();
    return document.execCommand('copy');
  }
}
