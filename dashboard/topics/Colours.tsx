import { useId } from 'react';
import type { TopicRef } from '../api-topics.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './Colours.module.css';
import { colours } from './choices.ts';
import { TopicMark } from './TopicMark.tsx';

/** The colour of a topic's mark, by name for who does not see it. Radio buttons underneath, so arrows walk them. */
export function Colours(props: { chosen: TopicRef['colour']; onChoose: (colour: TopicRef['colour']) => void }) {
  const { topics, topicForm } = useWords();
  const name = useId();
  return (
    <fieldset>
      <legend className={styles.legend}>
        {topicForm.colour}: <span>{topics.colours[props.chosen]}</span>
      </legend>
      <div className={styles.colours}>
        {colours.map((colour) => (
          <label key={colour} className={styles.colour} title={topics.colours[colour]}>
            <input
              type="radio"
              name={name}
              aria-label={topics.colours[colour]}
              checked={colour === props.chosen}
              onChange={() => props.onChoose(colour)}
            />
            <TopicMark colour={colour} size={18} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
