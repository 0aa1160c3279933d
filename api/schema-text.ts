import { z } from '@hono/zod-openapi';

/** Text as the database can keep it: half a surrogate pair becomes its replacement, which is as long, and NUL is refused. */
export const Storable = z
  .string()
  .overwrite((text) => text.toWellFormed())
  .refine((text) => !text.includes('\0'));

/** Whether anything of a text can be seen: not only spaces, controls, and what is drawn as nothing. */
export const isSeen = (text: string): boolean =>
  /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u{2800}]/u.test(text);

/** One line that people are known by: it can be seen, and turns nothing around that stands beside it. */
export const isLine = (text: string): boolean =>
  isSeen(text) && !/[\n\r\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u.test(text);
