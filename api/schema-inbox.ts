import { z } from '@hono/zod-openapi';
import { NoticeLevel } from '#domain/circle.ts';
import { CircleId, CircleRef, NoticeId, PersonRef, ReplyId, ThreadId, When } from './schema-ids.ts';

/** What can be marked: a thread with news, or a notice. */
export const InboxId = z.union([ThreadId, NoticeId]);

export const InboxItem = z
  .object({
    id: InboxId,
    /** `mention`: you were named. `news`: something was said where you follow, or hear all. Everything else is a notice. */
    kind: z.string(),
    /** null where it is about a circle or a person, or where the title is gone. */
    thread: z.object({ id: ThreadId, title: z.string().nullable() }).nullable(),
    /** Where it happened, of several the one with the newest. */
    circle: CircleRef.nullable(),
    /** Who did it, or who spoke last there; null: nobody, or who cannot be said. */
    person: PersonRef.nullable(),
    replyId: ReplyId.nullable(),
    at: When,
    read: z.boolean(),
    /** By kind: short facts. */
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('InboxItem');

export const InboxQuery = z.object({
  unread: z.stringbool().optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(30),
});
export const InboxPage = z.object({ items: z.array(InboxItem), cursor: z.string().nullable() }).openapi('InboxPage');
/** At most 100: more is shown as "99+". */
export const InboxCount = z.object({ unread: z.number().int() }).openapi('InboxCount');

/** What is read: these, everything up to a moment, or nothing after all. */
export const ReadInbox = z.union([
  z.object({ items: z.array(InboxId).min(1).max(10) }),
  z.object({ upTo: When }),
  z.object({ undo: z.string().max(12_000) }),
]);
/** `undo` goes back in the same place; null where there is nothing to undo. */
export const InboxRead = z.object({ undo: z.string().nullable() }).openapi('InboxRead');

/** `thread` null: the circle as a whole; a thread's own level goes before it. */
export const NoticeLevelSet = z
  .object({
    circle: CircleRef,
    thread: z.object({ id: ThreadId, title: z.string().nullable() }).nullable(),
    level: NoticeLevel,
  })
  .openapi('NoticeLevelSet');
export const NoticeLevels = z.object({ levels: z.array(NoticeLevelSet) }).openapi('NoticeLevels');
/** `level` null: as where nothing was said: mentions of you, and what you follow. */
export const SetNoticeLevel = z.object({
  circle: CircleId,
  thread: ThreadId.nullable(),
  level: NoticeLevel.nullable(),
});
