import { RefusedError } from '../api.ts';
import type { Words } from '../words/nl.ts';

/** Why something was not done, in the server's words where it answered. */
export function whyNot(error: Error, { circles, signIn }: Words): string {
  const isTold = error instanceof RefusedError && error.code !== null;
  return isTold ? `${error.message} ${error.detail ?? ''}`.trim() : `${circles.notDone} ${signIn.unreachable}`;
}
