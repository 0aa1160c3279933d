import type { z } from '@hono/zod-openapi';
import type { CaseFacts } from '#storage/cases.ts';
import type { EventFacts } from '#storage/thread-events.ts';
import type { TipFacts } from '#storage/tips.ts';
import type { Ids } from './ids.ts';
import type { Language } from './language.ts';
import { presentPersonRef, webAddress } from './present.ts';
import type { Case, Tip } from './schema-desk.ts';
import type { ThreadEvent } from './schema-talk.ts';
import { whyRefused } from './tip-reasons.ts';

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

/** A tip as its tipper sees it: why not, in their language, or what became of its story. */
export function presentTip(ids: Ids, tip: TipFacts, language: Language): z.infer<typeof Tip> {
  const { caseState, caseSince, holder } = tip;
  return {
    id: ids.encode('tip', tip.id),
    address: webAddress(tip.address),
    text: tip.text,
    note: tip.note,
    state: tip.state,
    error: tip.error && whyRefused(tip.error, language),
    threadId: tip.threadId === null ? null : ids.encode('thread', tip.threadId),
    title: tip.title,
    replies: tip.replies,
    case: caseState && {
      state: caseState,
      holder: holder && presentPersonRef(ids, holder),
      waitingSince: caseSince!.toISOString(),
    },
    madeAt: tip.madeAt.toISOString(),
    doneAt: tip.doneAt?.toISOString() ?? null,
  };
}
