import type { z } from '@hono/zod-openapi';
import { addressesIn, countPlaces, withReferences } from '#domain/reply-text.ts';
import { canonicalUrl, urlKeyOf } from '#ingest/canonical-url.ts';
import { addressedAmong } from '#storage/people-list.ts';
import { mentionsAmong, mentionsByAddress, type StoredReference, threadsAmong } from '#storage/reply-references.ts';
import type { ReplyWords } from '#storage/reply-words.ts';
import { type Viewer, visibleTo } from './access.ts';
import type { Deps } from './env.ts';
import { isOurName } from './guards.ts';
import { ProblemError } from './problem.ts';
import { digestOfWords, quotedWords } from './quote.ts';
import type { NewReference } from './schema-talk.ts';

type Given = { text: string; references: z.infer<typeof NewReference>[] };
type Resolving = Pick<Deps, 'db' | 'ids' | 'keys' | 'publicUrl'>;

const nothing: StoredReference = {
  kind: 'thread',
  personId: null,
  threadId: null,
  mentionId: null,
  from: null,
  to: null,
  digest: null,
};

/**
 * What somebody wrote in a circle, as it is stored: every reference held against what they may see, everybody named against who sees
 * that circle, addresses of threads and mentions that they may see turned into references. `kept` is what stood in the reply before: that may stay although it is gone
 * since. Refuses what does not fit.
 */
export async function readWords(
  deps: Resolving,
  viewer: Viewer,
  circleId: number,
  given: Given,
  kept: readonly StoredReference[] = [],
): Promise<ReplyWords> {
  // Half a surrogate pair cannot be stored; its replacement is as long, so that nothing moves.
  const text = given.text.toWellFormed();
  if (countPlaces(text) !== given.references.length) throw wrongReferences();
  const references = await resolve(deps, viewer, circleId, given.references, kept);
  return withReferences(text, references, await linkedIn(deps, viewer, text));
}

async function resolve(
  { db, ids }: Resolving,
  viewer: Viewer,
  circleId: number,
  given: Given['references'],
  kept: readonly StoredReference[],
): Promise<StoredReference[]> {
  if (given.length === 0) return [];
  const asked = given.map((one): StoredReference => {
    const kind = one.kind === 'quote' ? 'mention' : one.kind;
    const id = ids.decode(kind, one.id);
    if (id === null) throw wrongReferences();
    const quoted = one.kind === 'quote' ? { from: one.from, to: one.to } : {};
    return { ...nothing, kind: one.kind, [`${kind}Id`]: id, ...quoted };
  });
  const circles = visibleTo(viewer);
  const [people, threads, mentions] = await Promise.all([
    addressedAmong(
      db,
      circleId,
      asked.flatMap(({ personId }) => personId ?? []),
      // Who else is in a circle is not a guest's to find out.
      { shown: !viewer.colleague },
    ),
    threadsAmong(
      db,
      circles,
      asked.flatMap(({ threadId }) => threadId ?? []),
    ),
    mentionsAmong(
      db,
      circles,
      asked.flatMap(({ mentionId }) => mentionId ?? []),
    ),
  ]);
  return asked.map((one) => {
    const stood = kept.find((before) => isSame(before, one));
    if (stood) return stood;
    if (one.kind === 'person' && people.has(one.personId!)) return one;
    if (one.kind === 'thread' && threads.has(one.threadId!)) return one;
    if (one.kind === 'mention' && mentions.has(one.mentionId!)) return one;
    const digest = one.kind === 'quote' ? quoteDigest(mentions.get(one.mentionId!), one) : null;
    if (digest) return { ...one, digest };
    throw wrongReferences();
  });
}

const isSame = (a: StoredReference, b: StoredReference) =>
  a.kind === b.kind &&
  a.personId === b.personId &&
  a.threadId === b.threadId &&
  a.mentionId === b.mentionId &&
  a.from === b.from &&
  a.to === b.to;

function quoteDigest(text: string | null | undefined, quote: StoredReference): Buffer | null {
  const words = text == null ? null : quotedWords(text, quote);
  return words === null ? null : digestOfWords(words);
}

/** Addresses in a text that lead to a thread or a mention the writer may see. */
async function linkedIn(
  { db, ids, keys, publicUrl }: Resolving,
  viewer: Viewer,
  text: string,
): Promise<{ from: number; to: number; reference: StoredReference }[]> {
  const found = addressesIn(text).flatMap((part) => {
    const url = URL.parse(part.address);
    if (!url) return [];
    const own = /^\/threads\/(t_[A-Za-z0-9_-]{22})\/?$/.exec(url.pathname)?.[1];
    const threadId = own && isOurName(url.hostname, publicUrl) ? ids.decode('thread', own) : null;
    const canonical = threadId === null ? canonicalUrl(part.address) : null;
    const folded = canonical && urlKeyOf(canonical);
    return threadId === null && !folded ? [] : [{ ...part, threadId, key: folded ? keys.join('url', folded) : null }];
  });
  if (found.length === 0) return [];
  const circles = visibleTo(viewer);
  const [threads, mentions] = await Promise.all([
    threadsAmong(
      db,
      circles,
      found.flatMap(({ threadId }) => threadId ?? []),
    ),
    mentionsByAddress(
      db,
      circles,
      found.flatMap(({ key }) => key ?? []),
    ),
  ]);
  return found.flatMap(({ from, to, threadId, key }) => {
    const mentionId = key === null ? undefined : mentions.get(key);
    if (threadId !== null && threads.has(threadId)) return { from, to, reference: { ...nothing, threadId } };
    return mentionId === undefined ? [] : { from, to, reference: { ...nothing, kind: 'mention', mentionId } };
  });
}

function wrongReferences(): ProblemError {
  return new ProblemError('invalid_request', { wrong: [{ path: 'references', part: 'references' }] });
}
