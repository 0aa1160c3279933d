import type { KnownMention } from '#domain/reconcile.ts';
import type { Database } from '#storage/database.ts';
import { knownMentions } from '#storage/known.ts';

export type Lookup = (sourceId: number, keys: readonly string[]) => Promise<Map<string, KnownMention>>;

type Asked = {
  sourceId: number;
  keys: readonly string[];
  resolve: (known: Map<string, KnownMention>) => void;
  reject: (error: unknown) => void;
};

/** Asks what is stored under keys; questions that come while one is under way go together in the next query. */
export function createLookup(db: Database): Lookup {
  let waiting: Asked[] = [];
  let running = false;

  async function run() {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const asked = batch.flatMap(({ sourceId, keys }) => keys.map((key) => ({ key, sourceId })));
        const rows = await knownMentions(db, asked);
        const bySource = new Map(batch.map((one) => [one, new Map<string, KnownMention>()]));
        const places = Map.groupBy(batch, ({ sourceId }) => sourceId);
        for (const { askedBy, ...row } of rows) {
          for (const one of places.get(askedBy) ?? []) bySource.get(one)!.set(row.key, row);
        }
        for (const one of batch) one.resolve(bySource.get(one)!);
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    running = false;
  }

  return (sourceId, keys) => {
    if (keys.length === 0) return Promise.resolve(new Map());
    return new Promise((resolve, reject) => {
      waiting.push({ sourceId, keys, resolve, reject });
      if (!running) void run();
    });
  };
}
