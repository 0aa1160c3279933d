import type { Connector } from '#ingest/connector.ts';
import type { Http } from '#platform/http.ts';
import type { Log } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';
import { type RecheckRow, recheckRows, recordRechecks } from '#storage/recheck.ts';
import { withdrawMentions } from '#storage/retention.ts';

export type RecheckDeps = {
  db: Database;
  http: Http;
  // biome-ignore lint/suspicious/noExplicitAny: settings differ per connector and are parsed by its own schema before use.
  connectorFor: (name: string) => Connector<any> | null;
  log: Log;
};

export type Existence = 'live' | 'gone' | 'maybe-gone' | 'unknown';

const mostPerRun = 200;
const mostPerSource = 20;
/** After this long no further page of a source is begun; what is left of it is due again in the next run. */
export const sourceBudgetMs = 10_000;
const concurrency = 4;
/** A page that is gone is asked a second time this much later: sites move (sources.md 2.4). */
export const confirmHours = 24;
const pageLimits = { maxBodyBytes: 64 * 1024, totalMs: 10_000 };

/**
 * Asks whether mentions that somebody opened still exist. Only a clear word counts: the network's own, 410, or 404 on two
 * looks a day apart. Everything else changes nothing.
 */
export async function recheckDue(deps: RecheckDeps, now: Date, stopping: AbortSignal): Promise<void> {
  const rows = await recheckRows(deps.db, now, { limit: mostPerRun, mostOfOne: mostPerSource });
  const groups = [...Map.groupBy(rows, ({ sourceId }) => sourceId).values()];
  const work = async () => {
    for (let group = groups.shift(); group && !stopping.aborted; group = groups.shift()) {
      await save(deps, group, new Map(await ask(deps, group, stopping)), now);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** Notes the answers of one source as soon as they are there: what another takes its time for is no reason to wait. */
async function save(deps: RecheckDeps, rows: RecheckRow[], answers: Map<number, Existence>, now: Date): Promise<void> {
  const gone = rows.filter((row) => isGone(answers.get(row.id), row, now)).map(({ id }) => id);
  await withdrawMentions(deps.db, gone);
  const asked = rows.filter(({ id }) => answers.has(id) && !gone.includes(id));
  await recordRechecks(
    deps.db,
    asked.map(({ id }) => ({ id, missing: answers.get(id) === 'maybe-gone' })),
    now,
    confirmHours,
  );
  if (gone.length > 0) deps.log.info({ count: gone.length }, 'mentions withdrawn upstream');
}

/** Gone at the network's word, or missing now and a day ago. */
export function isGone(answer: Existence | undefined, row: Pick<RecheckRow, 'goneSeenAt'>, now: Date): boolean {
  if (answer === 'gone') return true;
  if (answer !== 'maybe-gone' || !row.goneSeenAt) return false;
  return now.getTime() - row.goneSeenAt.getTime() >= confirmHours * 3_600_000;
}

async function ask(deps: RecheckDeps, rows: RecheckRow[], stopping: AbortSignal): Promise<[number, Existence][]> {
  const [{ connectorName, settings }] = rows as [RecheckRow];
  const connector = connectorName === null ? null : deps.connectorFor(connectorName);
  const parsed = connector?.settings.safeParse(settings);
  if (connector?.recheck && parsed?.success) {
    try {
      const found = await connector.recheck(
        deps.http,
        parsed.data,
        rows.map(({ externalId }) => externalId),
      );
      return rows.map(({ id, externalId }) => [id, found.get(externalId) ?? 'unknown']);
    } catch (err) {
      deps.log.info({ err, sourceId: rows[0]!.sourceId }, 'recheck failed');
      return rows.map(({ id }) => [id, 'unknown']);
    }
  }
  const answers: [number, Existence][] = [];
  const until = performance.now() + sourceBudgetMs;
  for (const row of rows) {
    if (stopping.aborted || performance.now() > until) break;
    answers.push([row.id, await askPage(deps.http, row.url)]);
  }
  return answers;
}

/** What the mention's own page says: 410 means gone, 404 perhaps, anything else nothing. */
async function askPage(http: Http, url: string | null): Promise<Existence> {
  if (url === null) return 'unknown';
  try {
    const { status } = await http.request({ url, limits: pageLimits });
    if (status === 410) return 'gone';
    if (status === 404) return 'maybe-gone';
    return status >= 200 && status < 300 ? 'live' : 'unknown';
  } catch (error) {
    // A page that is larger than we read of it is there.
    return (error as { reason?: string }).reason === 'too-large' ? 'live' : 'unknown';
  }
}
