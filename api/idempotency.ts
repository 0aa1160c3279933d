import { z } from '@hono/zod-openapi';

/** On every write that makes something: the same key again answers as the first time and makes nothing. */
export const IdempotencyKey = z.object({
  'idempotency-key': z.uuid().openapi({ description: 'A UUID of the client’s own; kept for a day.' }),
});
