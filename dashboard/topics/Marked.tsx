import type { Span } from '../api-topics.ts';
import styles from './Marked.module.css';

/** Words of a text with those that were found underlined. `spans` of the other part are left aside. */
export function Marked({ text, part, spans }: { text: string; part: Span['part']; spans: readonly Span[] }) {
  return stretchesOf(text, part, spans).map(({ from, said, isFound }) =>
    isFound ? (
      <mark key={from} className={styles.found}>
        {said}
      </mark>
    ) : (
      <span key={from}>{said}</span>
    ),
  );
}

/** A text in stretches that were found and stretches that were not; together the whole text. Spans may overlap or reach beyond it. */
export function stretchesOf(text: string, part: Span['part'], spans: readonly Span[]) {
  const stretches: { from: number; said: string; isFound: boolean }[] = [];
  const put = (from: number, to: number, isFound: boolean) =>
    from < to && stretches.push({ from, said: text.slice(from, to), isFound });
  let at = 0;
  for (const { from, to } of spans.filter((span) => span.part === part).sort((a, b) => a.from - b.from)) {
    const start = Math.max(at, from);
    put(at, Math.min(start, text.length), false);
    put(start, Math.min(to, text.length), true);
    at = Math.max(at, Math.min(to, text.length));
  }
  put(at, text.length, false);
  return stretches;
}

/** The words that were found, each once, as they stand there. */
export function foundWords(title: string | null, text: string, spans: readonly Span[]): string[] {
  const said = new Map<string, string>();
  for (const { part, from, to } of spans) {
    const word = ((part === 'title' ? title : text) ?? '').slice(from, to).replaceAll(/\s+/g, ' ').trim();
    if (word !== '' && !said.has(word.toLowerCase())) said.set(word.toLowerCase(), word);
  }
  return [...said.values()];
}
