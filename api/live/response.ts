import type { ServerResponse } from 'node:http';
import { type LiveClient, maxWaitingBytes, writeDeadlineMs } from './client.ts';

/**
 * A reader of the live stream on the connection itself, under the same bounds as one on a stream of the web (client.ts): that keeps
 * queues of its own for each reader. The head has been sent.
 */
export function createResponseClient(response: ServerResponse, onGone: () => void): Omit<LiveClient, 'body'> {
  let open = true;
  /** Of what we wrote the connection had taken so much, when last it took something or nothing waited. */
  let taken = 0;
  let takenAt = Date.now();
  const gone = () => {
    if (!open) return;
    open = false;
    onGone();
  };
  const drop = () => {
    gone();
    response.destroy();
  };
  response.once('close', gone);
  // Whoever goes away while we write is gone, and nothing else is the matter.
  response.on('error', gone);
  return {
    write(frame) {
      if (!open) return false;
      response.write(frame);
      if (response.writableLength > maxWaitingBytes) drop();
      return open;
    },
    checkDeadline(now) {
      if (!open) return;
      const waiting = response.writableLength;
      const takenByNow = (response.socket?.bytesWritten ?? 0) - waiting;
      if (waiting === 0 || takenByNow !== taken) [taken, takenAt] = [takenByNow, now];
      else if (now - takenAt > writeDeadlineMs) drop();
    },
    end() {
      if (!open) return;
      gone();
      response.end();
    },
  };
}
