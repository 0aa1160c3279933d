import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

const attempts = 5;

/** A transaction that starts over when it lost a deadlock or could not be serialised: the other one is through by then. */
export function retried<Result>(db: Database, work: (trx: Kysely<Tables>) => Promise<Result>): Promise<Result> {
  return retriedStatement(() => db.transaction().execute(work));
}

/** The same for a single statement, which needs no transaction around it. */
export async function retriedStatement<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !/^40(P01|001)$/.test((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
