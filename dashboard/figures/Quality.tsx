import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { dayIn } from '#domain/period.ts';
import type { Figures } from '../api-figures.ts';
import { sourcesAddress } from '../place.ts';
import { useSpoken } from '../words/Worded.tsx';
import { sureOf } from './compare.ts';
import { dayName } from './days.ts';
import styles from './Quality.module.css';

/** How far the figures can be trusted: what may be missing, what is judged by a computer, how they were counted. */
export function Quality({ figures }: { figures: Figures }) {
  const { words, language } = useSpoken();
  const { figures: say } = words;
  const { gaps, totals, timeZone, today, tooFewBelow } = figures;
  const since = gaps[0] && dayName(dayIn(new Date(gaps[0].since), timeZone), language, today);
  const names = gaps
    .slice(0, 2)
    .map(({ source }) => source.label)
    .join(', ');
  return (
    <section className={styles.quality} aria-labelledby="quality">
      <h2 id="quality" className={styles.title}>
        {say.quality}
      </h2>
      <div className={styles.parts}>
        {since === undefined ? (
          <Part title={say.sourcesFine}>{say.sourcesFineWhy}</Part>
        ) : (
          <Part title={say.sourcesFalter(gaps.length)}>
            {say.sourcesFalterWhy(gaps.length > 2 ? say.andMore(names, gaps.length - 2) : names, since)}{' '}
            <Link href={sourcesAddress}>{say.seeSources}</Link>
          </Part>
        )}
        {totals.stories > 0 && <Part title={say.sureTitle(sureOf(totals.tones), totals.stories)}>{say.sureWhy}</Part>}
        {totals.unlisted > 0 && <Part title={say.goneTitle(totals.unlisted)}>{say.goneWhy}</Part>}
        <Part title={say.countedTitle}>{say.countedWhy(timeZone, tooFewBelow)}</Part>
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className={styles.part}>{title}</h3>
      <p className={styles.why}>{children}</p>
    </div>
  );
}
