import { Field } from '../frame/Field.tsx';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { CircleKind } from './CircleKind.tsx';
import { FrameFields } from './FrameFields.tsx';
import frameStyles from './FramePanel.module.css';
import { FrameWords } from './FramePanel.tsx';
import styles from './OpenCircle.module.css';
import type { Chosen, Opening, Step } from './opening.ts';
import { PeopleField } from './PeopleField.tsx';

type Props = {
  opening: Opening;
  /** What the server said is missing, by its name of the part. */
  problems: Record<string, string>;
  onChange: (part: Partial<Opening>) => void;
  onStep: (step: Step) => void;
};

/** What is asked at one step of opening a circle. */
export function OpeningStep({ step, ...props }: Props & { step: Step }) {
  if (step === 'kind') return <Kind {...props} />;
  if (step === 'frame') return <Words {...props} />;
  if (step === 'hosts') return <Hosts {...props} />;
  if (step === 'members') return <Members {...props} />;
  return <Check {...props} />;
}

function Kind({ opening, onChange }: Props) {
  const { circleForm: say } = useWords();
  const kinds = [
    ['closed', say.closed, say.closedWho],
    ['internal', say.internal, say.internalWho],
  ] as const;
  return (
    <fieldset className={styles.kinds}>
      <legend className={styles.legend}>{say.kind}</legend>
      {kinds.map(([kind, name, who]) => (
        <label key={kind} className={styles.kind}>
          <input type="radio" name="kind" checked={opening.kind === kind} onChange={() => onChange({ kind })} />
          <span>
            <strong>{name}</strong>
            <span className={styles.who}>{who}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Words({ opening, problems, onChange }: Props) {
  const { circleForm: say } = useWords();
  const ofFrame = Object.fromEntries(
    Object.entries(problems).map(([path, message]) => [path.replace(/^frame\./, ''), message]),
  );
  return (
    <>
      <Field
        label={say.name}
        hint={say.nameHint}
        problem={problems.name}
        maxLength={100}
        autoComplete="off"
        value={opening.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <FrameFields frame={opening.frame} problems={ofFrame} onChange={(frame) => onChange({ frame })} />
    </>
  );
}

function Hosts({ opening, problems, onChange }: Props) {
  const { circleForm: say } = useWords();
  const ids = (people: readonly Chosen[]) => people.map(({ id }) => id);
  return (
    <>
      <PeopleField
        label={say.hosts}
        hint={say.hostsHint}
        problem={problemAt(problems, 'hosts')}
        chosen={opening.hosts}
        except={ids(opening.deputies)}
        onChange={(hosts) => onChange({ hosts })}
      />
      <PeopleField
        label={say.deputies}
        hint={say.deputiesHint}
        problem={problemAt(problems, 'deputies')}
        chosen={opening.deputies}
        except={ids(opening.hosts)}
        onChange={(deputies) => onChange({ deputies })}
      />
    </>
  );
}

function Members({ opening, problems, onChange }: Props) {
  const { circleForm: say } = useWords();
  if (opening.kind === 'internal') return <p>{say.membersInternal}</p>;
  return (
    <PeopleField
      label={say.members}
      hint={say.membersHint}
      problem={problemAt(problems, 'members')}
      chosen={opening.members}
      except={[...opening.hosts, ...opening.deputies].map(({ id }) => id)}
      onChange={(members) => onChange({ members })}
    />
  );
}

/** What is wrong with a list, or with somebody in it. */
const problemAt = (problems: Record<string, string>, list: string) =>
  problems[list] ?? Object.entries(problems).find(([path]) => path.startsWith(`${list}.`))?.[1];

function Check({ opening, onStep }: Props) {
  const { circleForm: say, circleSettings } = useWords();
  const me = useMe();
  const { kind, name, frame, hosts, deputies, members } = opening;
  const named = (people: readonly Chosen[]) =>
    people.length === 0
      ? say.nobodyYet
      : people.map((one) => (one.id === me.id ? say.you(one.name) : one.name)).join(', ');
  const filled = Object.fromEntries(
    Object.entries(frame).map(([part, says]) => [part, part === 'endsOn' ? says : says.trim() || say.notFilled]),
  ) as Opening['frame'];
  const change = (step: Step) => (
    <button type="button" className="link" aria-label={say.changeStep(say.steps[step])} onClick={() => onStep(step)}>
      {say.change}
    </button>
  );
  return (
    <>
      <p>{say.checkWhy}</p>
      <dl className={styles.facts}>
        <div>
          <dt>{say.name}</dt>
          <dd dir="auto">{name.trim() || say.notFilled}</dd>
          <dd>{change('frame')}</dd>
        </div>
        <div>
          <dt>{say.whoReads}</dt>
          <dd>
            <CircleKind kind={kind} />
          </dd>
          <dd>{change('kind')}</dd>
        </div>
      </dl>
      <dl className={frameStyles.parts}>
        <FrameWords frame={filled} isWhole />
      </dl>
      <dl className={styles.facts}>
        <div>
          <dt>{say.hosts}</dt>
          <dd dir="auto">{named(hosts)}</dd>
          <dd>{change('hosts')}</dd>
        </div>
        <div>
          <dt>{say.deputies}</dt>
          <dd dir="auto">{named(deputies)}</dd>
        </div>
        {kind === 'closed' && (
          <div>
            <dt>{circleSettings.members}</dt>
            <dd dir="auto">{named(members)}</dd>
            <dd>{change('members')}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
