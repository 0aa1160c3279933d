import { useId } from 'react';
import { Link } from 'wouter';
import type { Candidate, Preview } from '../api.ts';
import { streamAddress } from '../place.ts';
import { figure } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './Candidates.module.css';

/** What the address is, the ways to follow it, and what it names that cannot be followed. */
export function Candidates(props: {
  preview: Preview;
  chosen: Candidate | null;
  onChoose: (candidate: Candidate) => void;
}) {
  const { preview, chosen, onChoose } = props;
  const { words, language } = useSpoken();
  const { add } = words;
  const name = useId();
  const rate = ({ perDay }: Candidate) =>
    perDay === null ? add.unknownRate : perDay < 1 ? add.rare : add.about(figure(perDay, language));
  return (
    <>
      {preview.candidates.length === 0 && (
        <div role="alert" className={styles.nothing}>
          <p>
            <strong>{add.nothing}.</strong>
          </p>
          <p>
            {preview.pageTitle && <span dir="auto">{preview.pageTitle}. </span>}
            {add.instead[preview.found] ?? add.instead['not-a-feed']}
          </p>
        </div>
      )}
      {preview.candidates.length > 0 && (
        <fieldset className={styles.ways}>
          <legend className={styles.found}>
            {preview.pageTitle && preview.found === 'web-page' && (
              <>
                <strong dir="auto">{preview.pageTitle}</strong>.{' '}
              </>
            )}
            {add.found[preview.found] ?? ''} {add.ways(preview.candidates.length)}
          </legend>
          {preview.candidates.map((candidate) => (
            <label key={candidate.address + candidate.what} className={styles.way}>
              <input
                type="radio"
                name={name}
                className={styles.radio}
                checked={candidate === chosen}
                onChange={() => onChoose(candidate)}
              />
              <span>
                <strong dir="auto">{candidate.title || candidate.address}</strong>
                <span className={styles.facts}>
                  {add.what[candidate.what] ?? candidate.what}, {rate(candidate)}
                </span>
                <span className={styles.address}>{candidate.address}</span>
                {candidate.existingId !== null && (
                  <span className={styles.facts}>
                    {add.exists}{' '}
                    <Link href={streamAddress({ source: candidate.existingId })}>{words.sources.show}</Link>
                  </span>
                )}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {preview.refused.length > 0 && (
        <div className={styles.refused}>
          <p>{add.refused}</p>
          <ul>
            {preview.refused.map(({ address, reason, status }) => (
              <li key={address}>
                <span className={styles.address}>{address}</span> {words.reasons[reason] ?? words.unreadable}
                {status !== null && ` ${add.statusCode(status)}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
