import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/Worded.tsx';

/** The place of this page; its content follows. */
export function TipsPage() {
  const { frame } = useWords();
  useTitle(frame.tips);
  return <h1>{frame.tips}</h1>;
}
