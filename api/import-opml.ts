import type { z } from '@hono/zod-openapi';
import { SourceError } from '#ingest/errors.ts';
import { type OpmlLine, readOpml } from '#ingest/opml.ts';
import { addressRefusal } from '#platform/address.ts';
import { redactUrl } from '#platform/redact-url.ts';
import { addSources, type NewSource } from '#storage/sources.ts';
import type { Deps } from './env.ts';
import { newSource } from './new-source.ts';
import { webAddress } from './present.ts';
import { ProblemError } from './problem.ts';
import type { OpmlAnswer } from './schema.ts';

type Line = z.infer<typeof OpmlAnswer>['lines'][number];

/** Follows every feed of an OPML file that is not followed yet. A line that does not fit is told and costs only itself. */
export async function importOpml(
  { db, allow }: Pick<Deps, 'db' | 'allow'>,
  bytes: Uint8Array,
): Promise<z.infer<typeof OpmlAnswer>> {
  const read = entriesOf(bytes).map((entry) => ({ entry, ...sourceOf(entry, allow) }));
  const added = await addSources(
    db,
    read.flatMap(({ source }) => source ?? []),
  );
  const results = added.values();
  const lines = read.map(({ entry, source, problem }) =>
    told(entry, source ? results.next().value!.kind : (problem ?? 'invalid-url')),
  );
  return { added: lines.filter(({ result }) => result === 'added').length, lines };
}

function sourceOf(entry: OpmlLine, allow: Deps['allow']): { source?: NewSource; problem?: string } {
  if (entry.problem !== undefined) return { problem: entry.problem };
  // The client would refuse it at every poll; said here it is said once. A name is not looked up for this.
  const url = URL.parse(entry.xmlUrl ?? '');
  const refusal = url && addressRefusal(url, allow);
  if (refusal) return { problem: refusal };
  try {
    const settings = { url: entry.xmlUrl };
    const source = newSource({ connector: 'feed', settings, keeps: 'everything' }, { allow });
    const homeUrl = webAddress(URL.parse(entry.htmlUrl ?? '')?.href ?? null);
    return { source: { ...source, label: entry.title ?? source.label, folder: entry.folder, homeUrl } };
  } catch (error) {
    if (error instanceof ProblemError) return { problem: 'invalid-url' };
    throw error;
  }
}

function entriesOf(bytes: Uint8Array): OpmlLine[] {
  try {
    return readOpml(bytes);
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    if (cause.detail.reason === 'too-large') throw new ProblemError('too_large', {}, { cause });
    const reason = cause.detail.reason === 'doctype' ? 'doctype' : 'not-opml';
    throw new ProblemError(
      'invalid_request',
      { wrong: [{ path: 'body', part: 'opml' }], facts: { reason } },
      { cause },
    );
  }
}

function told({ line, title, xmlUrl, problem }: OpmlLine, result: string): Line {
  const common = { line, title, address: xmlUrl === null ? null : redactUrl(xmlUrl) };
  if (result === 'added') return { ...common, result, reason: null };
  // The same address twice in one file is not a mistake worth an alarm.
  if (result === 'exists' || problem === 'repeated') return { ...common, result: 'exists', reason: problem ?? null };
  return { ...common, result: 'invalid', reason: result };
}
