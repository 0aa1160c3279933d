import { lazy, Suspense, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Broken } from './frame/Broken.tsx';
import { Message } from './frame/Message.tsx';
import { useTitle } from './frame/title.ts';
import { Inside } from './Inside.tsx';
import { placeOf } from './place.ts';
import { useSession } from './session.ts';
import { useFirstWords } from './words/Worded.tsx';

// Whoever is signed in never fetches the ways in.
const SignInPage = lazy(async () => ({ default: (await import('./sign-in/SignInPage.tsx')).SignInPage }));
const FirstPersonPage = lazy(async () => ({
  default: (await import('./sign-in/FirstPersonPage.tsx')).FirstPersonPage,
}));
const InvitationPage = lazy(async () => ({ default: (await import('./sign-in/InvitationPage.tsx')).InvitationPage }));
const LinkPage = lazy(async () => ({ default: (await import('./sign-in/LinkPage.tsx')).LinkPage }));

/** The screen of the present address for who is signed in; for anybody else the way in, at whatever address that is. */
export function App() {
  const [path] = useLocation();
  const search = useSearch();
  const place = useMemo(() => placeOf(path, search), [path, search]);
  const { data: session, error, refetch } = useSession();
  if (!session) return error ? <NoAnswer onRetry={() => void refetch().catch(() => undefined)} /> : null;
  const isWayIn = place.page === 'link' || place.page === 'invitation';
  if (session.me && !isWayIn) return <Inside key={session.me.id} place={place} search={search} />;
  return (
    <Broken>
      <Suspense fallback={null}>
        {place.page === 'link' ? (
          <LinkPage token={place.token} organisation={session.organisation} />
        ) : place.page === 'invitation' ? (
          <InvitationPage token={place.token} session={session} />
        ) : session.firstPerson ? (
          <FirstPersonPage needsCode={session.firstPerson.needsCode} />
        ) : (
          <SignInPage organisation={session.organisation} />
        )}
      </Suspense>
    </Broken>
  );
}

/** Nothing is known yet, not even who asks. */
function NoAnswer({ onRetry }: { onRetry: () => void }) {
  const { frame, stream } = useFirstWords();
  useTitle(frame.noAnswer);
  return (
    <main>
      <Message title={frame.noAnswer} level={1} urgent action={{ label: stream.retry, onClick: onRetry }}>
        {frame.noAnswerWhy}
      </Message>
    </main>
  );
}
