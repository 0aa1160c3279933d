import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';

/** What has to end, one after the other; steps that stand together end at the same time. */
export type Closing = { name: string; close: () => Promise<void>; withinMs: number };

/**
 * Closes in the order given. A step that fails or takes longer than it may is logged and left behind, so that the ones
 * after it (the database last) always get their turn. Resolves to whether everything closed properly.
 */
export async function closeInOrder(steps: Closing[][], log: Log): Promise<boolean> {
  let proper = true;
  for (const together of steps) {
    const done = await Promise.all(together.map((step) => closeOne(step, log)));
    proper &&= done.every(Boolean);
  }
  return proper;
}

async function closeOne({ name, close, withinMs }: Closing, log: Log): Promise<boolean> {
  const enough = new AbortController();
  const late = sleep(withinMs, 'late' as const, { signal: enough.signal, ref: false }).catch(() => 'done' as const);
  try {
    const outcome = await Promise.race([close().then(() => 'done' as const), late]);
    if (outcome === 'late') log.warn({ step: name, withinMs }, 'did not close in time and is left behind');
    return outcome === 'done';
  } catch (err) {
    log.error({ err, step: name }, 'did not close properly');
    return false;
  } finally {
    enough.abort();
  }
}

/**
 * npm hands on the signal that its process group got as well, so ours arrives twice within a breath: only a signal after
 * this long is a person who does not want to wait.
 */
const sameSignalMs = 1_000;

/**
 * Ends the process: at the first SIGTERM or SIGINT, and after an error that nobody caught, `close` gets the chance to leave
 * everything tidy; a second signal forces. Exit status 0 after a signal, 1 after an error.
 */
export function closeOnSignal(
  close: () => Promise<unknown>,
  log: Log,
): { fail: (error: Error) => void; isClosing: () => boolean } {
  let since = 0;
  const end = (status: number) => {
    since = Date.now();
    void close().then(
      () => process.exit(status),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (since === 0) {
        log.info({ signal }, 'stopping');
        end(0);
      } else if (Date.now() - since > sameSignalMs) {
        log.warn({ signal }, 'stopping at once');
        process.exit(1);
      }
    });
  }
  const fail = (err: Error) => {
    log.fatal({ err }, 'stopping because of an error');
    if (since === 0) end(1);
  };
  process.on('uncaughtException', fail);
  // A reader that closes our stdout early (`| head`) is no reason to end.
  process.stdout.on('error', () => undefined);
  return { fail, isClosing: () => since > 0 };
}
