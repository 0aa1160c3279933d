import { useMutation } from '@tanstack/react-query';
import { changeCircleThread } from '../api-circles.ts';
import type { Audience } from '../api-talk.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import { useCircleChanged } from './queries.ts';
import { whyNot } from './why-not.ts';

type Place = { circle: Audience['circle']; pinned: boolean; closedAt: string | null };
type Change = { place: Place; pinned?: boolean; closed?: boolean };

/** What a host can do with a conversation in a circle they keep, each with its way back: pin it and close it, or the opposite. */
export function usePlaceActs(threadId: string, onNotice: (notice: Notice) => void) {
  const words = useWords();
  const { hostActs: say, talk } = words;
  const changed = useCircleChanged();
  const change = useMutation({
    mutationFn: ({ place, ...json }: Change) => changeCircleThread(place.circle.id, threadId, json),
    onSuccess: (_, { place, pinned, closed }) => {
      changed(null);
      const name = circleName(place.circle, talk);
      if (pinned !== undefined)
        onNotice({
          says: pinned ? say.pinned(name) : say.unpinned(name),
          undo: () => change.mutate({ place, pinned: !pinned }),
        });
      if (closed !== undefined)
        onNotice({
          says: closed ? say.closed(name) : say.reopened(name),
          undo: () => change.mutate({ place, closed: !closed }),
        });
    },
    onError: (error) => onNotice({ says: whyNot(error, words) }),
  });
  return (place: Place): { label: string; run: () => void }[] => {
    const { circle, pinned, closedAt } = place;
    const name = circleName(circle, talk);
    if (closedAt !== null) return [{ label: say.reopen(name), run: () => change.mutate({ place, closed: false }) }];
    return [
      { label: pinned ? say.unpin(name) : say.pin(name), run: () => change.mutate({ place, pinned: !pinned }) },
      { label: say.close(name), run: () => change.mutate({ place, closed: true }) },
    ];
  };
}
