import { Client, errors } from '@elastic/elasticsearch';
import { EngineAwayError } from '#search/engine.ts';

/** A search waits no longer than this for its answer; then PostgreSQL is asked. */
export const searchWithinMs = 1_500;
/** No request may take longer; each says itself how long it waits. */
const longestMs = 60_000;

/**
 * A client of one cluster, by an http or https address that may hold a user and password. Nothing is tried twice here: searches have
 * another engine to ask, and the indexer repeats with a pause of its own.
 */
export function createClient(url: string): Client {
  const { username, password, origin, pathname } = new URL(url);
  const node = pathname === '/' ? origin : `${origin}${pathname}`;
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return new Client({
    node,
    ...(username !== '' && { auth }),
    maxRetries: 0,
    // @NOTE The limit of the client holds for all its requests: one of its own can be shorter, never longer.
    requestTimeout: longestMs,
    // One slow request must not hold up those behind it on its connection.
    agent: { connections: 16, pipelining: 1 },
  });
}

/**
 * The answer to a request; whatever keeps it from coming (time, connection, a refusal) becomes an EngineAwayError that holds neither
 * the request nor its credentials, because both would end in a log.
 */
export async function answerOf<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    const reason = reasonOf(error);
    throw new EngineAwayError(`Elasticsearch gave no answer: ${reason}`, { cause: new Error(reason) });
  }
}

/** The status of a refusal; null when there was no answer at all. */
export function statusOf(error: unknown): number | null {
  return error instanceof errors.ResponseError ? (error.statusCode ?? null) : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.ResponseError) {
    const refusal: unknown = error.body?.error?.root_cause?.[0]?.type ?? error.body?.error?.type;
    return `${error.statusCode} ${typeof refusal === 'string' ? refusal : 'without a reason'}`;
  }
  if (error instanceof errors.ElasticsearchClientError) return `${error.name} ${error.message.slice(0, 200)}`;
  throw error;
}
