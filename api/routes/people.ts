import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import {
  accessMe,
  accessNames,
  accessNewPerson,
  accessPeople,
  accessPersonChange,
  accessPersonLink,
  changeMe,
} from '#api/access-people.ts';
import { importPeople } from '#api/access-people-import.ts';
import { accessOffBoarding, accessRelations, accessReturn, changeRelations } from '#api/access-relations.ts';
import type { Deps, Env } from '#api/env.ts';
import { originFor } from '#api/guards.ts';
import { languageOf } from '#api/language.ts';
import { json, jsonBody, ProblemError, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { CircleId, PersonId } from '#api/schema-ids.ts';
import {
  AddedPerson,
  AddPerson,
  ChangeMe,
  ChangePassword,
  ChangePerson,
  Dry,
  ImportAnswer,
  Leaving,
  Me,
  Names,
  OffBoard,
  PeopleList,
  PeopleQuery,
  Person,
  PersonLink,
  Relations,
  Return,
  Returned,
  SetRelations,
} from '#api/schema-people.ts';

const params = z.object({ personId: PersonId });

const getMe = createRoute({
  ...needs('member'),
  method: 'get',
  path: '/',
  tags: ['me'],
  summary: 'The person who signed in',
  responses: { 200: json('You', Me) },
});
const patchMe = createRoute({
  ...needs('member'),
  method: 'patch',
  path: '/',
  tags: ['me'],
  summary: 'Change your name, language or theme',
  request: { body: jsonBody(ChangeMe) },
  responses: { 200: json('You, as it is now', Me), ...problems('invalid_request', 'name_taken') },
});
const postPassword = createRoute({
  ...needs('member'),
  method: 'post',
  path: '/password',
  tags: ['me'],
  summary: 'Change your password',
  description: 'Every other session ends; this one gets a new cookie.',
  request: { body: jsonBody(ChangePassword) },
  responses: {
    204: { description: 'Changed' },
    ...problems('invalid_request', 'wrong_password', 'too_many_attempts'),
  },
});
const deleteSessions = createRoute({
  ...needs('member'),
  method: 'delete',
  path: '/sessions',
  tags: ['me'],
  summary: 'Sign out everywhere',
  responses: { 204: { description: 'Every session is over, this one included' } },
});

const getPeople = createRoute({
  ...needs('people'),
  method: 'get',
  path: '/',
  tags: ['people'],
  summary: 'People, found by name, department, relation or state',
  request: { query: PeopleQuery },
  responses: { 200: json('A page, by name', PeopleList), ...problems('invalid_request') },
});
const getNames = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/names',
  tags: ['people'],
  summary: 'Names of who works here, or of who would see what is said in a circle',
  request: {
    query: z.object({
      q: z.string().max(100).default(''),
      right: z.enum(['desk']).optional(),
      circle: CircleId.optional(),
    }),
  },
  responses: { 200: json('At most 20, by name', Names), ...problems('invalid_request', 'not_found') },
});
const postPerson = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/',
  tags: ['people'],
  summary: 'Add somebody',
  request: { body: jsonBody(AddPerson) },
  responses: {
    201: json('The colleague, with the link they come in by', AddedPerson),
    ...problems('invalid_request', 'email_exists'),
  },
});
const patchPerson = createRoute({
  ...needs('people'),
  method: 'patch',
  path: '/{personId}',
  tags: ['people'],
  summary: 'Rename, give another role or department, deactivate or activate',
  description: 'Deactivating ends every session at once.',
  request: { params, body: jsonBody(ChangePerson) },
  responses: {
    200: json('The colleague as it is now', Person),
    ...problems('invalid_request', 'not_found', 'last_administrator'),
  },
});
const postLink = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/{personId}/link',
  tags: ['people'],
  summary: 'A new link: to come in, or to choose another password',
  description: 'Works once, for a day (to come in: seven); earlier links of this person stop working.',
  request: { params },
  responses: { 201: json('The link, shown this once', PersonLink), ...problems('not_found') },
});

