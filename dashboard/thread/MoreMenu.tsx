import { useId, useRef } from 'react';
import { Chevron } from '../marks/Marks.tsx';
import styles from './MoreMenu.module.css';

/** What is done less often, behind one button. A popover of the browser itself: Escape and a click beside it close it. */
export function MoreMenu(props: { label: string; name: string; items: { label: string; run: () => void }[] }) {
  const { label, name, items } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.more}>
      <button type="button" className="button" popoverTarget={id}>
        {label} <Chevron to="down" />
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot float above the page */}
      <div ref={list} id={id} popover="auto" role="group" aria-label={name} className={styles.list}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            onClick={() => {
              list.current?.hidePopover();
              item.run();
            }}
          >
            {item.label}
          </button>
        ))}
      </div>
    </div>
  );
}
