import { Component, type ReactNode } from 'react';
import { useFirstWords } from '../words/Worded.tsx';
import { Message } from './Message.tsx';

/** Catches what a screen could not draw, so that the frame stays. A class because React offers no other way. */
export class Broken extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const { frame } = useFirstWords();
  return (
    <Message title={frame.broken} level={1} action={{ label: frame.reload, onClick: () => location.reload() }} urgent>
      {frame.brokenWhy}
    </Message>
  );
}
