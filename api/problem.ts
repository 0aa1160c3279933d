import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError, type ErrorCode, errorCodes } from '#domain/errors.ts';
import type { Env } from './env.ts';
import { statusOf } from './errors.ts';
import { type Language, languageOf } from './language.ts';
import { parts, reasons, sentences } from './sentences.ts';

/** Something that makes a question impossible to ask, with where it stands (UTF-16 characters) and what could stand there. */
export const QueryProblem = z
  .object({
    code: z.string(),
    from: z.number().int(),
    to: z.number().int(),
    expected: z.array(z.string()),
    message: z.string(),
  })
  .openapi('QueryProblem');

/** RFC 9457. `code` is stable and decides; `title` and `detail` are for people, in Dutch or English. */
export const Problem = z
  .object({
    type: z.string(),
    status: z.number().int(),
    code: z.enum(errorCodes),
    title: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Of `query_refused`. */
    query: z.array(QueryProblem).optional(),
    /** Facts for a client: the source that already exists, the status the outside answered. */
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof Problem>;
export type ProblemExtras = {
  /** Parts that do not fit, said already in the reader's language. */
  errors?: { path: string; message: string }[];
  /** Parts that do not fit, by the name of the sentence. */
  wrong?: { path: string; part: keyof typeof parts }[];
  /** What is wrong with a question, in the reader's language. */
  query?: (language: Language) => z.infer<typeof QueryProblem>[];
  facts?: Record<string, string | number | null>;
};

/** A refusal with what a client may know about it. Thrown anywhere below a route, answered by `problemResponse`. */
export class ProblemError extends AppError {
  readonly extras: ProblemExtras;
  constructor(code: ErrorCode, extras: ProblemExtras = {}, options?: ErrorOptions) {
    super(code, code, extras.facts ?? {}, options);
    this.extras = extras;
  }
}

/** The words of a refusal; `facts.reason` makes the detail more exact where we know more. */
export function problem(
  code: ErrorCode,
  language: Language,
  { errors, wrong, query, facts }: ProblemExtras = {},
): Problem {
  const { title, detail } = sentences[code][language];
  const reason = typeof facts?.reason === 'string' ? reasons[facts.reason]?.[language] : undefined;
  const said = errors ?? wrong?.map(({ path, part }) => ({ path, message: parts[part][language] }));
  return {
    type: `urn:buitenwacht:problem:${code}`,
    status: statusOf[code],
    code,
    title,
    detail: reason ?? detail,
    ...(said ? { errors: said } : {}),
    ...(query ? { query: query(language) } : {}),
    ...(facts ? { facts } : {}),
  };
}

/** The answer to a refused request, in the reader's language. */
export function problemResponse(c: Context<Env>, code: ErrorCode, extras: ProblemExtras = {}): Response {
  const language = languageOf(c.req.header('accept-language'));
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'content-language': language,
    'cache-control': 'no-store',
    vary: 'Accept-Language',
  };
  const status = statusOf[code];
  if (status === 429 || status === 503) headers['retry-after'] = code === 'too_many_attempts' ? '900' : '5';
  // The rest of a refused body stands between us and the next request on this connection.
  if (status === 413) headers.connection = 'close';
  return c.body(JSON.stringify(problem(code, language, extras)), status, headers);
}

/** A JSON answer of a route, for its declaration. */
export function json<T extends z.ZodType>(description: string, schema: T) {
  return { description, content: { 'application/json': { schema } } };
}

/** A JSON body of a route, for its declaration. @NOTE Without `required` a request without a body passes unread. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** The refusals of a route, one for each status, for its declaration. */
export function problems<const C extends ErrorCode>(...codes: C[]) {
  const answer = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: Problem } },
  });
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [status, answer(names.map((name) => `\`${name}\``).join(', '))]),
  ) as Record<(typeof statusOf)[C], ReturnType<typeof answer>>;
}
