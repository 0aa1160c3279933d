import type { TopicRef } from '../api-topics.ts';
import { WindowMark } from '../marks/Marks.tsx';
import styles from './TopicMark.module.css';

/** The window of outside in the colour of a topic. Always beside its name. */
export function TopicMark({ colour, size = 14 }: { colour: TopicRef['colour']; size?: number }) {
  return (
    <span className={styles[colour]}>
      <WindowMark size={size} />
    </span>
  );
}
