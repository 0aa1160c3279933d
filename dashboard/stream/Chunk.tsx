import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';

/** How far outside the window rows stay drawn. */
const margin = '1500px 0px';

/**
 * A page of rows that is drawn only near what is in view and is an empty block of the same height elsewhere, so that the
 * document stays small however far someone reads. A page with focus in it stays.
 */
export function Chunk({
  pane,
  whole,
  children,
}: {
  pane: RefObject<HTMLElement | null>;
  /** Drawn wherever it is. */
  whole: boolean;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        const keep = entry.isIntersecting || element.contains(document.activeElement);
        setHeight(keep ? null : entry.boundingClientRect.height);
      },
      { root: pane.current, rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [pane]);
  return (
    <div ref={ref} style={height === null || whole ? undefined : { height }}>
      {(height === null || whole) && children}
    </div>
  );
}
