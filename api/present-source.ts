import type { z } from '@hono/zod-openapi';
import { healthOf } from '#domain/health.ts';
import type { SourceKind } from '#domain/source.ts';
import { redactUrl } from '#platform/redact-url.ts';
import type { SourceRow } from '#storage/source-list.ts';
import type { Ids } from './ids.ts';
import { perDay } from './per-day.ts';
import { webAddress } from './present.ts';
import type { Source } from './schema.ts';

/** A source with its health; `place` shows no passwords or tokens. */
export function presentSource(ids: Ids, row: SourceRow, now: Date): z.infer<typeof Source> {
  return {
    id: ids.encode('source', row.id),
    label: row.label,
    connector: row.connector,
    kind: row.kind as SourceKind,
    place: placeToShow(row),
    homeUrl: webAddress(row.home_url),
    folder: row.folder,
    keeps: row.keeps,
    desk: row.desk,
    state: row.state,
    health: healthOf(row, now),
    perDay: perDay(row.recent, now),
    mentionCount: row.mention_count,
    intervalSeconds: row.interval_seconds,
    createdAt: row.created_at.toISOString(),
  };
}

/** A feed by its address, without what may be secret in it; an account or hashtag by the name under which it is known. */
function placeToShow({ connector, settings, place }: SourceRow): string {
  if (connector === 'feed') return redactUrl(String(settings.url));
  return place.startsWith(`${connector}:`) ? place.slice(connector.length + 1) : place;
}
