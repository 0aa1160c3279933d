import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Link } from 'wouter';
import { signOut } from '../api-session.ts';
import { Chevron } from '../marks/Marks.tsx';
import * as addresses from '../place.ts';
import { useMe, useRight } from '../session.ts';
import { useFirstWords } from '../words/Worded.tsx';
import styles from './PersonMenu.module.css';

/**
 * What is about oneself, behind one's name; on a narrow screen behind "Meer", with the pages that had no room. A popover of
 * the browser itself: Escape and a click beside it close it, and focus goes back.
 */
export function PersonMenu(props: {
  place: addresses.Place;
  inboxUnread: number | undefined;
  onPreferences: () => void;
  onShortcuts: () => void;
}) {
  const { place, inboxUnread, onPreferences, onShortcuts } = props;
  const { frame, shortcuts } = useFirstWords();
  const me = useMe();
  const isColleague = useRight('colleague');
  const mayReadFigures = useRight('figures');
  const mayManagePeople = useRight('people');
  const behind = [
    ...(isColleague ? ['inbox'] : []),
    'circles',
    'circle',
    'me',
    'people',
    'topics',
    'topic',
    ...(mayReadFigures ? ['sources'] : []),
  ];
  const isBehind = behind.includes(place.page);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const leaving = useMutation({
    mutationFn: signOut,
    // Everything that was loaded goes with the page.
    onSuccess: () => location.replace(addresses.streamAddress({})),
  });
  const close = () => list.current?.hidePopover();
  // The address changed: whatever was chosen, was chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every other page
  useEffect(() => list.current?.hidePopover?.(), [place.page]);
  const waiting = isColleague && inboxUnread ? frame.many(inboxUnread) : null;
  const page = (name: addresses.Place['page'], href: string, label: ReactNode, isNarrowOnly = false) => (
    <Link
      href={href}
      className={isNarrowOnly ? styles.narrow : undefined}
      aria-current={place.page === name ? 'page' : undefined}
      onClick={close}
    >
      {label}
    </Link>
  );
  const then = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <>
      <button
        type="button"
        className={isBehind ? `${styles.button} ${styles.behind}` : styles.button}
        popoverTarget={id}
      >
        <span className={styles.person} dir="auto">
          {me.name}
        </span>
        <span className={styles.more}>
          {frame.more}
          {waiting && <Waiting number={waiting} />}
        </span>
        <Chevron to="up" />
      </button>
      <div ref={list} id={id} className={styles.list} popover="auto">
        <p className={styles.who} dir="auto">
          {me.name}
        </p>
        {isColleague &&
          page(
            'inbox',
            addresses.inboxAddress,
            <>
              {frame.inbox}
              {waiting && <Waiting number={waiting} />}
            </>,
            true,
          )}
        {page('circles', addresses.circlesAddress, frame.circles, true)}
        {isColleague && page('topics', addresses.topicsAddress, frame.topics, true)}
        {mayReadFigures && page('sources', addresses.sourcesAddress, frame.sources, true)}
        {mayManagePeople && page('people', addresses.peopleAddress, frame.people, true)}
        {page('me', addresses.meAddress, frame.me)}
        <button type="button" onClick={then(onPreferences)}>
          {frame.preferences}
        </button>
        <button type="button" className={styles.wide} onClick={then(onShortcuts)}>
          {shortcuts.title}
        </button>
        <button type="button" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
          {frame.signOut}
        </button>
        {leaving.isError && <p role="alert">{frame.signOutFailed}</p>}
      </div>
    </>
  );
}

/** What waits in the inbox, which has no place of its own on a narrow screen. */
function Waiting({ number }: { number: string }) {
  const { frame } = useFirstWords();
  return (
    <span className={styles.waiting}>
      <span aria-hidden="true">{number}</span>
      <span className="unseen">{frame.unread(number)}</span>
    </span>
  );
}
