import type { z } from '@hono/zod-openapi';
import type { MoveReplyRow, MoveRow } from '#storage/moves.ts';
import type { ReferenceFacts } from '#storage/reply-references.ts';
import type { Viewer } from './access.ts';
import type { Ids } from './ids.ts';
import { presentPersonRef } from './present.ts';
import { replyExcerpt } from './reply-excerpt.ts';
import type { MoveReply, MoveReplyState, MoveTitle } from './schema-moves.ts';

/** Of a move what decides how each of its parts stands. */
export type Moving = Pick<MoveRow, 'wider' | 'titleAgrees' | 'starter'> & { moverId: number };

/** How a reply stands: the same order of reasons in which applying decides (storage/move-apply.ts). */
function stateOf(row: MoveReplyRow, { wider, moverId }: Moving): z.infer<typeof MoveReplyState> {
  if (row.kept) return 'stays';
  if (row.person.id === moverId) return 'own';
  if (row.agrees === false) return 'refused';
  if (row.agrees === null) return wider ? 'asks' : 'goes';
  return row.agreedVersion === row.version ? 'agreed' : 'changed';
}

/** Replies of a move, with the words of those that still stand where the reader may see them. */
export function presentMoveReplies(
  ids: Ids,
  viewer: Pick<Viewer, 'personId' | 'circles'>,
  moving: Moving,
  rows: readonly MoveReplyRow[],
  references: readonly ReferenceFacts[],
): z.infer<typeof MoveReply>[] {
  const byReply = Map.groupBy(references, ({ replyId }) => replyId);
  return rows.map((row) => {
    const isTold = !row.kept && viewer.circles.includes(row.circleId);
    return {
      id: ids.encode('reply', row.id),
      person: presentPersonRef(ids, row.person),
      excerpt: isTold ? replyExcerpt({ text: row.text, references: byReply.get(row.id) ?? [] }) : '',
      writtenAt: row.writtenAt.toISOString(),
      state: stateOf(row, moving),
      yours: row.person.id === viewer.personId,
    };
  });
}

/** The title of what was begun inside: it goes when who began it moves it or agrees, or nobody newly reads it. */
export function presentMoveTitle(
  ids: Ids,
  viewer: Pick<Viewer, 'personId'>,
  { starter, titleAgrees, wider, moverId }: Moving,
): z.infer<typeof MoveTitle> | null {
  if (!starter) return null;
  const answered = titleAgrees === null ? 'asks' : titleAgrees ? 'agreed' : 'refused';
  return {
    person: presentPersonRef(ids, starter),
    state: starter.id === moverId ? 'own' : wider || titleAgrees === false ? answered : 'goes',
    yours: starter.id === viewer.personId,
  };
}
