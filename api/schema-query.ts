import { z } from '@hono/zod-openapi';
import { QueryProblem } from './problem.ts';
import { Storable } from './schema-text.ts';

/** Questions in the query language (docs/query-language.md), read. Offsets are UTF-16 characters of `text`. */

const languages = z.enum(['nl', 'en']);
/** What is typed into one place: a word, a phrase or a field. */
const Row = z.array(Storable.max(1_000)).max(500);
const rows = { any: Row, also: Row, not: Row, only: Row };

/** Either `text` or `builder`. `standing`: of a topic; it may not ask after what changes by itself. */
export const QueryToRead = z
  .object({
    /** Longer than the language allows is answered with what is wrong, not refused here. */
    text: Storable.max(20_000).optional(),
    builder: z.object(rows).optional(),
    use: z.enum(['standing', 'search']).default('standing'),
    /** In which to print and to say what is wrong; left out: the one of the request. */
    language: languages.optional(),
  })
  .refine(({ text, builder }) => (text === undefined) !== (builder === undefined));

/** One of `any`, and also one of `also`, but none of `not`, only in `only`. Each word stands as it is written in the language. */
const QueryRows = z
  .object({ any: z.array(z.string()), also: z.array(z.string()), not: z.array(z.string()), only: z.array(z.string()) })
  .openapi('QueryRows');

export const QueryReading = z
  .object({
    /** As it was sent, or what the rows make. */
    text: z.string(),
    /** As it was understood, with every parenthesis; null when nothing could be made of it. */
    printed: z.string().nullable(),
    /** In the order of the text. Only an `error` keeps the question from being asked. */
    problems: z.array(QueryProblem.extend({ severity: z.enum(['error', 'note']) }).openapi('QueryRemark')),
    tokens: z.array(
      z.object({
        kind: z.enum(['word', 'phrase', 'operator', 'parenthesis', 'field', 'value', 'proximity', 'ignored']),
        from: z.number().int(),
        to: z.number().int(),
      }),
    ),
    /** null: it says more than rows can, or something is wrong. */
    builder: QueryRows.nullable(),
  })
  .openapi('QueryReading');

const Form = z.object({ write: z.string(), means: z.string() });
export const QueryReference = z
  .object({
    forms: z.array(Form),
    /** `also`: other names that are understood. `values`: what can stand behind it, or examples of that. */
    fields: z.array(
      z.object({
        name: z.string(),
        also: z.array(z.string()),
        means: z.string(),
        example: z.string(),
        values: z.array(z.string()),
      }),
    ),
  })
  .openapi('QueryReference');
