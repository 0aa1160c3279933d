import { Redirect } from 'wouter';
import { useCircles } from '../circles/queries.ts';
import { circleAddress } from '../place.ts';
import { StreamPage } from '../stream/StreamPage.tsx';

/** Where a guest begins: in their circle when there is one, else at what is said in all of them. */
export function GuestHome({ search, threadId }: { search: string; threadId: string | null }) {
  const { data, error } = useCircles();
  const [only, ...others] = data?.mine ?? [];
  if (threadId === null && search === '') {
    if (!data && !error) return null;
    if (only && others.length === 0) return <Redirect to={circleAddress(only.id)} replace />;
  }
  return <StreamPage search={search} threadId={threadId} />;
}
