import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hideReply, showReply } from '../api-circles.ts';
import type { Reply } from '../api-talk.ts';
import { useKept } from '../circles/queries.ts';
import { ReasonDialog } from '../circles/ReasonDialog.tsx';
import { whyNot } from '../circles/why-not.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';

/** For who keeps the circle: hides the words of a reply with a reason for its author, or shows them again. */
export function HideReply({ reply, onNotice }: { reply: Reply; onNotice: (notice: Notice) => void }) {
  const words = useWords();
  const { hostActs: say } = words;
  const keeps = useKept().has(reply.circle.id);
  const client = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: ['thread', reply.threadId] }).catch(() => undefined);
  const show = useMutation({
    mutationFn: () => showReply(reply.id),
    onSuccess: () => {
      void again();
      onNotice({ says: say.shown });
    },
    onError: (error) => onNotice({ says: whyNot(error, words) }),
  });
  if (!keeps) return null;
  return (
    <>
      <button
        type="button"
        className="link"
        disabled={show.isPending}
        onClick={() => (reply.hidden ? show.mutate() : setIsAsking(true))}
      >
        {reply.hidden ? say.show : say.hide}
      </button>
      {isAsking && (
        <ReasonDialog
          title={say.hideTitle(reply.person.name)}
          why={say.hideWhy(reply.person.name)}
          does={say.hideIt}
          onClose={() => setIsAsking(false)}
          onDo={async (reason) => {
            await hideReply(reply.id, reason);
            setIsAsking(false);
            void again();
            onNotice({ says: say.hidden, undo: () => show.mutate() });
          }}
        />
      )}
    </>
  );
}
