import { lazy, type ReactNode, type Ref, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Thread } from '../api.ts';
import { changeAttention } from '../api-talk.ts';
import { usePlaceActs } from '../circles/place-acts.ts';
import { useCaseActs } from '../desk/acts.ts';
import { CaseLine } from '../desk/CaseLine.tsx';
import { HandOver } from '../desk/HandOver.tsx';
import { NoAnswer } from '../desk/NoAnswer.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useShortcuts } from '../frame/shortcuts.ts';
import { Chevron } from '../marks/Marks.tsx';
import { useMovable } from '../moves/movable-here.ts';
import { listBefore, streamAddress } from '../place.ts';
import { useMe, useRight } from '../session.ts';
import { langOf } from '../stream/Row.tsx';
import { choicesOf } from '../talk/choices.ts';
import { useWords } from '../words/Worded.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import styles from './ThreadHead.module.css';

const LevelsDialog = lazy(async () => ({ default: (await import('../inbox/LevelsDialog.tsx')).LevelsDialog }));
const WhoSees = lazy(async () => ({ default: (await import('./WhoSees.tsx')).WhoSees }));
const MoveDialog = lazy(async () => ({ default: (await import('../moves/MoveDialog.tsx')).MoveDialog }));

/** The title of a thread, what the desk does about it, and what one can do with it. */
export function ThreadHead(props: {
  thread: Thread;
  title: ReactNode;
  headingRef: Ref<HTMLHeadingElement>;
  onNotice: (notice: Notice) => void;
  onFollow: (follows: boolean) => void;
  /** Done with it: to the answer when it is one's own to answer, else read and on to the next. */
  onDone: () => void;
}) {
  const { thread, title, headingRef, onNotice, onFollow, onDone } = props;
  const { border, desk, frame, levels, moves, talk } = useWords();
  const before = listBefore(useHistoryState());
  const me = useMe();
  const mayAnswer = useRight('desk');
  const { act, isActing } = useCaseActs(onNotice);
  const [dialog, setDialog] = useState<'hand-over' | 'no-answer' | 'levels' | 'move' | 'who-sees' | null>(null);
  const present = mayAnswer ? thread.case : null;
  const isMine = present?.state === 'taken' && present.holder?.id === me.id;
  const isHeld = present?.state === 'taken' && !isMine;
  const isClosed = present?.state === 'answered' || present?.state === 'unanswered';
  const does = (action: 'take' | 'release' | 'reopen') => () =>
    present && void act(thread.id, { action, version: present.version });
  const takeOver = () => present && void act(thread.id, { action: 'hand-over', version: present.version, to: me.id });
  const take = present?.state === 'open' && !isActing ? does('take') : undefined;
  useShortcuts({ e: onDone, ...(take ? { c: take } : {}) });
  const follow = () => {
    changeAttention(thread.id, { follows: !thread.follows }).then(
      ({ follows }) => {
        onFollow(follows);
        onNotice({ says: follows ? talk.following : talk.notFollowing });
      },
      () => onNotice({ says: `${desk.failedAct}. ${desk.lost.nothingDone}` }),
    );
  };
  const copyLink = () => {
    const address = new URL(streamAddress({}, thread.id), location.origin).href;
    navigator.clipboard?.writeText(address).then(
      () => onNotice({ says: talk.threadLinkCopied }),
      () => onNotice({ says: address }),
    ) ?? onNotice({ says: address });
  };
  const heard = choicesOf(thread).here.map(({ circle }) => circle);
  const movable = useMovable(thread);
  const placeActs = usePlaceActs(thread.id, onNotice);
  const kept = thread.places.filter(({ host }) => host);
  const isFree = present?.state === 'open' || isMine;
  const more = [
    ...(isHeld ? [{ label: desk.takeOver(present.holder?.name ?? ''), run: takeOver }] : []),
    ...(isFree ? [{ label: desk.handOver, run: () => setDialog('hand-over') }] : []),
    ...(isMine ? [{ label: desk.release, run: does('release') }] : []),
    ...(isFree ? [{ label: desk.noAnswer, run: () => setDialog('no-answer') }] : []),
    ...(isClosed ? [{ label: desk.reopen, run: does('reopen') }] : []),
    { label: thread.follows ? talk.unfollow : talk.follow, run: follow },
    ...(heard.length > 0 ? [{ label: levels.open, run: () => setDialog('levels') }] : []),
    ...kept.flatMap(placeActs),
    ...(thread.places.length > 0 ? [{ label: border.whoSees, run: () => setDialog('who-sees') }] : []),
    ...(movable.length > 0 ? [{ label: moves.open, run: () => setDialog('move') }] : []),
    { label: talk.copyLink, run: copyLink },
  ];
  return (
    <header className={styles.head}>
      <div className={styles.says}>
        {before !== null && (
          <Link className={styles.back} href={before.href} title={`${frame.backTo[before.page]} (Esc)`}>
            <Chevron to="left" /> {frame.backTo[before.page]}
          </Link>
        )}
        <h1 ref={headingRef} tabIndex={-1} className={styles.title} lang={langOf(thread.language)} dir="auto">
          {title}
        </h1>
        <Facts thread={thread} />
      </div>
      <div className={styles.buttons}>
        {take && (
          <button type="button" className="button" title={`${desk.take} (c)`} onClick={take}>
            {desk.take} <kbd>c</kbd>
          </button>
        )}
        <button type="button" className="button" title={`${desk.keyDone} (e)`} onClick={onDone}>
          {desk.done} <kbd>e</kbd>
        </button>
        <MoreMenu label={desk.moreActions} name={desk.actions} items={more} />
      </div>
      {dialog === 'hand-over' && present && (
        <HandOver
          holderId={present.holder?.id ?? null}
          onClose={() => setDialog(null)}
          onSend={async (to, note) => {
            await act(thread.id, { action: 'hand-over', version: present.version, to, ...(note ? { note } : {}) });
            setDialog(null);
          }}
        />
      )}
      <Suspense fallback={null}>
        {dialog === 'levels' && <LevelsDialog threadId={thread.id} circles={heard} onClose={() => setDialog(null)} />}
        {dialog === 'who-sees' && <WhoSees thread={thread} onClose={() => setDialog(null)} />}
        {dialog === 'move' && <MoveDialog thread={thread} onClose={() => setDialog(null)} onNotice={onNotice} />}
      </Suspense>
      {dialog === 'no-answer' && present && (
        <NoAnswer
          onClose={() => setDialog(null)}
          onSend={async (reason, note) => {
            await act(thread.id, {
              action: 'no-answer',
              version: present.version,
              reason,
              ...(note ? { note } : {}),
            });
            setDialog(null);
          }}
        />
      )}
    </header>
  );
}

/** How much there is, who began it or handed it in, and how it stands at the desk. */
function Facts({ thread }: { thread: Thread }) {
  const { desk, talk, thread: words } = useWords();
  const said = thread.replies.filter(({ withdrawnAt }) => withdrawnAt === null).length;
  const isMore = thread.earlierReplies !== null;
  const isStanding = thread.case !== null && (thread.case.version > 0 || thread.case.state !== 'open');
  const parts =
    thread.born === 'inside'
      ? [thread.starter ? talk.begun(thread.starter.name) : '', isMore ? '' : talk.factsInside(Math.max(0, said - 1))]
      : [
          isStanding
            ? ''
            : said > 0 && !isMore
              ? talk.outsideAndInside(thread.mentionCount, said)
              : words.facts(thread.mentionCount),
          thread.tippedBy.length > 0 ? desk.tippedBy(thread.tippedBy.map(({ name }) => name).join(', ')) : '',
        ];
  const told = parts.filter((part) => part !== '');
  return (
    <div className={styles.facts}>
      {isStanding && thread.case && (
        <>
          <CaseLine present={thread.case} />
          {told.length > 0 && ' · '}
        </>
      )}
      {told.join(' · ')}
    </div>
  );
}
