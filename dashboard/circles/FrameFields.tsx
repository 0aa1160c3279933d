import { Choice } from '../frame/Choice.tsx';
import { Field } from '../frame/Field.tsx';
import { TextField } from '../frame/TextField.tsx';
import { useWords } from '../words/Worded.tsx';
import type { Opening } from './opening.ts';

const mostCharacters = 2_000;
const parts = ['question', 'inScope', 'outOfScope', 'result', 'houseRule'] as const;

/** The parts of a frame to fill in. `problems`: what is wrong, by the name of the part. */
export function FrameFields(props: {
  frame: Opening['frame'];
  problems: Record<string, string | undefined>;
  onChange: (frame: Opening['frame']) => void;
}) {
  const { frame, problems, onChange } = props;
  const { circleForm: say } = useWords();
  const hints = { question: say.questionHint, outOfScope: say.outOfScopeHint, houseRule: say.houseRuleHint };
  return (
    <>
      {parts.map((part) => (
        <TextField
          key={part}
          label={say[part]}
          hint={part in hints ? hints[part as keyof typeof hints] : undefined}
          problem={problems[part]}
          rows={2}
          maxLength={mostCharacters}
          value={frame[part]}
          onChange={(event) => onChange({ ...frame, [part]: event.target.value })}
        />
      ))}
      <Field
        label={say.endsOn}
        hint={say.endsOnHint}
        problem={problems.endsOn}
        type="date"
        value={frame.endsOn}
        onChange={(event) => onChange({ ...frame, endsOn: event.target.value })}
      />
      <Choice
        label={say.afterEnd}
        value={frame.afterEnd}
        options={[
          { value: 'read', label: say.afterEndRead },
          { value: 'gone', label: say.afterEndGone },
        ]}
        onChoose={(afterEnd) => onChange({ ...frame, afterEnd })}
      />
    </>
  );
}
