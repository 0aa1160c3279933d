import pg from 'pg';
import type { Log } from '#platform/log.ts';

const retryMs = 1_000;

/**
 * Calls `onNotice` for every notification on a channel, on a connection of its own that is made again when it breaks. Only
 * a wake-up: what is missed in between is found by asking.
 */
export function listenTo(
  databaseUrl: string,
  channel: string,
  onNotice: () => void,
  log: Log,
): { close: () => Promise<void> } {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async () => {
    const attempt = new pg.Client({ connectionString: databaseUrl, application_name: 'buitenwacht listen' });
    client = attempt;
    let ended = false;
    const again = () => {
      if (ended || closed) return;
      ended = true;
      timer = setTimeout(() => void connect(), retryMs);
    };
    attempt.on('error', (error) => log.warn({ err: error }, 'listening connection lost'));
    attempt.on('end', again);
    attempt.on('notification', onNotice);
    try {
      await attempt.connect();
      await attempt.query(`listen ${pg.escapeIdentifier(channel)}`);
      onNotice();
    } catch (error) {
      if (!closed) log.warn({ err: error }, 'cannot listen for changes yet');
      await attempt.end().catch(() => {});
      again();
    }
  };
  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