const getRelations = createRoute({
  ...needs('people'),
  method: 'get',
  path: '/{personId}/relations',
  tags: ['people'],
  summary: 'What somebody is and was to the organisation',
  request: { params },
  responses: { 200: json('Their relations, by first day', Relations), ...problems('not_found') },
});
const putRelations = createRoute({
  ...needs('people'),
  method: 'put',
  path: '/{personId}/relations',
  tags: ['people'],
  summary: 'Say what somebody is to the organisation',
  description: 'Replaces all of them. A role counts only for who works here: see `roleCounts`.',
  request: { params, body: jsonBody(SetRelations) },
  responses: {
    200: json('Their relations as they are now', Relations),
    ...problems('invalid_request', 'not_found', 'last_administrator', 'host_needed'),
  },
});
const postOffBoard = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/{personId}/off-board',
  tags: ['people'],
  summary: 'Let somebody leave on a day',
  description: 'What they wrote stays under their name. With `dry=true` nothing is changed.',
  request: { params, query: Dry, body: jsonBody(OffBoard) },
  responses: {
    200: json('What happens to which circle', Leaving),
    ...problems('invalid_request', 'not_found', 'not_colleague', 'host_needed', 'last_administrator'),
  },
});
const postReturn = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/{personId}/return',
  tags: ['people'],
  summary: 'Take somebody back who left or was going to',
  request: { params, query: Dry, body: jsonBody(Return) },
  responses: {
    200: json('What is theirs again', Returned),
    ...problems('invalid_request', 'not_found', 'not_left'),
  },
});

const postImport = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/import',
  tags: ['people'],
  summary: 'Add everybody in a CSV file',
  description:
    'Columns `name,email,role,relation,since,until,department` (name and email are needed), UTF-8, at most 2,000 lines and 1 MB. ' +
    'With `dry=true` nothing is changed. Addresses that are here already are left as they are.',
  request: { query: Dry, body: { required: true, content: { 'text/csv': { schema: { type: 'string' as const } } } } },
  responses: {
    200: json('What becomes of each line, and the links to come in by', ImportAnswer),
    ...problems('invalid_request', 'import_refused', 'changed_meanwhile', 'too_large', 'unsupported_media_type'),
  },
});

export const meRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getMe, async (c) => c.json(await accessMe(deps, c.var.viewer), 200))
    .openapi(patchMe, async (c) => c.json(await changeMe(deps, c.var.viewer, c.req.valid('json')), 200))
    .openapi(postPassword, async (c) => {
      await deps.auth.changePassword(c, c.req.valid('json'));
      return c.body(null, 204);
    })
    .openapi(deleteSessions, async (c) => {
      await deps.auth.signOutEverywhere(c);
      return c.body(null, 204);
    });

export const peopleRoutes = (deps: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getPeople, async (c) => c.json(await accessPeople(deps, c.var.viewer, c.req.valid('query')), 200))
    .openapi(getNames, async (c) => c.json(await accessNames(deps, c.var.viewer, c.req.valid('query')), 200))
    .openapi(postPerson, async (c) => {
      const origin = originFor(c, deps.publicUrl);
      return c.json(await accessNewPerson(deps, c.var.viewer, origin, c.req.valid('json')), 201);
    })
    .openapi(patchPerson, async (c) => {
      const { personId } = c.req.valid('param');
      return c.json(await accessPersonChange(deps, c.var.viewer, personId, c.req.valid('json')), 200);
    })
    .openapi(postLink, async (c) => {
      const origin = originFor(c, deps.publicUrl);
      return c.json(await accessPersonLink(deps, c.var.viewer, origin, c.req.valid('param').personId), 201);
    })
    .openapi(getRelations, async (c) => c.json(await accessRelations(deps, c.req.valid('param').personId), 200))
    .openapi(putRelations, async (c) => {
      const { personId } = c.req.valid('param');
      return c.json(await changeRelations(deps, c.var.viewer, personId, c.req.valid('json')), 200);
    })
    .openapi(postOffBoard, async (c) => {
      const { personId } = c.req.valid('param');
      const { dry } = c.req.valid('query');
      return c.json(await accessOffBoarding(deps, c.var.viewer, personId, c.req.valid('json'), dry), 200);
    })
    .openapi(postReturn, async (c) => {
      const { personId } = c.req.valid('param');
      const { dry } = c.req.valid('query');
      return c.json(await accessReturn(deps, c.var.viewer, personId, c.req.valid('json'), dry), 200);
    })
    .openapi(postImport, async (c) => {
      const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'text/csv') throw new ProblemError('unsupported_media_type');
      const { dry } = c.req.valid('query');
      const answer = await importPeople(deps, c.var.viewer, {
        bytes: new Uint8Array(await c.req.arrayBuffer()),
        dry,
        language: languageOf(c.req.header('accept-language')),
        origin: originFor(c, deps.publicUrl),
      });
      return c.json(answer, 200);
    });
