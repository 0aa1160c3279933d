import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { type ImportAnswer, importPeople } from '../api-people.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem } from '../frame/FormProblem.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './ImportPeople.module.css';

const columns = 'name,email,role,relation,since,until,department';

/** Adds everybody in a file: first what becomes of each line, then, when nothing is wrong, it happens. */
export function ImportPeople({ onClose }: { onClose: () => void }) {
  const { people } = useWords();
  const client = useQueryClient();
  const fileId = useId();
  const looking = useMutation({ mutationFn: async (file: File) => ({ file, answer: await importPeople(file, true) }) });
  const adding = useMutation({
    mutationFn: (file: File) => importPeople(file, false),
    onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }).catch(() => undefined),
  });
  if (adding.data) return <Added answer={adding.data} onClose={onClose} />;
  const { file, answer } = looking.data ?? {};
  return (
    <Dialog title={people.importTitle} onClose={onClose} hasWayBack>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (file) adding.mutate(file);
        }}
      >
        <p>{people.importWhy}</p>
        <p>
          <code className={styles.columns}>{columns}</code>
        </p>
        <FormProblem error={adding.error ?? looking.error} />
        <p className={styles.file}>
          <label htmlFor={fileId}>{people.chooseFile}</label>
          <input
            id={fileId}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              adding.reset();
              if (chosen) looking.mutate(chosen);
              else looking.reset();
            }}
          />
        </p>
        <div role="status">{answer && <p>{sumOf(answer, people)}</p>}</div>
        {answer && <Lines answer={answer} />}
        <p className={styles.buttons}>
          <button
            type="submit"
            className="button primary"
            disabled={!answer || answer.counts.wrong > 0 || answer.counts.add === 0 || adding.isPending}
          >
            {answer && answer.counts.add > 0 ? people.importNow(answer.counts.add) : people.importNone}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {people.cancel}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** Every line with what becomes of it; what is wrong first, since nothing happens until it is mended. */
function Lines({ answer }: { answer: ImportAnswer }) {
  const { people } = useWords();
  const order = { wrong: 0, add: 1, known: 2 };
  const lines = [...answer.lines].sort((a, b) => order[a.outcome] - order[b.outcome] || a.line - b.line);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={people.importLines}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{people.importLine}</th>
            <th scope="col">{people.columns.name}</th>
            <th scope="col">{people.importOutcome}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, outcome, name, email, mistakes }) => (
            <tr key={line} className={outcome === 'wrong' ? styles.wrong : undefined}>
              <td>{line}</td>
              <td>
                <span dir="auto">{name}</span>
                <span className={styles.email}>{email}</span>
              </td>
              <td>
                {outcome !== 'wrong' && people.outcomes[outcome]}
                {mistakes.map(({ column, code, message }) => (
                  <p key={`${column} ${code}`}>
                    {column && <strong>{column}: </strong>}
                    {message}
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Added({ answer, onClose }: { answer: ImportAnswer; onClose: () => void }) {
  const { people } = useWords();
  const save = () => {
    const address = URL.createObjectURL(new Blob([answer.links ?? ''], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'buitenwacht-links.csv';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Dialog title={people.imported(answer.counts.add)} onClose={onClose} hasWayBack>
      <p>{people.importedWhy}</p>
      <p className={styles.buttons}>
        {answer.links !== null && (
          <button type="button" className="button primary" onClick={save}>
            {people.saveLinks}
          </button>
        )}
        <button type="button" className="button" onClick={onClose}>
          {people.done}
        </button>
      </p>
    </Dialog>
  );
}

function sumOf({ counts }: ImportAnswer, people: ReturnType<typeof useWords>['people']): string {
  return [
    counts.wrong > 0 ? people.wrongLines(counts.wrong) : '',
    counts.add > 0 ? people.newLines(counts.add) : '',
    counts.known > 0 ? people.knownLines(counts.known) : '',
  ]
    .filter(Boolean)
    .join(' ');
}
