import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { addMembers, type Circle } from '../api-circles.ts';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';
import { MemberLine } from './MemberLine.tsx';
import type { Chosen } from './opening.ts';
import { PeopleField } from './PeopleField.tsx';
import { useCircleChanged, useMembers } from './queries.ts';

type Props = { circle: Circle; onNotice: (notice: Notice) => void };

/** Who is in the circle, in which role and until when. */
export function MemberSettings(props: Props) {
  const { circle } = props;
  const { circleSettings: say, frame } = useWords();
  const { data: members } = useMembers(circle.id, true);
  return (
    <section className={styles.section} aria-labelledby="members-settings">
      <h2 id="members-settings">{say.members}</h2>
      <p className={styles.why}>{circle.kind === 'internal' ? say.membersInternal : say.membersWhy}</p>
      {!members && <p>{frame.loading}</p>}
      <ul className={styles.members}>
        {members?.map((member) => (
          <MemberLine key={member.person.id} member={member} {...props} />
        ))}
      </ul>
      {circle.acts.includes('add') && members && (
        <AddMembers {...props} except={members.filter(({ past }) => !past).map(({ person }) => person.id)} />
      )}
    </section>
  );
}

function AddMembers({ circle, except, onNotice }: Props & { except: string[] }) {
  const { circleSettings: say } = useWords();
  const [chosen, setChosen] = useState<Chosen[]>([]);
  const changed = useCircleChanged();
  const adding = useMutation({
    mutationFn: () =>
      addMembers(
        circle.id,
        chosen.map(({ id }) => id),
      ),
    onSuccess: () => {
      changed(null);
      onNotice({ says: say.addedMembers(chosen.length) });
      setChosen([]);
    },
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      <FormProblem error={adding.error} />
      <PeopleField label={say.add} chosen={chosen} except={except} onChange={setChosen} />
      {chosen.length > 0 && (
        <p>
          <button type="submit" className="button" disabled={adding.isPending}>
            {say.addIt(chosen.length)}
          </button>
        </p>
      )}
    </form>
  );
}
