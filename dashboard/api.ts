import { hc, type InferRequestType, type InferResponseType } from 'hono/client';
import type { AppType } from '#api/app.ts';
import { preferences } from './preferences.ts';
import { tellSignedOut } from './signed-out.ts';

const timeoutMs = 30_000;

/** The typed client. One file per topic beside this one (`api-talk.ts` …) says in plain functions what screens ask for. */
export const { api } = hc<AppType>(location.origin, {
  headers: () => ({ 'accept-language': preferences().language }),
  fetch: send,
});

/** Asks with a deadline, and tells when the answer is that nobody is signed in. */
export async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
  const response = await fetch(input, { ...init, signal });
  // Where one signs in, 401 says that the password is not right.
  if (response.status === 401 && new URL(response.url).pathname !== '/api/session') tellSignedOut();
  return response;
}

export type Ok<Call> = InferResponseType<Call, 200>;
export type StreamPage = Ok<typeof api.stream.$get>;
export type ThreadRow = StreamPage['threads'][number];
/** As the address keeps it: what is on says 'true', what is off is absent. */
export type StreamFilter = Pick<
  InferRequestType<typeof api.stream.$get>['query'],
  'side' | 'source' | 'topic' | 'language' | 'tone' | 'from' | 'to' | 'outcome'
> & { unread?: 'true'; mine?: 'true' };
export type Facets = Ok<typeof api.stream.facets.$get>;
export type Thread = Ok<(typeof api.threads)[':threadId']['$get']>;
export type Mention = Thread['mentions'][number];
export type Sentiment = NonNullable<Mention['sentiment']>;
export type SourceList = Ok<typeof api.sources.$get>;
export type Source = SourceList['sources'][number];
export type Preview = Ok<typeof api.sources.preview.$post>;
export type Candidate = Preview['candidates'][number];
export type NewSource = InferRequestType<typeof api.sources.$post>['json'];
export type SourceChange = InferRequestType<(typeof api.sources)[':sourceId']['$patch']>['json'];
export type OpmlAnswer = Ok<typeof api.opml.$post>;
type Problem = InferResponseType<(typeof api.threads)[':threadId']['$get'], 404>;

/** The server refused, in words for the reader (`title` what, `detail` why), or could not be reached (`code` null). */
export class RefusedError extends Error {
  readonly code: Problem['code'] | null;
  readonly detail: string | null;
  readonly facts: NonNullable<Problem['facts']>;
  /** What is wrong with which part of what was sent. */
  readonly errors: NonNullable<Problem['errors']>;
  /** What makes a question impossible to ask, and where it stands in it. */
  readonly query: NonNullable<Problem['query']>;
  constructor(problem: Partial<Problem>, options?: ErrorOptions) {
    super(problem.title ?? 'No answer', options);
    this.name = 'RefusedError';
    this.code = problem.code ?? null;
    this.detail = problem.detail ?? null;
    this.facts = problem.facts ?? {};
    this.errors = problem.errors ?? [];
    this.query = problem.query ?? [];
  }
}

/** What a refused answer throws. */
export async function refusal(response: { json: () => Promise<unknown> }): Promise<RefusedError> {
  const problem = await response.json().catch(() => ({}));
  return new RefusedError(problem as Partial<Problem>);
}

/** A page of the stream, newest first. */
export async function fetchStream(
  filter: StreamFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<StreamPage> {
  const response = await api.stream.$get({ query: { ...filter, ...(cursor ? { cursor } : {}) } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function fetchFacets(signal?: AbortSignal): Promise<Facets> {
  const response = await api.stream.facets.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function fetchThread(threadId: string, signal?: AbortSignal): Promise<Thread> {
  const response = await api.threads[':threadId'].$get({ param: { threadId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** How many messages here have words by the author of one. */
export async function fetchAuthor(mentionId: string, signal?: AbortSignal) {
  const response = await api.mentions[':mentionId'].author.$get({ param: { mentionId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Erases every word by the author of a message, for good. */
export async function eraseAuthor(mentionId: string) {
  const response = await api.mentions[':mentionId'].author.$delete({ param: { mentionId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function fetchSources(signal?: AbortSignal): Promise<SourceList> {
  const response = await api.sources.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** What following an address would bring. Nothing is stored. */
export async function previewAddress(address: string, signal?: AbortSignal): Promise<Preview> {
  const response = await api.sources.preview.$post({ json: { address } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function addSource(json: NewSource): Promise<Source> {
  const response = await api.sources.$post({ json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function changeSource(sourceId: string, json: SourceChange): Promise<Source> {
  const response = await api.sources[':sourceId'].$patch({ param: { sourceId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function removeSource(sourceId: string, mentions: 'keep' | 'remove'): Promise<void> {
  const response = await api.sources[':sourceId'].$delete({ param: { sourceId }, query: { mentions } });
  if (!response.ok) throw await refusal(response);
}

export async function pollNow(sourceId: string): Promise<Source> {
  const response = await api.sources[':sourceId'].poll.$post({ param: { sourceId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Sends the file as it is: the typed client would turn a body of XML into JSON. */
export async function importOpml(file: File): Promise<OpmlAnswer> {
  const response = await send(opmlAddress, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/x-opml', 'accept-language': preferences().language },
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as OpmlAnswer;
}

/** Where the OPML file of all feeds can be fetched, and a file be sent. */
export const opmlAddress = '/api/opml';
/** Server-sent events: what changes, as it happens. */
export const liveAddress = '/api/live';

export function within(signal: AbortSignal | undefined) {
  return signal ? { init: { signal } } : {};
}
