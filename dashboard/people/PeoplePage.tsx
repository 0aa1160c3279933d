import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';

/** The place of this page; its content follows. */
export function PeoplePage() {
  const { frame } = useWords();
  useTitle(frame.people);
  return <h1>{frame.people}</h1>;
}
