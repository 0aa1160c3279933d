import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { createFreshPreview } from '#api/access-fresh-preview.ts';
import { topicNaming } from '#api/access-naming.ts';
import {
  changeTopic,
  goBack,
  makeTopic,
  pauseTopic,
  removeTopic,
  saveVersion,
  startTopic,
  undoRun,
} from '#api/access-topic-changes.ts';
import { accessJudge, accessThreadTopics } from '#api/access-topic-matches.ts';
import { createTopicPreview } from '#api/access-topic-preview.ts';
import { accessDifference, accessRuns, accessTopic, accessTopics } from '#api/access-topics.ts';
import type { Deps, Env } from '#api/env.ts';
import { type Language, languageOf as readersLanguage } from '#api/language.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { MentionId, RunId, ThreadId, TopicId } from '#api/schema-ids.ts';
import {
  ChangeTopic,
  DifferenceQuery,
  FreshPreview,
  FreshPreviewRequest,
  GoBack,
  Judge,
  MentionTopic,
  MentionTopics,
  Naming,
  NewTopic,
  NewVersion,
  SavedVersion,
  StartTopic,
  Topic,
  TopicList,
  TopicPreview,
  TopicPreviewRequest,
  TopicRun,
  TopicRuns,
  VersionDifference,
} from '#api/schema-topics.ts';

const params = z.object({ topicId: TopicId });
const tags = ['topics'];

import { saidIn } from '#search/query/said-in.ts';

const getTopics = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags,
  summary: 'What we listen to',
  responses: { 200: json('The topics', TopicList) },
});
const postTopic = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/',
  tags,
  summary: 'Make a topic',
  description: 'A draft: it collects once it is started.',
  request: { body: jsonBody(NewTopic) },
  responses: {
    201: json('The topic', Topic),
    ...problems('invalid_request', 'query_refused', 'topic_exists', 'too_many_topics'),
  },
});
const postPreview = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/preview',
  tags,
  summary: 'What a query would have found in the last thirty days',
  description: 'Nothing is stored. Mentions that the asker may see, by the day they were said.',
  request: { body: jsonBody(TopicPreviewRequest) },
  responses: {
    200: json('What it would bring', TopicPreview),
    ...problems('invalid_request', 'query_refused', 'busy'),
  },
});
const postFresh = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/preview/fresh',
  tags,
  summary: 'What a query finds in what sources say at this moment',
  description: 'The sources are read now, at most five, in at most twenty seconds. Nothing is stored.',
  request: { body: jsonBody(FreshPreviewRequest) },
  responses: { 200: json('What it finds', FreshPreview), ...problems('invalid_request', 'query_refused', 'busy') },
});
const getTopic = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{topicId}',
  tags,
  summary: 'One topic with its versions',
  request: { params },
  responses: { 200: json('The topic', Topic), ...problems('not_found') },
});
const patchTopic = createRoute({
  ...needs('topics'),
  method: 'patch',
  path: '/{topicId}',
  tags,
  summary: 'Change what a topic is called and why it is there',
  description:
    'What it asks changes by a new version. An active topic keeps a legal basis. Queries that name it follow its new name, unless that made a ring.',
  request: { params, body: jsonBody(ChangeTopic) },
  responses: {
    200: json('The topic as it is now', Topic),
    ...problems('invalid_request', 'not_found', 'topic_exists', 'topic_incomplete', 'query_refused'),
  },
});
const getNaming = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{topicId}/naming',
  tags,
  summary: 'What names a topic in its query',
  description: 'Other topics, and the asker’s own kept searches: they cannot be asked any more once it is removed.',
  request: { params },
  responses: { 200: json('What names it', Naming), ...problems('not_found') },
});
const deleteTopic = createRoute({
  ...needs('topics'),
  method: 'delete',
  path: '/{topicId}',
  tags,
  summary: 'Remove a topic',
  description: 'It stops collecting and its stream is gone; what was found stays where it is.',
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...problems('not_found') },
});
const postStart = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/{topicId}/start',
  tags,
  summary: 'Start collecting',
  description: 'Refused without a legal basis and a query: `errors` names what is missing.',
  request: { params, body: jsonBody(StartTopic) },
  responses: {
    200: json('The topic, and the run where it looks back', SavedVersion),
    ...problems('invalid_request', 'not_found', 'topic_incomplete', 'run_under_way'),
  },
});
const postPause = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/{topicId}/pause',
  tags,
  summary: 'Stop collecting for now',
  request: { params },
  responses: { 200: json('The topic', Topic), ...problems('not_found') },
});
const postVersion = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/{topicId}/versions',
  tags,
  summary: 'Save a new version of what a topic asks',
  request: { params, body: jsonBody(NewVersion) },
  responses: {
    201: json('The topic, and the run where it looks back', SavedVersion),
    ...problems('invalid_request', 'query_refused', 'not_found', 'topic_changed', 'run_under_way'),
  },
});
const postGoBack = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/{topicId}/go-back',
  tags,
  summary: 'Go back to what an earlier version asks',
  request: { params, body: jsonBody(GoBack) },
  responses: {
    201: json('The topic, and the run where it looks back', SavedVersion),
    ...problems('invalid_request', 'query_refused', 'not_found', 'topic_changed', 'run_under_way'),
  },
});
const getDifference = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{topicId}/difference',
  tags,
  summary: 'What two versions ask differently',
  request: { params, query: DifferenceQuery },
  responses: { 200: json('The difference', VersionDifference), ...problems('invalid_request', 'not_found') },
});
const getRuns = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{topicId}/runs',
  tags,
  summary: 'When versions were applied to what was there already, and how far that is',
  request: { params },
  responses: { 200: json('The last twenty, newest first', TopicRuns), ...problems('not_found') },
});
const postUndo = createRoute({
  ...needs('topics'),
  method: 'post',
  path: '/{topicId}/runs/{runId}/undo',
  tags,
  summary: 'Undo a run: what it added goes, what it took away comes back',
  description: 'Within seven days, and only the last one. What the topic asks stays as it is.',
  request: { params: params.extend({ runId: RunId }) },
  responses: { 202: json('The run', TopicRun), ...problems('not_found', 'not_undoable') },
});

