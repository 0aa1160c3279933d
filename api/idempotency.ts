import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { type AcceptedRequest, readAccepted } from '#storage/accepted-requests.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';

/** On every write that makes something: the same key again answers as the first time and makes nothing. */
export const IdempotencyKey = z.object({
  'idempotency-key': z.uuid().openapi({ description: 'A UUID of the client’s own; kept for a day.' }),
});

/** What was asked, as bytes to compare: of the parsed body, so that the order of its parts says nothing. */
export function digestOf(...asked: unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(asked)).digest();
}

/**
 * Does `work` unless a request with this key was accepted before: then `again` answers from what that one made. Asked only
 * once `work` has refused, whatever for, so that a first time costs nothing and a second is not refused for what changed
 * since.
 */
export async function once<Answer>(
  { db }: Pick<Deps, 'db'>,
  request: { personId: number; key: string; digest: Buffer },
  work: () => Promise<Answer | null>,
  again: (accepted: AcceptedRequest) => Promise<Answer>,
): Promise<Answer> {
  let refusal: unknown = null;
  try {
    const answer = await work();
    if (answer !== null) return answer;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    refusal = error;
  }
  const accepted = await readAccepted(db, request.personId, request.key);
  if (!accepted) throw refusal ?? new Error('A key is taken and was never accepted');
  if (!accepted.digest.equals(request.digest)) throw new ProblemError('key_reused');
  return await again(accepted);
}
