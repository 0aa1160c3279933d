import { useQuery } from '@tanstack/react-query';
import { RefusedError } from '../api.ts';
import { type Person, takeBack } from '../api-people.ts';
import { circleName } from '../talk/circle-name.ts';
import { Confirm } from '../topics/Confirm.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './OffBoard.module.css';

/** Takes somebody back who left or was going to, and says first what is theirs again. */
export function TakeBack(props: { person: Person; onClose: () => void; onDone: (says: string) => void }) {
  const { person, onClose, onDone } = props;
  const { people, talk } = useWords();
  const { data, error } = useQuery({
    queryKey: ['take-back', person.id],
    queryFn: () => takeBack(person.id, true),
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });
  return (
    <Confirm
      title={people.takeBackTitle(person.name)}
      why={people.takeBackWhy(person.name)}
      does={people.takeBack}
      onClose={onClose}
      onDo={async () => {
        await takeBack(person.id, false);
        onDone(people.tookBack(person.name));
      }}
    >
      {error && (
        <p role="alert" className={styles.problem}>
          {error instanceof RefusedError && error.code ? `${error.message} ${error.detail ?? ''}` : people.notDone}
        </p>
      )}
      {data && data.circles.length > 0 && (
        <p>{people.backIn(data.circles.map((circle) => circleName(circle, talk)).join(', '))}</p>
      )}
    </Confirm>
  );
}
