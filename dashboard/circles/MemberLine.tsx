import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { addMembers, type Circle, changeMember, type Member, type MemberChange, removeMember } from '../api-circles.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Badges } from '../people/Badges.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './CircleSettings.module.css';
import { useCircleChanged } from './queries.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { whyNot } from './why-not.ts';

const roles = ['member', 'host', 'deputy'] as const;

/** Somebody in the circle, with what a host can change about them. What is done can be undone. */
export function MemberLine(props: { circle: Circle; member: Member; onNotice: (notice: Notice) => void }) {
  const { circle, member, onNotice } = props;
  const { person, colleague, role, until, past, muted } = member;
  const words = useWords();
  const { circleSettings: say } = words;
  const [isMuting, setIsMuting] = useState(false);
  const changed = useCircleChanged();
  const onError = (error: Error) => onNotice({ says: whyNot(error, words) });
  const change = useMutation({
    mutationFn: (json: MemberChange) => changeMember(circle.id, person.id, json),
    onSuccess: (_, json) => {
      changed(null);
      if (json.role)
        onNotice({
          says: say.savedRole(person.name, say.roles[json.role]),
          undo: () => change.mutate({ role }),
        });
      else if (json.until !== undefined)
        onNotice({ says: say.savedDay(person.name), undo: () => change.mutate({ until }) });
      else if (json.muted) onNotice({ says: say.muted(person.name), undo: () => change.mutate({ muted: null }) });
      else onNotice({ says: say.unmuted(person.name) });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => removeMember(circle.id, person.id),
    onSuccess: () => {
      changed(null);
      // A guest comes back by an invitation only.
      const mayReturn = colleague && role === 'member' && circle.acts.includes('add');
      onNotice({ says: say.removed(person.name), ...(mayReturn ? { undo: () => addBack.mutate() } : {}) });
    },
    onError,
  });
  const addBack = useMutation({
    mutationFn: () => addMembers(circle.id, [person.id]),
    onSuccess: () => {
      changed(null);
      onNotice({ says: say.isBack(person.name) });
    },
    onError,
  });
  return (
    <li className={styles.member}>
      <p>
        <strong dir="auto">{person.name}</strong> <Badges badges={person.badges} />
        {past && <span className={styles.note}> {say.past}</span>}
        {muted && (
          <span className={styles.note} dir="auto">
            {' '}
            {say.isMuted(muted.reason)}
          </span>
        )}
      </p>
      <div className={styles.acts}>
        {colleague ? (
          <select
            className="field"
            aria-label={say.role(person.name)}
            value={role}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ role: event.target.value as Member['role'] })}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {say.roles[one]}
              </option>
            ))}
          </select>
        ) : (
          <LastDay
            key={until}
            label={say.lastDay(person.name)}
            until={until}
            onChange={(day) => change.mutate({ until: day })}
          />
        )}
        {role === 'member' && (
          <button
            type="button"
            className="button"
            aria-label={muted ? say.unmuteOf(person.name) : say.muteOf(person.name)}
            disabled={change.isPending}
            onClick={() => (muted ? change.mutate({ muted: null }) : setIsMuting(true))}
          >
            {muted ? say.unmute : say.mute}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={say.removeOf(person.name)}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {say.remove}
        </button>
      </div>
      {isMuting && (
        <ReasonDialog
          title={say.muteOf(person.name)}
          why={say.muteWhy(person.name)}
          does={say.muteIt}
          onClose={() => setIsMuting(false)}
          onDo={async (reason) => {
            await change.mutateAsync({ muted: reason });
            setIsMuting(false);
          }}
        />
      )}
    </li>
  );
}

/** A last day, which counts once the field is left: half a date is none. */
function LastDay({ label, until, onChange }: { label: string; until: string | null; onChange: (day: string) => void }) {
  return (
    <input
      type="date"
      className="field"
      aria-label={label}
      defaultValue={until ?? ''}
      onBlur={({ target }) => target.value !== '' && target.value !== until && onChange(target.value)}
    />
  );
}
