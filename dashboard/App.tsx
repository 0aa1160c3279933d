import { lazy, Suspense, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Broken } from './frame/Broken.tsx';
import { Frame } from './frame/Frame.tsx';
import { Message } from './frame/Message.tsx';
import { useShortcuts } from './frame/shortcuts.ts';
import { useTitle } from './frame/title.ts';
import { placeOf, sourcesAddress, streamAddress } from './place.ts';
import { StreamPage } from './stream/StreamPage.tsx';
import { useWords } from './words/Worded.tsx';

const SourcesPage = lazy(async () => ({ default: (await import('./sources/SourcesPage.tsx')).SourcesPage }));

// Dialogs come with the first one that is asked for.
const Preferences = lazy(async () => ({ default: (await import('./frame/Preferences.tsx')).Preferences }));
const ShortcutHelp = lazy(async () => ({ default: (await import('./frame/ShortcutHelp.tsx')).ShortcutHelp }));

/** The frame with the screen of the present address in it. */
export function App() {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const place = useMemo(() => placeOf(path, search), [path, search]);
  const [dialog, setDialog] = useState<'preferences' | 'shortcuts' | null>(null);
  useShortcuts({
    'g s': () => navigate(streamAddress({})),
    'g b': () => navigate(sourcesAddress),
    '?': () => setDialog('shortcuts'),
  });
  return (
    <Frame place={place} onPreferences={() => setDialog('preferences')}>
      <Broken key={place.page}>
        <Suspense fallback={null}>
          {place.page === 'stream' && <StreamPage search={search} threadId={place.threadId} />}
          {place.page === 'sources' && <SourcesPage />}
          {place.page === 'nowhere' && <Nowhere />}
        </Suspense>
      </Broken>
      <Suspense fallback={null}>
        {dialog === 'preferences' && (
          <Preferences onClose={() => setDialog(null)} onShortcuts={() => setDialog('shortcuts')} />
        )}
        {dialog === 'shortcuts' && <ShortcutHelp onClose={() => setDialog(null)} />}
      </Suspense>
    </Frame>
  );
}

function Nowhere() {
  const { frame } = useWords();
  useTitle(frame.notFound);
  return (
    <Message title={frame.notFound} level={1} action={{ label: frame.toStream, href: streamAddress({}) }}>
      {frame.notFoundWhy}
    </Message>
  );
}
