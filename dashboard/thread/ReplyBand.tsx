import { memo, useState } from 'react';
import type { Mention } from '../api.ts';
import type { Audience, Reply } from '../api-talk.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { Badges } from '../people/Badges.tsx';
import { streamAddress } from '../place.ts';
import { circleName, readAlong } from '../talk/circle-name.ts';
import { ReplyText } from '../talk/ReplyText.tsx';
import { fullTime, spokenTime } from '../time.ts';
import { useSpoken, useWords } from '../words/Worded.tsx';
import { Band } from './Band.tsx';
import { ChangeReply } from './ChangeReply.tsx';
import { EntryTime } from './Entry.tsx';
import { HideReply } from './HideReply.tsx';
import styles from './ReplyBand.module.css';
import { WithdrawReply } from './WithdrawReply.tsx';

/** What a colleague said. The first of a run says where it stands and who reads along. */
export const ReplyBand = memo(function ReplyBand(props: {
  reply: Reply;
  mentions: readonly Mention[];
  isFirst: boolean;
  isLast: boolean;
  /** Who reads along in its circle; null: the reader does not write there. */
  audience: Audience | null;
  /** What is known of whether they wrote a message of the thread. */
  wrote: string | null;
  /** On its way: what is said about that. */
  leaving?: string | undefined;
  onChanged: (reply: Reply) => void;
  onNotice: (notice: Notice) => void;
}) {
  const { reply, mentions, isFirst, isLast, audience, wrote, leaving, onChanged, onNotice } = props;
  const words = useWords();
  const { talk, border } = words;
  const people = audience && readAlong(audience, words);
  const [isChanging, setIsChanging] = useState(false);
  const isWithdrawn = reply.withdrawnAt !== null;
  const isKept = reply.hidden !== null && reply.hidden.reason === null;
  return (
    <Band
      side="inside"
      {...(isFirst ? {} : { mark: 'dot' as const })}
      goesOn={!isLast}
      time={leaving ? <EntryTime at={reply.writtenAt} /> : <LinkToReply reply={reply} onNotice={onNotice} />}
      id={reply.id}
    >
      {isFirst && (
        <p className={styles.kicker}>
          <span className={styles.circle}>{talk.inside(circleName(reply.circle, talk))}</span>
          {people !== null && <span>{people}</span>}
        </p>
      )}
      <div className={styles.who}>
        <h2 className={styles.name} dir="auto">
          {reply.person.name}
        </h2>
        <Badges badges={reply.person.badges} />
        {reply.person.guest && <span className={styles.guest}>{border.guest}</span>}
        {wrote !== null && <span className={styles.wrote}>{wrote}</span>}
      </div>
      {reply.hidden && !isWithdrawn && (
        <p className={styles.hidden}>
          {reply.hidden.reason === null ? border.hidden : border.hiddenWhy(reply.hidden.reason)}
        </p>
      )}
      {isWithdrawn ? (
        <p className={styles.withdrawn}>{talk.withdrawn}</p>
      ) : isChanging ? (
        <ChangeReply
          reply={reply}
          audience={audience}
          mentions={mentions}
          onClose={() => setIsChanging(false)}
          onSaved={(changed) => {
            onChanged(changed);
            setIsChanging(false);
          }}
        />
      ) : (
        !isKept && <ReplyText text={reply.text} references={reply.references} />
      )}
      {leaving && (
        <p className={styles.leaving} role="status">
          {leaving}
        </p>
      )}
      {!leaving && !isChanging && !isWithdrawn && (
        <p className={styles.facts}>
          {reply.editedAt && <Edited at={reply.editedAt} />}
          {reply.own && (
            <>
              {audience && (
                <button type="button" className="link" onClick={() => setIsChanging(true)}>
                  {talk.edit}
                </button>
              )}
              <WithdrawReply reply={reply} onWithdrawn={onChanged} onNotice={onNotice} />
            </>
          )}
          <HideReply reply={reply} onNotice={onNotice} />
        </p>
      )}
    </Band>
  );
});

function Edited({ at }: { at: string }) {
  const { language, words } = useSpoken();
  const date = new Date(at);
  return (
    <time dateTime={at} title={fullTime(date, language)}>
      {words.talk.edited(spokenTime(date, language, words, new Date()))}
    </time>
  );
}

/** A link that opens exactly this reply; a click also puts it on the clipboard. */
function LinkToReply({ reply, onNotice }: { reply: Reply; onNotice: (notice: Notice) => void }) {
  const { talk } = useWords();
  const address = `${streamAddress({}, reply.threadId)}#${reply.id}`;
  return (
    <a
      href={address}
      className={styles.link}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.replaceState(history.state, '', `${location.pathname}${location.search}#${reply.id}`);
        navigator.clipboard?.writeText(new URL(address, location.origin).href).then(
          () => onNotice({ says: talk.linkCopied }),
          () => undefined,
        );
      }}
    >
      <span className="unseen">{talk.linkTo(reply.person.name)}, </span>
      <EntryTime at={reply.writtenAt} />
    </a>
  );
}
