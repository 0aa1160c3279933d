import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { RefusedError } from '../api.ts';
import { changePerson, makeLink, type Person, type PersonChange, type PersonLink } from '../api-people.ts';
import { Field } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { lookWhoAgain, useMe } from '../session.ts';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './ManagePerson.module.css';
import { OffBoard } from './OffBoard.tsx';
import { RelationsEditor } from './RelationsEditor.tsx';
import { RoleField } from './RoleField.tsx';
import { TakeBack } from './TakeBack.tsx';

/** What can be done about one colleague. Deactivating acts at once and can be undone. */
export function ManagePerson(props: {
  person: Person;
  onNotice: (notice: Notice) => void;
  onLink: (made: { person: Person; link: PersonLink }) => void;
}) {
  const { person, onNotice, onLink } = props;
  const { words, language } = useSpoken();
  const { people } = words;
  const client = useQueryClient();
  const me = useMe();
  const id = useId();
  const change = (json: PersonChange) => changePerson(person.id, json);
  const told = () => {
    void client.invalidateQueries({ queryKey: ['people'] }).catch(() => undefined);
    if (person.id === me.id) void lookWhoAgain(client);
  };
  const failed = (error: Error) =>
    onNotice({
      says: error instanceof RefusedError && error.code ? `${error.message} ${error.detail}` : people.notDone,
    });
  const saving = useMutation({
    mutationFn: change,
    onSuccess: ({ name }) => {
      onNotice({ says: people.saved(name) });
      told();
    },
  });
  const setActive = useMutation({
    mutationFn: (active: boolean) => change({ active }),
    onSuccess: ({ name }, active) => {
      if (active) onNotice({ says: people.activated(name) });
      else onNotice({ says: people.deactivated(name), undo: () => setActive.mutate(true) });
      told();
    },
    onError: failed,
  });
  const linking = useMutation({
    mutationFn: () => makeLink(person.id),
    onSuccess: (link) => onLink({ person, link }),
    onError: failed,
  });
  const [dialog, setDialog] = useState<'leave' | 'back' | null>(null);
  const mayReturn = person.leavesOn !== null;
  const isActive = person.state !== 'deactivated';
  return (
    <div className={styles.manage}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          saving.mutate({
            name: String(given.get('name')).trim(),
            role: given.get('role') as Person['role'],
            department: String(given.get('department')).trim() || null,
          });
        }}
      >
        <FormProblem error={saving.error} />
        <Field
          label={people.name}
          name="name"
          autoComplete="off"
          defaultValue={person.name}
          maxLength={100}
          problem={problemsOf(saving.error).name}
        />
        <Field
          label={people.department}
          name="department"
          autoComplete="off"
          defaultValue={person.department ?? ''}
          maxLength={100}
          problem={problemsOf(saving.error).department}
        />
        <RoleField from={person.role} counts={person.colleague} />
        <p>
          <button type="submit" className="button" disabled={saving.isPending}>
            {people.save}
          </button>
        </p>
      </form>
      <div className={styles.acts}>
        <p className={styles.why}>{people.joined(day(new Date(person.joinedAt), language, new Date()))}</p>
        {isActive && (
          <div>
            <button
              type="button"
              className="button"
              aria-describedby={`${id}-link`}
              disabled={linking.isPending}
              onClick={() => linking.mutate()}
            >
              {person.state === 'invited' ? people.newLink : people.newPasswordLink}
            </button>
            <p id={`${id}-link`} className={styles.why}>
              {people.linkWhat}
            </p>
          </div>
        )}
        {person.id !== me.id && (person.colleague || mayReturn) && (
          <div>
            <p className={styles.buttons}>
              {person.colleague && (
                <button type="button" className="button" onClick={() => setDialog('leave')}>
                  {people.letLeave}
                </button>
              )}
              {mayReturn && (
                <button type="button" className="button" onClick={() => setDialog('back')}>
                  {people.takeBack}
                </button>
              )}
            </p>
            <p className={styles.why}>{person.colleague ? people.letLeaveWhat : people.takeBackWhat}</p>
          </div>
        )}
        {person.id !== me.id && (
          <div>
            {/* One button for both ways, so that focus stays on it. */}
            <button
              type="button"
              className={isActive ? 'button danger' : 'button'}
              aria-describedby={`${id}-active`}
              disabled={setActive.isPending}
              onClick={() => setActive.mutate(!isActive)}
            >
              {isActive ? people.deactivate : people.activate}
            </button>
            <p id={`${id}-active`} className={styles.why}>
              {isActive ? people.deactivateWhat(person.name) : people.activateWhat(person.name)}
            </p>
          </div>
        )}
      </div>
      <RelationsEditor person={person} onNotice={onNotice} />
      {dialog === 'leave' && (
        <OffBoard
          person={person}
          onClose={() => setDialog(null)}
          onDone={(says) => {
            setDialog(null);
            onNotice({ says });
            told();
          }}
        />
      )}
      {dialog === 'back' && (
        <TakeBack
          person={person}
          onClose={() => setDialog(null)}
          onDone={(says) => {
            setDialog(null);
            onNotice({ says });
            told();
          }}
        />
      )}
    </div>
  );
}
