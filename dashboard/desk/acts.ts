import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fetchThread, RefusedError, type Thread } from '../api.ts';
import { actOnCase, type Case, type CaseAct } from '../api-desk.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useMe } from '../session.ts';
import type { Words } from '../words/nl.ts';
import { useWords } from '../words/Worded.tsx';

/**
 * Acts on cases and says what came of it. Whoever was a moment later hears who was first, and sees the case as it is. `act`
 * answers the case, or null when it was refused.
 */
export function useCaseActs(onNotice: (notice: Notice) => void) {
  const client = useQueryClient();
  const words = useWords();
  const me = useMe();
  const lookAgain = (threadId: string) => {
    for (const queryKey of [['thread', threadId], ['desk'], ['counts']])
      void client.invalidateQueries({ queryKey }).catch(() => undefined);
  };
  const mutation = useMutation({
    mutationFn: ({ threadId, act }: { threadId: string; act: CaseAct }) => actOnCase(threadId, act),
    onSuccess: (now, { threadId, act }) => {
      client.setQueryData<Thread>(['thread', threadId], (thread) => thread && { ...thread, case: now });
      lookAgain(threadId);
      onNotice({ says: doneWords(act, now, me.id, words) });
    },
    onError: async (error, { threadId, act }) => {
      const isLost = error instanceof RefusedError && (error.code === 'case_changed' || error.code === 'case_held');
      const thread = isLost ? await fetchThread(threadId).catch(() => null) : null;
      if (thread) client.setQueryData<Thread>(['thread', threadId], thread);
      lookAgain(threadId);
      const kept = act.action === 'answer' ? words.desk.lost.kept : words.desk.lost.nothingDone;
      const why = isLost
        ? `${lostWords(thread?.case ?? null, words)} ${kept}`
        : `${words.desk.failedAct}. ${(error instanceof RefusedError && error.detail) || kept}`;
      onNotice({ says: why });
    },
  });
  const act = async (threadId: string, act: CaseAct): Promise<Case | null> =>
    await mutation.mutateAsync({ threadId, act }).catch(() => null);
  /** Takes what stood open in a list, which shows no versions: as it is now, if it still is open. */
  const takeOpen = async (threadId: string): Promise<void> => {
    const thread = await fetchThread(threadId).catch(() => null);
    if (thread?.case?.state === 'open')
      return void (await act(threadId, { action: 'take', version: thread.case.version }));
    lookAgain(threadId);
    const why = thread ? lostWords(thread.case, words) : `${words.desk.failedAct}.`;
    onNotice({ says: `${why} ${words.desk.lost.nothingDone}` });
  };
  return { act, takeOpen, isActing: mutation.isPending };
}

/** Who was first, and with what. */
export function lostWords(now: Case | null, { desk }: Words): string {
  if (now?.state === 'taken' && now.holder) return desk.lost.held(now.holder.name);
  const by = now?.closedBy?.name ?? desk.somebody;
  if (now?.state === 'answered') return desk.lost.answered(by);
  if (now?.state === 'unanswered') return desk.lost.unanswered(by);
  return now?.state === 'open' ? desk.lost.open : desk.lost.changed;
}

function doneWords(act: CaseAct, now: Case, meId: string, { desk }: Words): string {
  if (act.action === 'hand-over')
    return now.holder?.id === meId ? desk.takenOver : desk.handedOver(now.holder?.name ?? '');
  const says = {
    take: desk.taken,
    release: desk.released,
    answer: desk.answeredNow,
    'no-answer': desk.unansweredNow,
    reopen: desk.reopened,
  };
  return says[act.action];
}
