import { useRight } from '../session.ts';
import { useFirstWords } from '../words/Worded.tsx';

/**
 * The name of where something was said outside. A guest is not told where we listen: to them it is the site that the message links to,
 * to a colleague a source without a name is one that was removed.
 */
export function useSourceName(): (source: { label: string } | null | undefined, url?: string | null) => string {
  const { thread } = useFirstWords();
  const isColleague = useRight('colleague');
  return (source, url = null) => {
    if (source) return source.label;
    if (isColleague) return thread.unknownSource;
    return (url !== null && URL.canParse(url) && new URL(url).hostname) || thread.publicSite;
  };
}
