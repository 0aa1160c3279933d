import type { z } from '@hono/zod-openapi';
import { stemsOf } from '#domain/stems.ts';
import { fromBuilder, toBuilder } from '#search/query/builder.ts';
import { parse } from '#search/query/parse.ts';
import { print } from '#search/query/print.ts';
import { isRefused } from '#search/query/problems.ts';
import { readQuery } from '#search/query/read-query.ts';
import { sentenceOf } from '#search/query/sentences.ts';
import type { Viewer } from './access.ts';
import { namesFor } from './access-names.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import type { QueryReading, QueryToRead } from './schema-query.ts';

/**
 * A question as it is understood, with what is wrong with it, for who is writing it. Names mean only what the viewer may see: one of
 * something hidden is as unknown as one that never was.
 */
export async function accessQuery(
  { db, timeZone }: Pick<Deps, 'db' | 'timeZone'>,
  viewer: Viewer,
  { text: written, builder, use }: z.infer<typeof QueryToRead>,
  language: Language,
): Promise<z.infer<typeof QueryReading>> {
  const text = written ?? fromBuilder(builder!, language);
  const { query, tokens, problems: found } = parse(text, { language });
  const names = await namesFor(db, viewer, query, use);
  const read = readQuery(text, { names, now: new Date(), timeZone, use, stemsOf, language });
  const problems = read.kind === 'refused' ? read.problems : read.notes;
  return {
    text,
    printed: query && print(query, language),
    problems: problems
      .toSorted((a, b) => a.from - b.from)
      .map((problem) => {
        const { code, severity, from, to, expected } = problem;
        return { code, severity, from, to, expected, message: sentenceOf(problem, language) };
      }),
    tokens,
    // A name that means nothing yet keeps its place in the rows.
    builder: query && !isRefused(found) ? toBuilder(query, language) : null,
  };
}
