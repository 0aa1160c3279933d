import pg from 'pg';

const retryMs = 1_000;

/**
 * Calls `onNotify` for each notification on a channel with its payload, and once without one after each (re)connection, because
 * what was said meanwhile is lost. Comes back by itself when the server went away; never rejects. One connection of its own.
 */
export function listen(
  url: string,
  channel: 'buitenwacht_changes' | 'buitenwacht_due' | 'buitenwacht_people' | 'buitenwacht_tips' | 'buitenwacht_topics',
  onNotify: (payload?: string) => void,
  onError: (error: Error) => void,
): { close: () => Promise<void> } {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect() {
    const next = new pg.Client({
      connectionString: url,
      application_name: `buitenwacht ${channel}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client = next;
    let lost = false;
    const again = (error?: Error) => {
      if (lost) return;
      lost = true;
      if (closed) return;
      if (error) onError(error);
      timer = setTimeout(connect, retryMs);
    };
    next.on('error', again);
    next.on('end', () => again());
    next.on('notification', ({ payload }) => onNotify(payload));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      if (closed) await next.end();
      else onNotify();
    } catch (error) {
      again(error as Error);
      next.end().catch(() => undefined);
    }
  }
  let connecting = connect();
  connecting = connecting.catch(() => undefined);
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
