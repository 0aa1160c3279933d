import type { Hit } from '../api-search.ts';
import styles from './Highlighted.module.css';

/** A text with the words that were found marked; `lang` is that of the text. */
export function Highlighted(props: {
  text: string;
  part: 'title' | 'excerpt';
  highlights: Hit['highlights'];
  lang?: string | undefined;
}) {
  const { text, part, highlights, lang } = props;
  const spans = highlights.filter((one) => one.part === part && one.to > one.from).sort((a, b) => a.from - b.from);
  const pieces: { from: number; text: string; isFound: boolean }[] = [];
  let end = 0;
  for (const { from, to } of spans) {
    const begin = Math.max(from, end);
    if (begin >= to) continue;
    pieces.push({ from: end, text: text.slice(end, begin), isFound: false });
    pieces.push({ from: begin, text: text.slice(begin, to), isFound: true });
    end = to;
  }
  pieces.push({ from: end, text: text.slice(end), isFound: false });
  return (
    <span lang={lang} dir="auto">
      {pieces.map((piece) =>
        piece.isFound ? (
          <mark key={`${piece.from}f`} className={styles.found}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
}
