import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { acknowledgeFrame, fetchFrames } from '../api-circles.ts';
import { NeedsYouMark } from '../marks/Marks.tsx';
import { useWords } from '../words/Worded.tsx';
import { FrameToRead } from './FrameToRead.tsx';
import styles from './Refused.module.css';

/** The frame changed, or was never read: it is read here, and then the reply goes on its way. */
export function FrameRefused(props: { circleId: string; onLook: () => void; onSend: (() => void) | null }) {
  const { circleId, onLook, onSend } = props;
  const { border, talk, frame: frameWords } = useWords();
  const { refused } = border;
  const client = useQueryClient();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  const { data, error } = useQuery({
    queryKey: ['frames to read', circleId],
    queryFn: ({ signal }) => fetchFrames(circleId, signal),
    // What one says to have read is what is shown.
    staleTime: 0,
    gcTime: 0,
  });
  const newest = data?.frames[0]?.frame.version;
  const read = useMutation({
    mutationFn: (version: number) => acknowledgeFrame(circleId, version),
    onSuccess: () => {
      onSend?.();
      for (const queryKey of [['circle', circleId], ['thread'], ['audiences']])
        void client.invalidateQueries({ queryKey }).catch(() => undefined);
    },
  });
  return (
    <div className={styles.refused}>
      <div role="alert" className={styles.says}>
        <NeedsYouMark size={15} />
        <div>
          <p className={styles.title}>{refused.frame}</p>
          <p>{talk.refused.kept}</p>
        </div>
      </div>
      {data && <FrameToRead versions={data} />}
      {!data && !error && <p>{frameWords.loading}</p>}
      {(error ?? read.error) && <p role="alert">{refused.frameFailed}</p>}
      <div className={styles.buttons}>
        <button ref={safe} type="button" className="button" onClick={onLook}>
          {talk.refused.lookFirst}
        </button>
        {newest !== undefined && onSend && (
          <button type="button" className="button" disabled={read.isPending} onClick={() => read.mutate(newest)}>
            {refused.frameRead}
          </button>
        )}
      </div>
    </div>
  );
}
