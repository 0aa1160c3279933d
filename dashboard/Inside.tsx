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
const SourcesPage = lazy(async () => ({ default: (await import('./sources/SourcesPage.tsx')).SourcesPage }));
const PeoplePage = lazy(async () => ({ default: (await import('./people/PeoplePage.tsx')).PeoplePage }));
const TipsPage = lazy(async () => ({ default: (await import('./tips/TipsPage.tsx')).TipsPage }));
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
  useOwnPreferences();
  useOtherLanguage();
  useLiveSession(isSignedOut);
  const go = (address: string) => () => navigate(address);
  useShortcuts({
    'g s': go(place.streamAddress({})),
    'g d': go(place.deskAddress),
    ...(mayReadFigures ? { 'g c': go(place.figuresAddress) } : {}),
    'g o': go(place.topicsAddress),
    'g b': go(place.sourcesAddress),
    ...(mayManagePeople ? { 'g m': go(place.peopleAddress) } : {}),
    'g t': go(place.tipsAddress),
    'g i': go(place.meAddress),
    'g n': go(place.newThreadAddress),
    '/': go(place.searchPath),
    '?': () => setDialog('shortcuts'),
  });
  return (
    <Frame place={here} onPreferences={() => setDialog('preferences')} onShortcuts={() => setDialog('shortcuts')}>
      <Broken key={here.page}>
        <Suspense fallback={null}>
          {here.page === 'stream' && <StreamPage search={search} threadId={here.threadId} />}
          {here.page === 'desk' && <DeskPage />}
          {here.page === 'figures' && (mayReadFigures ? <FiguresPage /> : <NotYours />)}
          {here.page === 'topics' && <TopicsPage />}
          {here.page === 'topic' && <TopicPage topicId={here.topicId} />}
          {here.page === 'sources' && <SourcesPage />}
          {here.page === 'people' && (mayManagePeople ? <PeoplePage /> : <NotYours />)}
          {here.page === 'tips' && <TipsPage />}
          {here.page === 'me' && <MePage />}
          {here.page === 'new' && <NewThread />}
          {here.page === 'search' && <SearchPage />}
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
  useTitle(frame.notYours);
  return (
    <Message title={frame.notYours} level={1} action={{ label: frame.toStream, href: place.streamAddress({}) }}>
      {frame.notYoursWhy}
    </Message>
  );
}
