import { connectorFor } from '#ingest/registry.ts';
import { createIngestThread } from '#ingest/thread.ts';
import type { Config } from '#platform/config.ts';
import type { Http } from '#platform/http.ts';
import type { Log } from '#platform/log.ts';
import { checkRedis } from '#platform/redis.ts';
import type { Database } from '#storage/database.ts';
import { installationName, installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { ensurePartitions } from '#storage/partitions.ts';
import { startTopicMatcher } from './match-topics.ts';
import { type PollJob, pollBatch } from './poll.ts';
import { createQueues } from './queues.ts';
import { type Schedule, startSchedule } from './schedule.ts';
import { type SearchIndex, startSearchIndex } from './search-index.ts';
import { startTips } from './tips.ts';
import { startTopicRuns } from './topic-runs.ts';
import { type UpkeepJob, upkeep, upkeepTimes } from './upkeep.ts';

/** Poll jobs of one process at the same time: one waits for slow sites while another saves. */
export const pollJobs = 3;

/**
 * Starts everything that happens by itself: polling, looking whether mentions still exist, expiry. Any number of processes
 * may do so on one database. `close` takes no more work, lets every batch finish, and needs the database still there.
 */
export async function startWorkers(deps: {
  databaseUrl: string;
  db: Database;
  http: Http;
  config: Config;
  log: Log;
}): Promise<{ close: () => Promise<void> }> {
  const { databaseUrl, db, http, config, log } = deps;
  // Before anything is begun: a server on which jobs are not safe is a mistake in the configuration.
  if (config.redisUrl) await checkRedis(config.redisUrl);
  const secret = await installationSecret(db);
  const keys = createKeys(secret);
  await ensurePartitions(db, new Date());
  const ingest = createIngestThread();
  const { redisUrl } = config;
  const queues = createQueues(redisUrl ? { redisUrl, installation: installationName(secret) } : { databaseUrl }, log);
  const stopping = new AbortController();
  const { timeZone } = config;
  const topicDeps = { databaseUrl, db, timeZone, log: log.child({ part: 'topics' }) };
  const topics = startTopicMatcher(topicDeps);
  const pollLog = log.child({ part: 'poll' });
  const pollDeps = { db, keys, http, ingest, connectorFor, allow: config.fetchAllow, topics, log: pollLog };

  const pollQueue = queues.queue<PollJob>('poll');
  const upkeepQueue = queues.queue<UpkeepJob>('upkeep');
  // Jobs that were left from before may begin before there is a schedule, or an index.
  let schedule: Schedule | null = null;
  let index: SearchIndex | null = null;
  queues.work<PollJob>('poll', pollJobs, (job) => {
    schedule?.begun();
    return pollBatch(pollDeps, job, stopping.signal);
  });
  queues.work<UpkeepJob>('upkeep', 1, (job) => upkeep({ db, http, connectorFor, log, index }, job, stopping.signal));
  await queues.ready();
  for (const [name, times] of upkeepTimes) await upkeepQueue.repeat(name, times, { task: name });
  const started = startSchedule({ databaseUrl, db, queue: pollQueue, log });
  schedule = started;
  index = await startSearchIndex({ databaseUrl, db, config, log: log.child({ part: 'index' }) });
  const tips = startTips({ databaseUrl, db, keys, http, ingest, topics, log: log.child({ part: 'tips' }) });
  const runs = startTopicRuns(topicDeps);

  return {
    async close() {
      // Nothing is claimed any more before what is under way gives its sources back.
      await started.close();
      stopping.abort();
      await Promise.all([queues.close(), tips.close(), runs.close(), index?.close()]);
      await topics.close();
      await ingest.close();
    },
  };
}
