/** A transaction that made a thread may end some seconds after it began, which is the time the thread bears. */
const slackMs = 2_000;
const mostRemembered = 50_000;

export type Newcomers = {
  /** One frame: `isNew` answers for its threads, `done` remembers what it said yes to once the frame is out. */
  round: () => { isNew: (thread: { id: number; createdAt: Date }) => boolean; done: () => void };
};

/**
 * Tells a thread that came from one that changed: a change row says neither. New is what was made after `since` and was not
 * announced before; beyond 50,000 remembered threads an old one may be announced twice.
 */
export function createNewcomers(since: number): Newcomers {
  const announced = new Set<number>();
  return {
    round() {
      const found = new Set<number>();
      return {
        isNew({ id, createdAt }) {
          if (createdAt.getTime() < since - slackMs || announced.has(id)) return false;
          found.add(id);
          return true;
        },
        done() {
          for (const id of found) announced.add(id);
          for (const id of announced) {
            if (announced.size <= mostRemembered) break;
            announced.delete(id);
          }
        },
      };
    },
  };
}
