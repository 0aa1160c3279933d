import { z } from '@hono/zod-openapi';
import { CircleId, CircleRef, PersonId, PersonRef, When } from './schema-ids.ts';
import { Day } from './schema-people.ts';

/** Something done to somebody's access. `action` is a word ("member.added"); clients have a sentence for each. */
export const AuditLine = z
  .object({
    at: When,
    /** null: nobody, a day had come. */
    by: PersonRef.nullable(),
    action: z.string(),
    circle: CircleRef.nullable(),
    /** Whom it was done to. */
    subject: PersonRef.nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('AuditLine');
export const AuditPage = z.object({ lines: z.array(AuditLine), cursor: z.string().nullable() }).openapi('AuditPage');
export const AuditQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** A word, or its beginning up to a dot: "member" finds "member.added" too. */
  action: z
    .string()
    .regex(/^[a-z]+(\.[a-z-]+)?$/)
    .max(60)
    .optional(),
  /** Who did it, or whom it was done to. */
  person: PersonId.optional(),
  circle: CircleId.optional(),
  /** Days of the installation's time zone, both included. */
  from: Day.optional(),
  to: Day.optional(),
});
