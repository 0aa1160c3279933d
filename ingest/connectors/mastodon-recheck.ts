import { z } from 'zod';
import { readJson } from '#ingest/get-json.ts';
import { type Http, HttpError } from '#platform/http.ts';

type Existence = 'live' | 'gone' | 'unknown';
/** `GET /api/v1/statuses?id[]=` takes no more (4.3 and newer). */
const batchSize = 20;

/**
 * Whether posts still exist, asked where they were written. Mentions are kept under the network's id (`uri`), and the ids of
 * the server we read from are its own; but a Mastodon `uri` ends in the post's id at its origin, which also is the one
 * place whose "gone" counts: a copy elsewhere may merely have been tidied away (sources.md 4.6 d).
 */
export async function askOrigins(http: Http, uris: string[]): Promise<Map<string, Existence>> {
  const answers = new Map<string, Existence>();
  const single: string[] = [];
  const byOrigin = new Map<string, Map<string, string>>();
  for (const uri of uris) {
    const [, origin, id] = mastodonUri.exec(uri) ?? [];
    if (origin && id) byOrigin.set(origin, (byOrigin.get(origin) ?? new Map()).set(id, uri));
    else single.push(uri);
  }
  for (const [origin, posts] of byOrigin) {
    const ids = [...posts.keys()];
    for (let at = 0; at < ids.length; at += batchSize) {
      const batch = ids.slice(at, at + batchSize);
      const present = await askBatch(http, origin, batch);
      // A server too old for batches, or closed to strangers, may still show the post itself.
      if (!present) single.push(...batch.map((id) => posts.get(id)!));
      else for (const id of batch) answers.set(posts.get(id)!, present.has(id) ? 'live' : 'gone');
    }
  }
  for (const uri of single) answers.set(uri, await askObject(http, uri));
  return answers;
}

/** Two spellings of Mastodon, the newer for accounts that may change their name. */
const mastodonUri = /^(https?:\/\/[^/]+)\/(?:users\/[^/]+|ap\/users\/\d+)\/statuses\/(\d+)$/;

/** Ids that exist and are public; null when the server does not answer the question. */
async function askBatch(http: Http, origin: string, ids: string[]): Promise<Set<string> | null> {
  const url = new URL('/api/v1/statuses', origin);
  for (const id of ids) url.searchParams.append('id[]', id);
  const answer = await unlessUnreachable(http.request({ url, headers: { accept: 'application/json' } }));
  if (answer?.status !== 200) return null;
  try {
    return new Set(readJson(answer, z.array(z.object({ id: z.string() }))).map(({ id }) => id));
  } catch {
    return null;
  }
}

/** The ActivityPub object itself: 404 and 410 are gone, and so is a Tombstone. */
async function askObject(http: Http, uri: string): Promise<Existence> {
  if (!/^https?:\/\//.test(uri)) return 'unknown';
  const answer = await unlessUnreachable(http.request({ url: uri, headers: { accept: 'application/activity+json' } }));
  if (answer?.status === 404 || answer?.status === 410) return 'gone';
  if (answer?.status !== 200) return 'unknown';
  try {
    return readJson(answer, z.object({ type: z.string() })).type === 'Tombstone' ? 'gone' : 'live';
  } catch {
    return 'unknown';
  }
}

/** A host that cannot be reached has said nothing. */
async function unlessUnreachable<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof HttpError) return null;
    throw error;
  }
}