/** What a topic asked in each version, as its reader would write it. */
function toldIn(language: Language, topic: z.infer<typeof Topic>): z.infer<typeof Topic> {
  const versions = topic.versions.map((version) => ({ ...version, query: saidIn(version.query, language) }));
  return { ...topic, versions };
}

export const topicRoutes = (deps: Deps) => {
  const preview = createTopicPreview(deps);
  const fresh = createFreshPreview(deps);
  return new OpenAPIHono<Env>()
    .openapi(getTopics, async (c) => c.json(await accessTopics(deps, c.var.viewer), 200))
    .openapi(postTopic, async (c) => {
      const topic = await makeTopic(deps, c.var.viewer, c.req.valid('json'));
      return c.json(toldIn(languageOf(c), topic), 201, { location: `/api/topics/${topic.id}` });
    })
    .openapi(postPreview, async (c) => c.json(await preview(c.var.viewer, c.req.valid('json')), 200))
    .openapi(postFresh, async (c) => c.json(await fresh(c.var.viewer, c.req.valid('json'), languageOf(c)), 200))
    .openapi(getTopic, async (c) =>
      c.json(toldIn(languageOf(c), await accessTopic(deps, c.var.viewer, c.req.valid('param').topicId)), 200),
    )
    .openapi(patchTopic, async (c) => {
      const language = languageOf(c);
      const { topicId } = c.req.valid('param');
      const topic = await changeTopic(deps, c.var.viewer, topicId, c.req.valid('json'), language);
      return c.json(toldIn(language, topic), 200);
    })
    .openapi(getNaming, async (c) => c.json(await topicNaming(deps, c.var.viewer, c.req.valid('param').topicId), 200))
    .openapi(deleteTopic, async (c) => {
      await removeTopic(deps, c.var.viewer, c.req.valid('param').topicId);
      return c.body(null, 204);
    })
    .openapi(postStart, async (c) => {
      const saved = await startTopic(deps, c.var.viewer, c.req.valid('param').topicId, c.req.valid('json'));
      return c.json({ ...saved, topic: toldIn(languageOf(c), saved.topic) }, 200);
    })
    .openapi(postPause, async (c) =>
      c.json(toldIn(languageOf(c), await pauseTopic(deps, c.var.viewer, c.req.valid('param').topicId)), 200),
    )
    .openapi(postVersion, async (c) => {
      const saved = await saveVersion(deps, c.var.viewer, c.req.valid('param').topicId, c.req.valid('json'));
      return c.json({ ...saved, topic: toldIn(languageOf(c), saved.topic) }, 201);
    })
    .openapi(postGoBack, async (c) => {
      const saved = await goBack(deps, c.var.viewer, c.req.valid('param').topicId, c.req.valid('json'));
      return c.json({ ...saved, topic: toldIn(languageOf(c), saved.topic) }, 201);
    })
    .openapi(getDifference, async (c) => {
      const { topicId } = c.req.valid('param');
      return c.json(await accessDifference(deps, c.var.viewer, topicId, c.req.valid('query'), languageOf(c)), 200);
    })
    .openapi(getRuns, async (c) => c.json(await accessRuns(deps, c.var.viewer, c.req.valid('param').topicId), 200))
    .openapi(postUndo, async (c) => {
      const { topicId, runId } = c.req.valid('param');
      return c.json(await undoRun(deps, c.var.viewer, topicId, runId), 202);
    });
};

const getThreadTopics = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{threadId}/topics',
  tags: ['topics', 'threads'],
  summary: 'Why the mentions of a thread are here: the topics that found each, by which version and with which words',
  request: { params: z.object({ threadId: ThreadId }) },
  responses: { 200: json('The topics', MentionTopics), ...problems('not_found') },
});
const putJudgement = createRoute({
  ...needs('topics'),
  method: 'put',
  path: '/{mentionId}/topics/{topicId}',
  tags: ['topics', 'threads'],
  summary: 'Say whether a mention is about us',
  description: 'What is not leaves the topic’s stream and figures; `about: null` takes back what was said.',
  request: { params: z.object({ mentionId: MentionId, topicId: TopicId }), body: jsonBody(Judge) },
  responses: { 200: json('As it is now', MentionTopic), ...problems('invalid_request', 'not_found') },
});

export const threadTopicRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(getThreadTopics, async (c) => {
    const { topics } = await accessThreadTopics(deps, c.var.viewer, c.req.valid('param').threadId);
    const language = languageOf(c);
    return c.json({ topics: topics.map((topic) => ({ ...topic, query: saidIn(topic.query, language) })) }, 200);
  });

export const mentionTopicRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>().openapi(putJudgement, async (c) => {
    const { mentionId, topicId } = c.req.valid('param');
    const topic = await accessJudge(deps, c.var.viewer, mentionId, topicId, c.req.valid('json').about);
    return c.json({ ...topic, query: saidIn(topic.query, languageOf(c)) }, 200);
  });

const languageOf = (c: { req: { header: (name: string) => string | undefined } }) =>
  readersLanguage(c.req.header('accept-language'));
