/** One reader of the live stream: what waits for it is bounded in bytes and in time, then it is let go and comes back. */
export type LiveClient = {
  body: ReadableStream<Uint8Array>;
  /** Queues a frame; false when the client was dropped for being too slow. */
  write: (frame: Uint8Array) => boolean;
  /** Drops the client when its oldest frame has waited longer than a write may take. */
  checkDeadline: (now: number) => void;
  /** Ends the stream in good order. */
  end: () => void;
};

export const maxWaitingBytes = 256 * 1024;
export const writeDeadlineMs = 10_000;

/**
 * Hands frames over one by one as the connection takes them. `onGone` is called once, however it ends; `abort` breaks the
 * connection of a client that no longer reads.
 */
export function createLiveClient(onGone: () => void, abort: (() => void) | undefined): LiveClient {
  const waiting: { frame: Uint8Array; at: number }[] = [];
  let waitingBytes = 0;
  let wanted = false;
  let open = true;
  let controller!: ReadableStreamDefaultController<Uint8Array>;

  const gone = () => {
    if (!open) return;
    open = false;
    waiting.length = 0;
    onGone();
  };
  const drop = () => {
    if (!open) return;
    gone();
    if (abort) abort();
    else controller.error(new Error('The reader of the live stream was too slow'));
  };
  // A high-water mark of 0: pull means that the connection has taken everything before.
  const body = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given;
      },
      pull: () => {
        const next = waiting.shift();
        wanted = next === undefined;
        if (!next) return;
        waitingBytes -= next.frame.length;
        controller.enqueue(next.frame);
      },
      cancel: gone,
    },
    { highWaterMark: 0 },
  );
  return {
    body,
    write(frame) {
      if (!open) return false;
      if (wanted) {
        wanted = false;
        controller.enqueue(frame);
        return true;
      }
      waiting.push({ frame, at: Date.now() });
      waitingBytes += frame.length;
      if (waitingBytes > maxWaitingBytes) drop();
      return open;
    },
    checkDeadline(now) {
      if (waiting[0] && now - waiting[0].at > writeDeadlineMs) drop();
    },
    end() {
      if (!open) return;
      gone();
      controller.close();
    },
  };
}
