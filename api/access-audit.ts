import type { z } from '@hono/zod-openapi';
import { readAudit } from '#storage/audit-log.ts';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { presentCircleRef, presentPersonRef } from './present.ts';
import { ProblemError } from './problem.ts';
import type { AuditPage, AuditQuery } from './schema-audit.ts';

/** A page of the audit log, newest first. A cursor counts only for the viewer and the filters it was made for. */
export async function accessAudit(
  { db, ids, seal, timeZone }: Pick<Deps, 'db' | 'ids' | 'seal' | 'timeZone'>,
  viewer: Viewer,
  { cursor, limit, person, circle, ...filter }: z.infer<typeof AuditQuery>,
): Promise<z.infer<typeof AuditPage>> {
  const purpose = `audit ${JSON.stringify([person, circle, filter])}`;
  const place = cursor === undefined ? null : seal.open(viewer.key, purpose, cursor);
  if (cursor !== undefined && place?.length !== 1)
    throw new ProblemError('invalid_request', { wrong: [{ path: 'cursor', part: 'cursor' }] });
  const personId = person === undefined ? undefined : ids.decode('person', person);
  const circleId = circle === undefined ? undefined : ids.decode('circle', circle);
  // Of what never was nothing is written.
  if (personId === null || circleId === null) return { lines: [], cursor: null };
  const after = place && Number(place[0]);
  const found = await readAudit(db, { ...filter, personId, circleId }, { after, limit: limit + 1, timeZone });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    lines: shown.map(({ id: _, at, by, circle: about, subject, ...line }) => ({
      ...line,
      at: at.toISOString(),
      by: by && presentPersonRef(ids, by),
      circle: about && presentCircleRef(ids, about),
      subject: subject && presentPersonRef(ids, subject),
    })),
    cursor: last ? seal.close(viewer.key, purpose, [BigInt(last.id)]) : null,
  };
}
