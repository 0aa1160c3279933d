import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';

/** The place of this page; its content follows. */
export function MePage() {
  const { frame } = useWords();
  useTitle(frame.me);
  return <h1>{frame.me}</h1>;
}
