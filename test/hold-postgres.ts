// A process that does nothing but hold the embedded PostgreSQL, for tests that kill it: a line of JSON for everything that
// happens. Arguments: data folder, and settings as JSON.
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';

const [dataDir = '', settings = '{}'] = process.argv.slice(2);
const say = (event: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(event)}\n`);
// Before the start, as the program does: a signal must find somebody to hear it.
let stop = async (): Promise<void> => undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop().then(() => process.exit(0)));

try {
  const postgres = await startPostgres({
    dataDir,
    log: createLog('silent'),
    settings: JSON.parse(settings) as Record<string, string>,
    onLost: (error) => say({ event: 'lost', message: error.message }),
  });
  stop = async () => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    say({ event: 'answers', rows: (await client.query('select 1 one')).rows });
    await client.end();
    await postgres.stop();
    say({ event: 'stopped' });
  };
  say({ event: 'ready', url: postgres.url, pid: postgres.pid(), folder: postgres.folder });
  setInterval(() => undefined, 60_000);
} catch (error) {
  say({ event: 'refused', name: (error as Error).name, message: (error as Error).message });
  process.exitCode = 1;
}
