import type { Audience } from '../api-talk.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { circleName } from '../talk/circle-name.ts';
import { useWords } from '../words/Worded.tsx';
import { LevelMenu } from './LevelMenu.tsx';

/** How much one wants to hear of a conversation, in each circle in which it is talked about. */
export function LevelsDialog(props: { threadId: string; circles: readonly Audience['circle'][]; onClose: () => void }) {
  const { threadId, circles, onClose } = props;
  const { levels, talk } = useWords();
  return (
    <Dialog title={levels.title} onClose={onClose}>
      <p>{levels.why}</p>
      {circles.map((circle) => (
        <LevelMenu
          key={circle.id}
          circleId={circle.id}
          threadId={threadId}
          label={levels.ofThread(circleName(circle, talk))}
        />
      ))}
    </Dialog>
  );
}
