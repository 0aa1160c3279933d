import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';

/** The place of this page; its content follows. */
export function NewThread() {
  const { frame } = useWords();
  useTitle(frame.newThread);
  return <h1>{frame.newThread}</h1>;
}
