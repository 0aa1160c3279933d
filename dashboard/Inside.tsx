import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Broken } from './frame/Broken.tsx';
import { Frame } from './frame/Frame.tsx';
import { Message } from './frame/Message.tsx';
import { useShortcuts } from './frame/shortcuts.ts';
import { useTitle } from './frame/title.ts';
import { keepUpToDate, onLive } from './live-updates.ts';
import * as place from './place.ts';
import { usePreferences } from './preferences.ts';
import { lookWhoAgain, preferAs, useMe, useRight } from './session.ts';
import { useSignedOut } from './signed-out.ts';
import { StreamPage } from './stream/StreamPage.tsx';
import { useFirstWords } from './words/Worded.tsx';

const DeskPage = lazy(async () => ({ default: (await import('./desk/DeskPage.tsx')).DeskPage }));
const FiguresPage = lazy(async () => ({ default: (await import('./figures/FiguresPage.tsx')).FiguresPage }));
const TopicsPage = lazy(async () => ({ default: (await import('./topics/TopicsPage.tsx')).TopicsPage }));
const TopicPage = lazy(async () => ({ default: (await import('./topics/TopicPage.tsx')).TopicPage }));
const CirclesPage = lazy(async () => ({ default: (await import('./circles/CirclesPage.tsx')).CirclesPage }));
const CirclePage = lazy(async () => ({ default: (await import('./circles/CirclePage.tsx')).CirclePage }));
const CircleSettings = lazy(async () => ({ default: (await import('./circles/CircleSettings.tsx')).CircleSettings }));
const CircleAsPage = lazy(async () => ({ default: (await import('./circles/CircleAsPage.tsx')).CircleAsPage }));
const OpenCircle = lazy(async () => ({ default: (await import('./circles/OpenCircle.tsx')).OpenCircle }));
const AllCircles = lazy(async () => ({ default: (await import('./circles/AllCircles.tsx')).AllCircles }));
const SourcesPage = lazy(async () => ({ default: (await import('./sources/SourcesPage.tsx')).SourcesPage }));
const PeoplePage = lazy(async () => ({ default: (await import('./people/PeoplePage.tsx')).PeoplePage }));
const AuditPage = lazy(async () => ({ default: (await import('./people/AuditPage.tsx')).AuditPage }));
const TipsPage = lazy(async () => ({ default: (await import('./tips/TipsPage.tsx')).TipsPage }));
const GuestHome = lazy(async () => ({ default: (await import('./guests/GuestHome.tsx')).GuestHome }));
const InboxPage = lazy(async () => ({ default: (await import('./inbox/InboxPage.tsx')).InboxPage }));
const MePage = lazy(async () => ({ default: (await import('./me/MePage.tsx')).MePage }));
const SearchPage = lazy(async () => ({ default: (await import('./search/SearchPage.tsx')).SearchPage }));
const NewThread = lazy(async () => ({ default: (await import('./talk/NewThread.tsx')).NewThread }));

// Dialogs come with the first one that is asked for.
const Preferences = lazy(async () => ({ default: (await import('./frame/Preferences.tsx')).Preferences }));
const ShortcutHelp = lazy(async () => ({ default: (await import('./frame/ShortcutHelp.tsx')).ShortcutHelp }));
const SignInAgain = lazy(async () => ({ default: (await import('./sign-in/SignInAgain.tsx')).SignInAgain }));

