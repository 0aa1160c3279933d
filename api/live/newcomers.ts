/** A transaction may take this long (storage/database.ts), and the thread that it makes bears the time of its beginning. */
const slackMs = 30_000;
const mostRemembered = 50_000;

export type Newcomers = {
  isNew: (thread: { id: number; createdAt: Date }) => boolean;
  /** These were told of; from now on they are known. */
  note: (threadIds: Iterable<number>) => void;
};

/**
 * Tells a thread that came from one that changed: a change row says neither. New is what was made after `since` and is not
 * `known`, the threads in the changes just before. Beyond 50,000 remembered threads an old one may count as new again.
 */
export function createNewcomers(since: number, known: Iterable<number>): Newcomers {
  const remembered = new Set(known);
  return {
    isNew: ({ id, createdAt }) => createdAt.getTime() >= since - slackMs && !remembered.has(id),
    note(threadIds) {
      for (const id of threadIds) remembered.add(id);
      for (const id of remembered) {
        if (remembered.size <= mostRemembered) break;
        remembered.delete(id);
      }
    },
  };
}
