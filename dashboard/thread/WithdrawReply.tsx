import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { RefusedError } from '../api.ts';
import { type Reply, withdrawReply } from '../api-talk.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';
import styles from './ReplyBand.module.css';

/** Takes back what one said, after a question where it stands: the words go for good. */
export function WithdrawReply(props: {
  reply: Reply;
  onWithdrawn: (reply: Reply) => void;
  onNotice: (notice: Notice) => void;
}) {
  const { reply, onWithdrawn, onNotice } = props;
  const { talk, desk } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const way = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) safe.current?.focus();
  }, [isAsking]);
  const withdraw = useMutation({
    mutationFn: () => withdrawReply(reply.id),
    onSuccess: (left) => {
      if (left) onWithdrawn(left);
      onNotice({ says: talk.withdrawn });
    },
    onError: (error) =>
      onNotice({
        says: `${desk.failedAct}. ${(error instanceof RefusedError && error.detail) || desk.lost.nothingDone}`,
      }),
  });
  const leave = () => {
    setIsAsking(false);
    requestAnimationFrame(() => way.current?.focus());
  };
  if (!isAsking)
    return (
      <button ref={way} type="button" className="link" onClick={() => setIsAsking(true)}>
        {talk.withdraw}
      </button>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape answers the question that stands in it
    <span
      className={styles.sure}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        leave();
      }}
    >
      <span>{talk.withdrawSure}</span>
      <button ref={safe} type="button" className="button" onClick={leave}>
        {talk.leave}
      </button>
      <button type="button" className="button danger" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {talk.withdraw}
      </button>
    </span>
  );
}
