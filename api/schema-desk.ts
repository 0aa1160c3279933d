import { z } from '@hono/zod-openapi';
import { CaseState, NoAnswerReason } from '#domain/desk.ts';
import { PersonId, PersonRef, ThreadId, TipId, When } from './schema-ids.ts';
import { Storable } from './schema-text.ts';

export const CaseBrief = z
  .object({ state: CaseState, holder: PersonRef.nullable(), waitingSince: When })
  .openapi('CaseBrief');

/** In a list of threads: once closed, by whom and when, and why when there is no answer. */
export const CaseOfRow = CaseBrief.extend({
  closedAt: When.nullable(),
  closedBy: PersonRef.nullable(),
  reason: NoAnswerReason.nullable(),
}).openapi('CaseOfRow');

export const Case = z
  .object({
    state: CaseState,
    holder: PersonRef.nullable(),
    waitingSince: When,
    takenAt: When.nullable(),
    closedAt: When.nullable(),
    closedBy: PersonRef.nullable(),
    answerUrl: z.string().nullable(),
    answerText: z.string().nullable(),
    reason: NoAnswerReason.nullable(),
    note: z.string().nullable(),
    /** 0: nobody has put it on the desk yet; taking it does. Goes back with every action. */
    version: z.number().int(),
  })
  .openapi('Case');

// As far as the database counts.
const version = z.number().int().min(0).max(2_147_483_647);
/** Of two lengths on one schema both hold: what may be longer begins at Words. */
const Words = Storable.trim();
const Note = Words.max(2000);
export const CaseVersion = z.object({ version });
export const HandOver = z.object({ version, to: PersonId, note: Note.optional() });
/** A link to the answer, its text, or both. */
export const AnswerCase = z
  .object({
    version,
    url: z
      .url({ protocol: /^https?$/, normalize: true })
      .max(2000)
      .optional(),
    text: Words.max(10_000).optional(),
  })
  .refine(({ url, text }) => url !== undefined || (text ?? '') !== '');
/** `other` needs a note. */
export const CloseCase = z
  .object({ version, reason: NoAnswerReason, note: Note.optional() })
  .refine(({ reason, note }) => reason !== 'other' || (note ?? '') !== '');

export const DeskQuery = z.object({
  list: z.enum(['open', 'mine', 'answered', 'unanswered']).default('open'),
  order: z.enum(['waiting', 'newest']).default('waiting'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const TipState = z.enum(['waiting', 'new', 'joined', 'known', 'refused']);
/** `refused`: `error` says why, in the reader's language. */
export const Tip = z
  .object({
    id: TipId,
    address: z.string().nullable(),
    text: z.string().nullable(),
    note: z.string().nullable(),
    state: TipState,
    error: z.string().nullable(),
    threadId: ThreadId.nullable(),
    title: z.string().nullable(),
    /** What became of its story. */
    replies: z.number().int(),
    case: CaseBrief.nullable(),
    madeAt: When,
    doneAt: When.nullable(),
  })
  .openapi('Tip');
export const TipList = z.object({ tips: z.array(Tip) }).openapi('TipList');
/** An address, the words themselves, or both; `note` is for colleagues. */
export const NewTip = z
  .object({
    address: z.string().trim().min(1).max(2000).optional(),
    text: Words.max(20_000).optional(),
    note: Note.optional(),
  })
  .refine(({ address, text }) => address !== undefined || (text ?? '') !== '');
