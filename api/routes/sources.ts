import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Viewer } from '#api/access.ts';
import { followName } from '#api/access-follow-names.ts';
import { sourceNaming } from '#api/access-naming.ts';
import type { Deps, Env } from '#api/env.ts';
import { languageOf } from '#api/language.ts';
import { newSource } from '#api/new-source.ts';
import { presentSource } from '#api/present-source.ts';
import { createPreview } from '#api/preview.ts';
import { json, jsonBody, ProblemError, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import {
  AddSource,
  ChangeSource,
  Preview,
  PreviewRequest,
  RemoveSourceQuery,
  Source,
  SourceList,
} from '#api/schema.ts';
import { SourceId } from '#api/schema-ids.ts';
import { Naming } from '#api/schema-topics.ts';
import { createMentionCounts, listSources, readSource, type SourceView } from '#storage/source-list.ts';
import { addSource, changeSource, pollNow, removeSource, type SourceChange } from '#storage/sources.ts';

const params = z.object({ sourceId: SourceId });

const getSources = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags: ['sources'],
  summary: 'Every source with its health',
  responses: { 200: json('The sources, by name', SourceList) },
});
const postSource = createRoute({
  ...needs('sources'),
  method: 'post',
  path: '/',
  tags: ['sources'],
  summary: 'Follow a source',
  description: '`connector` and `settings` are those of a candidate of the preview, unchanged.',
  request: { body: jsonBody(AddSource) },
  responses: { 201: json('The source; it is polled at once', Source), ...problems('invalid_request', 'source_exists') },
});
const postPreview = createRoute({
  ...needs('sources'),
  method: 'post',
  path: '/preview',
  tags: ['sources'],
  summary: 'What following an address would bring',
  description: 'Any address, handle or hashtag. Nothing is stored; it takes at most twenty seconds.',
  request: { body: jsonBody(PreviewRequest) },
  responses: {
    200: json('What was found', Preview),
    ...problems('invalid_request', 'not_a_feed', 'address_refused', 'unreachable', 'contact_missing', 'busy'),
  },
});
const getSource = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{sourceId}',
  tags: ['sources'],
  summary: 'One source with its health',
  request: { params },
  responses: { 200: json('The source', Source), ...problems('not_found') },
});
const patchSource = createRoute({
  ...needs('sources'),
  method: 'patch',
  path: '/{sourceId}',
  tags: ['sources'],
  summary: 'Rename, pause or resume a source',
  description: 'Queries that name it follow its new name.',
  request: { params, body: jsonBody(ChangeSource) },
  responses: { 200: json('The source as it is now', Source), ...problems('invalid_request', 'not_found') },
});
const getNaming = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/{sourceId}/naming',
  tags: ['sources'],
  summary: 'What names a source in its query',
  description: 'Topics, and the asker’s own kept searches: they cannot be asked any more once no source has its name.',
  request: { params },
  responses: { 200: json('What names it', Naming), ...problems('not_found') },
});
const deleteSource = createRoute({
  ...needs('sources'),
  method: 'delete',
  path: '/{sourceId}',
  tags: ['sources'],
  summary: 'Stop following a source',
  request: { params, query: RemoveSourceQuery },
  responses: { 204: { description: 'It is gone' }, ...problems('invalid_request', 'not_found') },
});
const postPoll = createRoute({
  ...needs('sources'),
  method: 'post',
  path: '/{sourceId}/poll',
  tags: ['sources'],
  summary: 'Poll a source now',
  description: 'As soon as its host may be asked again.',
  request: { params },
  responses: { 202: json('The source; its next poll is now', Source), ...problems('not_found', 'source_paused') },
});

const viewOf = ({ rights }: Viewer): SourceView => (rights.includes('desk') ? 'desk' : 'outside');

export const sourceRoutes = (deps: Deps) => {
  const { db, ids, contact } = deps;
  const preview = createPreview(deps);
  const mentionCounts = createMentionCounts(db);
  const idOf = (publicId: string) => {
    const id = ids.decode('source', publicId);
    if (id === null) throw new ProblemError('not_found');
    return id;
  };
  const present = async (viewer: Viewer, id: number) => {
    const row = await readSource(db, id, viewOf(viewer));
    if (!row) throw new ProblemError('not_found');
    return presentSource(ids, row, new Date());
  };
  return new OpenAPIHono<Env>()
    .openapi(getSources, async (c) => {
      const now = new Date();
      const view = viewOf(c.var.viewer);
      const [rows, brought] = await Promise.all([listSources(db, view), mentionCounts()]);
      const sources = rows.map((row) =>
        presentSource(ids, { ...row, mention_count: brought.get(row.id)?.[view] ?? 0 }, now),
      );
      const count = (...levels: string[]) => sources.filter(({ health }) => levels.includes(health.level)).length;
      const counts = {
        fine: count('fine', 'new'),
        falters: count('falters'),
        needsYou: count('needs-you', 'stopped'),
        paused: count('paused'),
      };
      return c.json({ sources, counts, contact }, 200);
    })
    .openapi(postSource, async (c) => {
      const added = await addSource(db, newSource(c.req.valid('json'), deps));
      const id = ids.encode('source', added.id);
      if (added.kind === 'exists') throw new ProblemError('source_exists', { facts: { existingId: id } });
      return c.json(await present(c.var.viewer, added.id), 201, { location: `/api/sources/${id}` });
    })
    .openapi(postPreview, async (c) => c.json(await preview(c.req.valid('json').address), 200))
    .openapi(getSource, async (c) => c.json(await present(c.var.viewer, idOf(c.req.valid('param').sourceId)), 200))
    .openapi(patchSource, async (c) => {
      const id = idOf(c.req.valid('param').sourceId);
      // To it, undefined and absent are the same.
      const change = c.req.valid('json') as SourceChange;
      const language = languageOf(c.req.header('accept-language'));
      const { personId: by } = c.var.viewer;
      const isChanged = await changeSource(db, id, change, (trx, was) =>
        followName(trx, { kind: 'source', was, is: change.label!, by, language }),
      );
      if (!isChanged) throw new ProblemError('not_found');
      return c.json(await present(c.var.viewer, id), 200);
    })
    .openapi(getNaming, async (c) => c.json(await sourceNaming(deps, c.var.viewer, c.req.valid('param').sourceId), 200))
    .openapi(deleteSource, async (c) => {
      const id = idOf(c.req.valid('param').sourceId);
      const mentions = c.req.valid('query').mentions === 'remove';
      if (!(await removeSource(db, id, { mentions }))) throw new ProblemError('not_found');
      return c.body(null, 204);
    })
    .openapi(postPoll, async (c) => {
      const id = idOf(c.req.valid('param').sourceId);
      const isDue = await pollNow(db, id);
      const source = await present(c.var.viewer, id);
      if (!isDue) throw new ProblemError('source_paused');
      return c.json(source, 202);
    });
};
