import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { colleagueRelations, relationKinds } from '#domain/relation.ts';
import { RefusedError } from '../api.ts';
import { addPerson, type Person, type PersonLink, type Relation } from '../api-people.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { Field } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { Select } from '../frame/Select.tsx';
import { useToday } from '../today.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './AddPerson.module.css';
import { RoleField } from './RoleField.tsx';

/** Lets somebody in: who they are, what to the organisation and from when until when, and their role. What comes of it is a link, which is shown next. */
export function AddPerson(props: {
  onClose: () => void;
  onAdded: (added: { person: Person; link: PersonLink }) => void;
}) {
  const { onClose, onAdded } = props;
  const { people, relations } = useWords();
  const today = useToday();
  const [relation, setRelation] = useState<Relation['kind']>('employee');
  const client = useQueryClient();
  const adding = useMutation({
    mutationFn: addPerson,
    onSuccess: (added) => {
      void client.invalidateQueries({ queryKey: ['people'] }).catch(() => undefined);
      onAdded(added);
    },
  });
  const { error } = adding;
  const problems = problemsOf(error);
  const emailProblem = error instanceof RefusedError && error.code === 'email_exists' ? error.message : problems.email;
  return (
    <Dialog title={people.addTitle} onClose={onClose} hasWayBack>
      <p className={styles.why}>{people.addWhy}</p>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const text = (name: string) => String(given.get(name)).trim();
          adding.mutate({
            name: text('name'),
            email: text('email'),
            role: text('role') as Person['role'],
            relation,
            ...(text('since') ? { since: text('since') } : {}),
            until: text('until') || null,
            department: text('department') || null,
          });
        }}
      >
        <FormProblem error={error} />
        <Field label={people.name} name="name" autoComplete="off" maxLength={100} problem={problems.name} />
        <Field
          label={people.email}
          name="email"
          type="email"
          autoComplete="off"
          maxLength={200}
          problem={emailProblem}
        />
        <Select
          label={people.relationKind}
          hint={people.relationsWhy}
          options={relationKinds.map((kind) => [kind, relations.now[kind]] as const)}
          value={relation}
          onChange={(event) => setRelation(event.target.value as Relation['kind'])}
          problem={problems.relation}
        />
        <div className={styles.days}>
          <Field label={people.since} name="since" type="date" defaultValue={today} problem={problems.since} />
          <Field label={people.until} hint={people.untilOpen} name="until" type="date" problem={problems.until} />
        </div>
        <Field
          label={people.department}
          name="department"
          autoComplete="off"
          maxLength={100}
          problem={problems.department}
        />
        <RoleField from="employee" counts={colleagueRelations.includes(relation)} />
        <p className={styles.buttons}>
          <button type="submit" className="button primary" disabled={adding.isPending}>
            {adding.isPending ? people.adding : people.add}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {people.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
