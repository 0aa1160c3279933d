import type { Rows } from '../api-query.ts';
import { useFacets } from '../stream/queries.ts';
import { languageName } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import { QueryRow } from './QueryRow.tsx';
import { QueryText } from './QueryText.tsx';
import styles from './QuestionBuilder.module.css';
import { noRows, type Question } from './question.ts';
import { languageWord, sourceWord } from './word.ts';

/** What a topic listens to: four lines of words, and the same question as text below them. */
export function QuestionBuilder({ question, text }: { question: Question; text: string }) {
  const { question: say, stream } = useSpoken().words;
  const { rows, areRowsNow, reading, isBlank, isFailed, putText, putRows, retry } = question;
  const isWrong = reading?.problems.some(({ severity }) => severity === 'error') ?? false;
  const put = (row: keyof Rows) => (words: string[]) => putRows({ ...(rows ?? noRows), [row]: words });
  return (
    <section aria-labelledby="question-title">
      <div className={styles.head}>
        <h2 id="question-title">{say.title}</h2>
        <p>{say.twoWays}</p>
      </div>
      <div className={styles.builder}>
        {rows ? (
          <fieldset className={styles.rows} disabled={!areRowsNow}>
            <QueryRow label={say.any} words={rows.any} onChange={put('any')} />
            <QueryRow label={say.also} words={rows.also} onChange={put('also')} />
            <QueryRow label={say.not} words={rows.not} isStruck onChange={put('not')} />
            <QueryRow label={say.only} words={rows.only} onChange={put('only')}>
              <Places words={rows.only} onAdd={(word) => put('only')([...rows.only, word])} />
            </QueryRow>
          </fieldset>
        ) : (
          <p className={styles.tooMuch}>{isWrong && !isBlank ? say.wrong : say.tooMuch}</p>
        )}
        <QueryText text={text} reading={reading} onChange={putText} />
      </div>
      {isFailed ? (
        <p role="alert" className={styles.failed}>
          {say.failed}{' '}
          <button type="button" className="link" onClick={retry}>
            {stream.retry}
          </button>
        </p>
      ) : (
        <p className={styles.help}>{say.help}</p>
      )}
    </section>
  );
}

/** A language or a source that was not chosen yet. */
function Places({ words: chosen, onAdd }: { words: readonly string[]; onAdd: (word: string) => void }) {
  const { words, language } = useSpoken();
  const { question: say } = words;
  const { data } = useFacets();
  const codes = [...new Set(['nl', 'en', 'de', 'fr', ...(data?.languages ?? [])])];
  const free = (options: [string, string][]) => options.filter(([word]) => !chosen.includes(word));
  const groups = [
    [say.languages, free(codes.map((code) => [languageWord(code, language), languageName(code, language) ?? code]))],
    [say.sources, free((data?.sources ?? []).map(({ label }) => [sourceWord(label, language), label]))],
  ] as const;
  return (
    <select
      className={styles.places}
      aria-label={say.addPlace}
      value=""
      onChange={(event) => event.target.value !== '' && onAdd(event.target.value)}
    >
      <option value="">{say.addPlace}</option>
      {groups.map(([label, options]) => (
        <optgroup key={label} label={label}>
          {options.map(([word, name]) => (
            <option key={word} value={word}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
