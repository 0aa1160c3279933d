import { useQuery } from '@tanstack/react-query';
import { fetchNames } from '../api-talk.ts';
import { Field } from '../frame/Field.tsx';
import { Select } from '../frame/Select.tsx';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { Colours } from './Colours.tsx';
import { audiences, bases, kinds } from './choices.ts';
import type { TopicDraft } from './kept-topic.ts';
import { SourcesField } from './SourcesField.tsx';
import styles from './TopicEditor.module.css';

type Props = {
  draft: TopicDraft;
  /** By the name of the part. */
  problems: Record<string, string>;
  onChange: (part: Partial<TopicDraft>) => void;
};

/** Why a topic is there and whose it is. `owner`: who it is now, in case they are not among those who may be chosen. */
export function Settings({
  owner,
  isNamed,
  ...props
}: Props & {
  owner: { id: string; name: string } | null;
  /** Its name is asked elsewhere. */
  isNamed: boolean;
}) {
  const { draft, problems, onChange } = props;
  const { topics, topicForm: say } = useWords();
  return (
    <div className={styles.settings}>
      <Field
        label={say.purpose}
        autoComplete="off"
        maxLength={500}
        value={draft.purpose}
        problem={problems.purpose}
        onChange={(event) => onChange({ purpose: event.target.value })}
      />
      <Select
        label={say.basis}
        options={[['', topics.noBasis], ...bases.map((basis) => [basis, topics.bases[basis]] as const)]}
        value={draft.legalBasis ?? ''}
        hint={draft.legalBasis === null ? say.basisHint : undefined}
        problem={problems.legalBasis}
        onChange={(event) => onChange({ legalBasis: (event.target.value || null) as TopicDraft['legalBasis'] })}
      />
      <Owner {...props} present={owner} />
      <Select
        label={say.audience}
        options={audiences.map((audience) => [audience, say.audiences[audience]] as const)}
        value={draft.audience}
        hint={draft.audience === 'desk' ? say.deskHint : undefined}
        problem={problems.audience}
        onChange={(event) => onChange({ audience: event.target.value as TopicDraft['audience'] })}
      />
      {!isNamed && <Name {...props} />}
      <Select
        label={say.kind}
        options={kinds.map((kind) => [kind, topics.kinds[kind]] as const)}
        value={draft.kind}
        onChange={(event) => onChange({ kind: event.target.value as TopicDraft['kind'] })}
      />
      <Colours chosen={draft.colour} onChoose={(colour) => onChange({ colour })} />
      <SourcesField chosen={draft.sources} onChange={(sources) => onChange({ sources })} />
    </div>
  );
}

/** What it is called. */
export function Name({ draft, problems, onChange }: Props) {
  const { topicForm: say } = useWords();
  return (
    <Field
      label={say.name}
      name="name"
      autoComplete="off"
      maxLength={100}
      value={draft.name}
      hint={draft.name === '' ? say.nameHint : undefined}
      problem={problems.name}
      onChange={(event) => onChange({ name: event.target.value })}
    />
  );
}

/** Whoever may answer at the desk may keep a topic. */
function Owner({ draft, problems, onChange, present }: Props & { present: { id: string; name: string } | null }) {
  const { topics, topicForm: say } = useWords();
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['names', '', 'desk'],
    queryFn: ({ signal }) => fetchNames('', 'desk', signal),
  });
  const people = new Map([...(data ?? []), me, ...(present ? [present] : [])].map(({ id, name }) => [id, name]));
  const options = [...people].sort(([, a], [, b]) => a.localeCompare(b, 'nl'));
  return (
    <Select
      label={say.owner}
      options={[['', topics.nobody], ...options]}
      value={draft.owner ?? ''}
      problem={problems.owner}
      onChange={(event) => onChange({ owner: event.target.value || null })}
    />
  );
}