/** The frame with the screen of the present address in it, for who is signed in. */
export function Inside({ place: here, search }: { place: place.Place; search: string }) {
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<'preferences' | 'shortcuts' | null>(null);
  const isSignedOut = useSignedOut();
  const mayReadFigures = useRight('figures');
  const mayManagePeople = useRight('people');
  const isColleague = useRight('colleague');
  useOwnPreferences();
  useOtherLanguage();
  useLiveSession(isSignedOut);
  const go = (address: string) => () => navigate(address);
  useShortcuts({
    'g s': go(place.streamAddress({})),
    'g k': go(place.circlesAddress),
    'g i': go(place.inboxAddress),
    'g p': go(place.meAddress),
    ...(isColleague
      ? {
          'g d': go(place.deskAddress),
          'g o': go(place.topicsAddress),
          'g b': go(place.sourcesAddress),
          'g t': go(place.tipsAddress),
          'g n': go(place.newThreadAddress),
          '/': go(place.searchPath),
        }
      : {}),
    ...(mayReadFigures ? { 'g c': go(place.figuresAddress) } : {}),
    ...(mayManagePeople ? { 'g m': go(place.peopleAddress) } : {}),
    '?': () => setDialog('shortcuts'),
  });
  return (
    <Frame place={here} onPreferences={() => setDialog('preferences')} onShortcuts={() => setDialog('shortcuts')}>
      <Broken key={here.page}>
        <Suspense fallback={null}>
          {here.page === 'stream' &&
            (isColleague ? (
              <StreamPage search={search} threadId={here.threadId} />
            ) : (
              <GuestHome search={search} threadId={here.threadId} />
            ))}
          {here.page === 'desk' && (isColleague ? <DeskPage /> : <NotYours />)}
          {here.page === 'figures' && (mayReadFigures ? <FiguresPage /> : <NotYours />)}
          {here.page === 'topics' && (isColleague ? <TopicsPage /> : <NotYours />)}
          {here.page === 'topic' && (isColleague ? <TopicPage topicId={here.topicId} /> : <NotYours />)}
          {here.page === 'circles' && <CirclesPage />}
          {here.page === 'newCircle' && (isColleague ? <OpenCircle /> : <NotYours />)}
          {here.page === 'allCircles' && (mayManagePeople ? <AllCircles /> : <NotYours />)}
          {here.page === 'circle' && here.part === 'talk' && (
            <CirclePage key={here.circleId} circleId={here.circleId} />
          )}
          {here.page === 'circle' && here.part === 'settings' && (
            <CircleSettings key={here.circleId} circleId={here.circleId} />
          )}
          {here.page === 'circle-as' && <CircleAsPage circleId={here.circleId} standing={here.standing} />}
          {here.page === 'sources' && (isColleague ? <SourcesPage /> : <NotYours />)}
          {here.page === 'people' && (mayManagePeople ? <PeoplePage /> : <NotYours />)}
          {here.page === 'audit' && (mayManagePeople ? <AuditPage /> : <NotYours />)}
          {here.page === 'tips' && (isColleague ? <TipsPage /> : <NotYours />)}
          {here.page === 'inbox' && <InboxPage />}
          {here.page === 'me' && <MePage />}
          {here.page === 'new' && <NewThread />}
          {here.page === 'search' && (isColleague ? <SearchPage /> : <NotYours />)}
          {here.page === 'nowhere' && <Nowhere />}
        </Suspense>
      </Broken>
      <Suspense fallback={null}>
        {dialog === 'preferences' && (
          <Preferences onClose={() => setDialog(null)} onShortcuts={() => setDialog('shortcuts')} />
        )}
        {dialog === 'shortcuts' && <ShortcutHelp onClose={() => setDialog(null)} />}
        {isSignedOut && <SignInAgain />}
      </Suspense>
    </Frame>
  );
}

/** Language and theme as this person chose them, from whatever browser that was. */
function useOwnPreferences(): void {
  const me = useMe();
  // Once: from then on what is chosen here is what goes to the server.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as they were when the page began
  useEffect(() => preferAs(me), []);
}

/** Some of what the server says is in the reader's language: sentences, and how a query is written. It is asked again in another. */
function useOtherLanguage(): void {
  const client = useQueryClient();
  const { language } = usePreferences();
  const before = useRef(language);
  useEffect(() => {
    if (before.current !== language) void client.invalidateQueries().catch(() => undefined);
    before.current = language;
  }, [client, language]);
}

/** Listens to what changes while somebody is signed in, and notices when nobody is any more. */
function useLiveSession(isSignedOut: boolean): void {
  const client = useQueryClient();
  useEffect(() => (isSignedOut ? undefined : keepUpToDate(client)), [client, isSignedOut]);
  useEffect(() => {
    const look = () => void lookWhoAgain(client);
    // A live connection that breaks does not say why; one that comes back may be with other rights.
    const stop = onLive(({ kind }) => kind === 'connection' && look());
    const whenSeen = () => document.visibilityState === 'visible' && isSignedOut && look();
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [client, isSignedOut]);
}

function Nowhere() {
  const { frame } = useFirstWords();
  useTitle(frame.notFound);
  return (
    <Message title={frame.notFound} level={1} action={{ label: frame.toStream, href: place.streamAddress({}) }}>
      {frame.notFoundWhy}
    </Message>
  );
}

/** A page for which one lacks the right: whoever follows a colleague's link hears why it is not there for them. */
function NotYours() {
  const { frame } = useFirstWords();
  const isColleague = useRight('colleague');
  useTitle(frame.notYours);
  return (
    <Message title={frame.notYours} level={1} action={{ label: frame.toStream, href: place.streamAddress({}) }}>
      {isColleague ? frame.notYoursWhy : frame.notYoursGuest}
    </Message>
  );
}
