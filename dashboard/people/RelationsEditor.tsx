import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { relationKinds } from '#domain/relation.ts';
import { fetchRelations, type Person, type Relation, setRelations } from '../api-people.ts';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useToday } from '../today.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './RelationsEditor.module.css';

/** What somebody is and was to the organisation, each from a day until a day. It decides whether they work here. */
export function RelationsEditor({ person, onNotice }: { person: Person; onNotice: (notice: Notice) => void }) {
  const { people } = useWords();
  const { data, error } = useQuery({
    queryKey: ['relations', person.id],
    queryFn: ({ signal }) => fetchRelations(person.id, signal),
  });
  if (error && !data) return <p role="alert">{people.relationsFailed}</p>;
  // Saved by another hand, the fields begin anew.
  return data && <Fields key={JSON.stringify(data.relations)} {...{ person, onNotice }} from={data.relations} />;
}

function Fields(props: { person: Person; from: Relation[]; onNotice: (notice: Notice) => void }) {
  const { person, from, onNotice } = props;
  const { people } = useWords();
  const client = useQueryClient();
  const today = useToday();
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [rows, setRows] = useState(() => from.map((relation, key) => ({ key, relation })));
  const saving = useMutation({
    mutationFn: () =>
      setRelations(
        person.id,
        rows.map(({ relation }) => relation),
      ),
    onSuccess: (now) => {
      client.setQueryData(['relations', person.id], now);
      void client.invalidateQueries({ queryKey: ['people'] }).catch(() => undefined);
      onNotice({ says: people.relationsSaved(person.name) });
    },
  });
  const change = (key: number, part: Partial<Relation>) =>
    setRows(rows.map((row) => (row.key === key ? { key, relation: { ...row.relation, ...part } } : row)));
  return (
    <form
      ref={form}
      className={styles.form}
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <h2 id={titleId}>{people.relations}</h2>
      <p className={styles.why}>{people.relationsWhy}</p>
      <FormProblem error={saving.error} />
      <ul className={styles.rows}>
        {rows.map(({ key, relation }, at) => (
          <RelationRow
            key={key}
            number={at + 1}
            relation={relation}
            onChange={(part) => change(key, part)}
            onRemove={
              rows.length > 1
                ? () => {
                    setRows(rows.filter((row) => row.key !== key));
                    form.current?.querySelector<HTMLElement>('[data-add]')?.focus();
                  }
                : undefined
            }
          />
        ))}
      </ul>
      <p className={styles.buttons}>
        <button
          type="button"
          data-add
          className="button"
          onClick={() =>
            setRows([
              ...rows,
              {
                key: Math.max(...rows.map(({ key }) => key)) + 1,
                relation: { kind: 'alumnus', since: today, until: null },
              },
            ])
          }
        >
          {people.addRelation}
        </button>
        <button type="submit" className="button" disabled={saving.isPending}>
          {people.saveRelations}
        </button>
      </p>
    </form>
  );
}

function RelationRow(props: {
  number: number;
  relation: Relation;
  onChange: (part: Partial<Relation>) => void;
  onRemove: (() => void) | undefined;
}) {
  const { number, relation, onChange, onRemove } = props;
  const { people, relations } = useWords();
  const says = (what: string) => `${what}, ${people.relationNumber(number)}`;
  return (
    <li className={styles.row}>
      <select
        className="field"
        aria-label={says(people.relationKind)}
        value={relation.kind}
        onChange={(event) => onChange({ kind: event.target.value as Relation['kind'] })}
      >
        {relationKinds.map((kind) => (
          <option key={kind} value={kind}>
            {relations.now[kind]}
          </option>
        ))}
      </select>
      <label className={styles.day}>
        {people.since}
        <input
          type="date"
          className="field"
          aria-label={says(people.since)}
          value={relation.since}
          onChange={(event) => onChange({ since: event.target.value })}
        />
      </label>
      <label className={styles.day}>
        {people.until}
        <input
          type="date"
          className="field"
          aria-label={says(people.until)}
          min={relation.since}
          value={relation.until ?? ''}
          onChange={(event) => onChange({ until: event.target.value || null })}
        />
      </label>
      {onRemove && (
        <button type="button" className="button quiet" aria-label={says(people.removeRelation)} onClick={onRemove}>
          {people.remove}
        </button>
      )}
    </li>
  );
}
