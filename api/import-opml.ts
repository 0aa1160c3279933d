import type { z } from '@hono/zod-openapi';
import { SourceError } from '#ingest/errors.ts';
import { type OpmlLine, readOpml } from '#ingest/opml.ts';
import { redactUrl } from '#platform/redact-url.ts';
import { addSource } from '#storage/sources.ts';
import type { Deps } from './env.ts';
import { newSource } from './new-source.ts';
import { ProblemError } from './problem.ts';
import type { OpmlAnswer } from './schema.ts';

type Line = z.infer<typeof OpmlAnswer>['lines'][number];

/** Follows every feed of an OPML file that is not followed yet. A line that does not fit is told and costs only itself. */
export async function importOpml(
  { db, allow }: Pick<Deps, 'db' | 'allow'>,
  bytes: Uint8Array,
): Promise<z.infer<typeof OpmlAnswer>> {
  const lines: Line[] = [];
  for (const entry of entriesOf(bytes)) {
    const result = entry.problem ?? (await add(entry));
    lines.push(told(entry, result));
  }
  return { added: lines.filter(({ result }) => result === 'added').length, lines };

  /** 'added', 'exists' or why not. One by one: thousands are rare, and a batch would fail as one. */
  async function add(entry: OpmlLine): Promise<string> {
    try {
      const settings = { url: entry.xmlUrl };
      const source = newSource({ connector: 'feed', settings, keeps: 'everything' }, { allow });
      const { kind } = await addSource(db, {
        ...source,
        label: entry.title ?? source.label,
        folder: entry.folder,
        homeUrl: entry.htmlUrl,
      });
      return kind;
    } catch (error) {
      if (error instanceof ProblemError) return 'invalid-url';
      throw error;
    }
  }
}

function entriesOf(bytes: Uint8Array): OpmlLine[] {
  try {
    return readOpml(bytes);
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    if (cause.detail.reason === 'too-large') throw new ProblemError('too_large', {}, { cause });
    throw new ProblemError('invalid_request', { wrong: [{ path: 'body', part: 'opml' }] }, { cause });
  }
}

function told({ line, title, xmlUrl, problem }: OpmlLine, result: string): Line {
  const common = { line, title, address: xmlUrl === null ? null : redactUrl(xmlUrl) };
  if (result === 'added') return { ...common, result, reason: null };
  // The same address twice in one file is not a mistake worth an alarm.
  if (result === 'exists' || problem === 'repeated') return { ...common, result: 'exists', reason: problem ?? null };
  return { ...common, result: 'invalid', reason: result };
}
