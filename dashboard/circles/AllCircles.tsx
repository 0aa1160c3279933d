import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type AnyCircle, fetchAllCircles, takeAccess } from '../api-circles.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { Message } from '../frame/Message.tsx';
import { Page } from '../frame/Page.tsx';
import shared from '../frame/Table.module.css';
import { TextField } from '../frame/TextField.tsx';
import { circleAddress } from '../place.ts';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './AllCircles.module.css';
import { useCircleChanged, useCircles } from './queries.ts';
import { whyNot } from './why-not.ts';

/** Every circle there is, for administrators: who keeps it and how it stands, nothing of what is said. */
export function AllCircles() {
  const words = useWords();
  const { allCircles: say, stream, circles: list } = words;
  const { data, error, refetch } = useQuery({
    queryKey: ['all-circles'],
    queryFn: ({ signal }) => fetchAllCircles(signal),
  });
  const [wanted, setWanted] = useState<AnyCircle | null>(null);
  return (
    <Page title={say.title} sum={say.sum}>
      {data && data.length > 0 && <CircleTable circles={data} onTake={setWanted} />}
      {data?.length === 0 && <Message title={say.none}>{say.noneWhy}</Message>}
      {!data && error && (
        <Message
          title={list.failed}
          urgent
          action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
        >
          {whyNot(error, words)}
        </Message>
      )}
      {wanted && <TakeAccess circle={wanted} onClose={() => setWanted(null)} />}
    </Page>
  );
}

function CircleTable({ circles, onTake }: { circles: readonly AnyCircle[]; onTake: (circle: AnyCircle) => void }) {
  const { allCircles: say, circles: list, talk } = useWords();
  const own = useCircles().data;
  const isIn = new Set(
    [...(own?.mine ?? []), ...(own?.ended ?? [])].filter(({ standing }) => standing !== 'past').map(({ id }) => id),
  );
  return (
    <table className={`${shared.table} ${styles.table}`}>
      <thead>
        <tr>
          <th scope="col">{say.columns.name}</th>
          <th scope="col">{say.columns.hosts}</th>
          <th scope="col">{say.columns.state}</th>
          <th scope="col">{say.columns.access}</th>
        </tr>
      </thead>
      <tbody>
        {circles.map((circle) => {
          const name = circleName(circle, talk);
          return (
            <tr key={circle.id}>
              <th scope="row">
                <span className={styles.name} dir="auto">
                  {name}
                </span>
                <span className={styles.kind}>{list.kinds[circle.kind]}</span>
              </th>
              <td dir="auto">{circle.hosts.map(({ person }) => person.name).join(', ') || say.nobody}</td>
              <td>{say.states[circle.state]}</td>
              <td>
                {circle.kind === 'closed' && isIn.has(circle.id) && say.isIn}
                {circle.kind === 'closed' && own && !isIn.has(circle.id) && (
                  <button type="button" className="button" aria-label={say.takeOf(name)} onClick={() => onTake(circle)}>
                    {say.take}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Says what taking access does before it is done: it is heard by everybody in the circle. */
function TakeAccess({ circle, onClose }: { circle: AnyCircle; onClose: () => void }) {
  const { allCircles: say, circles: list } = useWords();
  const [, navigate] = useLocation();
  const changed = useCircleChanged();
  const taking = useMutation({
    mutationFn: (reason: string) => takeAccess(circle.id, reason),
    onSuccess: (taken) => {
      changed(taken);
      navigate(circleAddress(circle.id));
    },
  });
  return (
    <Dialog title={say.takeTitle(circle.name)} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          taking.mutate(String(new FormData(event.currentTarget).get('reason')).trim());
        }}
      >
        <p>{say.takeWhy}</p>
        <div>
          <p>
            <strong>{say.happens}</strong>
          </p>
          <ul className={styles.happens}>
            {say.announces.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        <FormProblem error={taking.error} />
        <TextField
          label={say.reason}
          name="reason"
          rows={3}
          maxLength={500}
          problem={problemsOf(taking.error).reason}
        />
        <p className={styles.buttons}>
          <button type="submit" className="button danger" disabled={taking.isPending}>
            {say.take}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {list.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
