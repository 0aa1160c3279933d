import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

type One = (typeof api.topics)[':topicId'];
export type TopicRow = Ok<typeof api.topics.$get>['topics'][number];
export type TopicRef = Pick<TopicRow, 'id' | 'name' | 'kind' | 'colour'>;
export type Topic = Ok<One['$get']>;
export type TopicVersion = Topic['versions'][number];
export type TopicRun = NonNullable<Topic['run']>;
export type NewTopic = InferRequestType<typeof api.topics.$post>['json'];
export type TopicChange = InferRequestType<One['$patch']>['json'];
export type NewVersion = InferRequestType<One['versions']['$post']>['json'];
export type Apply = NonNullable<NewVersion['apply']>;
export type Difference = Ok<One['difference']['$get']>;
export type QuestionAsked = InferRequestType<typeof api.topics.preview.$post>['json'];
export type TopicPreview = Ok<typeof api.topics.preview.$post>;
export type TopicSample = TopicPreview['samples'][number];
export type FreshPreview = Ok<typeof api.topics.preview.fresh.$post>;
export type Span = TopicSample['spans'][number];
export type MentionTopic = Ok<(typeof api.threads)[':threadId']['topics']['$get']>['topics'][number];

export async function fetchTopics(signal?: AbortSignal): Promise<TopicRow[]> {
  const response = await api.topics.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).topics;
}

export async function fetchTopic(topicId: string, signal?: AbortSignal): Promise<Topic> {
  const response = await api.topics[':topicId'].$get({ param: { topicId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export type Naming = Ok<One['naming']['$get']>;

/** Which queries name a topic, or a source: they are broken once it is removed. */
export async function fetchNaming(what: { topic: string } | { source: string }, signal: AbortSignal): Promise<Naming> {
  const response =
    'topic' in what
      ? await api.topics[':topicId'].naming.$get({ param: { topicId: what.topic } }, within(signal))
      : await api.sources[':sourceId'].naming.$get({ param: { sourceId: what.source } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Makes a draft: it collects once it is started. */
export async function makeTopic(json: NewTopic): Promise<Topic> {
  const response = await api.topics.$post({ json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Changes what a topic is called and why it is there. */
export async function changeTopic(topicId: string, json: TopicChange): Promise<Topic> {
  const response = await api.topics[':topicId'].$patch({ param: { topicId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function removeTopic(topicId: string): Promise<void> {
  const response = await api.topics[':topicId'].$delete({ param: { topicId } });
  if (!response.ok) throw await refusal(response);
}

export async function startTopic(topicId: string, apply: Apply): Promise<Topic> {
  const response = await api.topics[':topicId'].start.$post({ param: { topicId }, json: { apply } });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).topic;
}

export async function pauseTopic(topicId: string): Promise<Topic> {
  const response = await api.topics[':topicId'].pause.$post({ param: { topicId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Saves another version of what a topic asks; refused when a colleague saved one meanwhile. */
export async function saveVersion(topicId: string, json: NewVersion): Promise<Topic> {
  const response = await api.topics[':topicId'].versions.$post({ param: { topicId }, json });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).topic;
}

/** Asks again what an earlier version asked, as a version of its own. */
export async function goBackTo(
  topicId: string,
  json: InferRequestType<One['go-back']['$post']>['json'],
): Promise<Topic> {
  const response = await api.topics[':topicId']['go-back'].$post({ param: { topicId }, json });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).topic;
}

export async function fetchDifference(
  topicId: string,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<Difference> {
  const query = { from: String(from), to: String(to) };
  const response = await api.topics[':topicId'].difference.$get({ param: { topicId }, query }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Takes back what a run did: what it added goes, what it took away comes back. */
export async function undoRun(topicId: string, runId: string): Promise<TopicRun> {
  const response = await api.topics[':topicId'].runs[':runId'].undo.$post({ param: { topicId, runId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** What a question would have found in the last thirty days. */
export async function previewTopic(json: QuestionAsked, signal?: AbortSignal): Promise<TopicPreview> {
  const response = await api.topics.preview.$post({ json }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** What a question finds in what sources say now; they are read for it. */
export async function previewFresh(query: string, sources: string[], signal?: AbortSignal): Promise<FreshPreview> {
  const response = await api.topics.preview.fresh.$post({ json: { query, sources } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Why the mentions of a thread are here: the topics that found each. */
export async function fetchThreadTopics(threadId: string, signal?: AbortSignal): Promise<MentionTopic[]> {
  const response = await api.threads[':threadId'].topics.$get({ param: { threadId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).topics;
}

/** Says whether a mention is about us; null takes back what was said. */
export async function judgeMention(mentionId: string, topicId: string, about: boolean | null): Promise<MentionTopic> {
  const param = { mentionId, topicId };
  const response = await api.mentions[':mentionId'].topics[':topicId'].$put({ param, json: { about } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
