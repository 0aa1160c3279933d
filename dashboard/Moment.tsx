import { fullTime, shortTime, spokenTime } from './time.ts';
import { useFirstWords, useLanguage } from './words/Worded.tsx';

/** A moment in words, with all there is to say about it in its tooltip. */
export function Moment({ at, say = 'short', className }: { at: string; say?: 'short' | 'spoken'; className?: string }) {
  const words = useFirstWords();
  const language = useLanguage();
  const date = new Date(at);
  const put = say === 'short' ? shortTime : spokenTime;
  return (
    <time dateTime={at} title={fullTime(date, language)} className={className}>
      {put(date, language, words, new Date())}
    </time>
  );
}
