import type { z } from '@hono/zod-openapi';
import type { CaseFacts } from '#storage/cases.ts';
import type { EventFacts } from '#storage/thread-events.ts';
import type { Ids } from './ids.ts';
import { presentPersonRef, webAddress } from './present.ts';
import type { Case } from './schema-desk.ts';
import type { ThreadEvent } from './schema-talk.ts';

/** A case as everybody sees it; version 0 where nobody has put it on the desk. */
export function presentCase(ids: Ids, found: CaseFacts): z.infer<typeof Case> {
  return {
    state: found.state,
    holder: found.holder && presentPersonRef(ids, found.holder),
    waitingSince: found.waitingSince.toISOString(),
    takenAt: found.takenAt?.toISOString() ?? null,
    closedAt: found.closedAt?.toISOString() ?? null,
    closedBy: found.closedBy && presentPersonRef(ids, found.closedBy),
    answerUrl: webAddress(found.answerUrl),
    answerText: found.answerText,
    reason: found.reason,
    note: found.note,
    version: found.version,
  };
}

/** What happened to a thread besides what was written in it. */
export function presentEvent(ids: Ids, { kind, person, at, detail }: EventFacts): z.infer<typeof ThreadEvent> {
  return { kind, person: person && presentPersonRef(ids, person), at: at.toISOString(), detail };
}
