import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Circle, handOverCircle } from '../api-circles.ts';
import { Choice } from '../frame/Choice.tsx';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';
import type { Chosen } from './opening.ts';
import { PeopleField } from './PeopleField.tsx';
import { useCircleChanged } from './queries.ts';

/** Gives a colleague what one is in the circle. */
export function HandOverCircle({ circle, onNotice }: { circle: Circle; onNotice: (notice: Notice) => void }) {
  const { circleSettings: say } = useWords();
  const me = useMe();
  const changed = useCircleChanged();
  const [to, setTo] = useState<Chosen | null>(null);
  const [stay, setStay] = useState<'member' | 'deputy'>('member');
  const handing = useMutation({
    mutationFn: ({ id }: Chosen) => handOverCircle(circle.id, { to: id, stay }),
    onSuccess: (answer, { name }) => {
      changed(answer);
      setTo(null);
      onNotice({ says: say.handed(name) });
    },
  });
  if (!circle.hosts.some(({ person }) => person.id === me.id)) return null;
  return (
    <form
      className={styles.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (to) handing.mutate(to);
      }}
    >
      <h2>{say.handOver}</h2>
      <p className={styles.why}>{say.handOverWhy}</p>
      <FormProblem error={handing.error} />
      <PeopleField
        label={say.handOverTo}
        chosen={to ? [to] : []}
        except={[me.id]}
        onChange={(chosen) => setTo(chosen.at(-1) ?? null)}
      />
      <Choice
        label={say.stay}
        value={stay}
        options={(['member', 'deputy'] as const).map((value) => ({ value, label: say.stays[value] }))}
        onChoose={setStay}
      />
      <p>
        <button type="submit" className="button" disabled={!to || handing.isPending}>
          {say.handIt}
        </button>
      </p>
    </form>
  );
}
