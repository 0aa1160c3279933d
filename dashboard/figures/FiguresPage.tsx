import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';

/** The place of this page; its content follows. */
export function FiguresPage() {
  const { frame } = useWords();
  useTitle(frame.figures);
  return <h1>{frame.figures}</h1>;
}
