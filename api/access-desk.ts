import type { z } from '@hono/zod-openapi';
import { type CaseAct as Act, actOnCase as act } from '#storage/case-acts.ts';
import type { CaseFacts } from '#storage/cases.ts';
import { readDesk, summariseDesk } from '#storage/desk.ts';
import { readerOf, type Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { Ids } from './ids.ts';
import { presentPersonRef, presentRow } from './present.ts';
import { presentCase } from './present-desk.ts';
import { ProblemError } from './problem.ts';
import type { DeskPage } from './schema.ts';
import type { AnswerCase, Case, CaseVersion, CloseCase, DeskQuery, HandOver } from './schema-desk.ts';

/** What somebody asks to be done with a case, by the name of the route. */
export type CaseAct =
  | ({ action: 'take' | 'release' | 'reopen' } & z.infer<typeof CaseVersion>)
  | ({ action: 'hand-over' } & z.infer<typeof HandOver>)
  | ({ action: 'answer' } & z.infer<typeof AnswerCase>)
  | ({ action: 'no-answer' } & z.infer<typeof CloseCase>);

type Reading = Pick<Deps, 'db' | 'ids' | 'seal' | 'timeZone'>;

/** A page of the desk, with who has how many. A cursor counts only for the viewer, list and order it was made for. */
export async function accessDesk(
  { db, ids, seal, timeZone }: Reading,
  viewer: Viewer,
  { list, order, cursor, limit }: z.infer<typeof DeskQuery>,
): Promise<z.infer<typeof DeskPage>> {
  const purpose = `desk ${list} ${order}`;
  const place = cursor === undefined ? null : seal.open(viewer.key, purpose, cursor);
  if (cursor !== undefined && place?.length !== 2) {
    throw new ProblemError('invalid_request', { wrong: [{ path: 'cursor', part: 'cursor' }] });
  }
  const after = place ? { sortMicros: place[0]!, threadId: Number(place[1]) } : null;
  const reader = readerOf(viewer);
  const [page, summary] = await Promise.all([
    readDesk(db, reader, { list, order }, after, limit),
    summariseDesk(db, reader, timeZone),
  ]);
  return {
    threads: page.rows.map((row) => presentRow(ids, row)),
    cursor: page.next && seal.close(viewer.key, purpose, [page.next.sortMicros, BigInt(page.next.threadId)]),
    ...summary,
    holders: summary.holders.map(({ person, count }) => ({ person: presentPersonRef(ids, person), count })),
  };
}

/**
 * Takes, hands over, answers, closes or reopens a case.
 * @throws ProblemError case_changed or case_held with who has it now, when it is not as the viewer saw it.
 */
export async function actOnCase(
  { db, ids }: Pick<Deps, 'db' | 'ids'>,
  viewer: Viewer,
  publicId: string,
  asked: CaseAct,
): Promise<z.infer<typeof Case>> {
  const id = ids.decode('thread', publicId);
  const acted = id === null ? null : await act(db, readerOf(viewer), id, understood(ids, asked));
  switch (acted?.kind) {
    case 'done':
      return presentCase(ids, acted.case);
    case 'no-outside':
      throw new ProblemError('no_outside');
    case 'no-person':
      throw noSuchPerson();
    case 'changed':
      throw new ProblemError('case_changed', { facts: factsOf(acted.case) });
    case 'held':
      throw new ProblemError('case_held', { facts: factsOf(acted.case) });
    default:
      throw new ProblemError('not_found');
  }
}

function understood(ids: Ids, asked: CaseAct): Act {
  const { version } = asked;
  switch (asked.action) {
    case 'hand-over': {
      const to = ids.decode('person', asked.to);
      if (to === null) throw noSuchPerson();
      return { action: 'hand-over', version, to, note: asked.note || null };
    }
    case 'answer':
      return { action: 'answer', version, url: asked.url ?? null, text: asked.text || null };
    case 'no-answer':
      return { action: 'no-answer', version, reason: asked.reason, note: asked.note || null };
    default:
      return { action: asked.action, version };
  }
}

/** How it stands now: who has it, or who closed it. */
function factsOf({ state, version, holder, closedBy }: CaseFacts): Record<string, string | number> {
  return {
    state,
    version,
    ...(holder ? { holder: holder.name } : {}),
    ...(closedBy ? { closedBy: closedBy.name } : {}),
  };
}

const noSuchPerson = () => new ProblemError('invalid_request', { wrong: [{ path: 'to', part: 'person' }] });
