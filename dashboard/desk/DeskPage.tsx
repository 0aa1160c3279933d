import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';

/** The place of this page; its content follows. */
export function DeskPage() {
  const { frame } = useWords();
  useTitle(frame.desk);
  return <h1>{frame.desk}</h1>;
}
