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
import type { Deps, Env } from '#api/env.ts';
import { originFor } from '#api/guards.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { PersonId } from '#api/schema-ids.ts';
import {
  AddedPerson,
  AddPerson,
  ChangeMe,
  ChangePassword,
  ChangePerson,
  Me,
  Names,
  PeopleList,
  Person,
  PersonLink,
} from '#api/schema-people.ts';

const params = z.object({ personId: PersonId });

const getMe = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/',
  tags: ['me'],
  summary: 'The person who signed in',
  responses: { 200: json('You', Me) },
});
const patchMe = createRoute({
  ...needs('colleague'),
  method: 'patch',
  path: '/',
  tags: ['me'],
  summary: 'Change your name, language or theme',
  request: { body: jsonBody(ChangeMe) },
  responses: { 200: json('You, as it is now', Me), ...problems('invalid_request') },
});
const postPassword = createRoute({
  ...needs('colleague'),
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
  ...needs('colleague'),
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
  summary: 'Every colleague',
  responses: { 200: json('The colleagues, by name', PeopleList) },
});
const getNames = createRoute({
  ...needs('colleague'),
  method: 'get',
  path: '/names',
  tags: ['people'],
  summary: 'Names of active colleagues, to name somebody',
  request: { query: z.object({ q: z.string().max(100).default(''), right: z.enum(['desk']).optional() }) },
  responses: { 200: json('At most 20, by name', Names), ...problems('invalid_request') },
});
const postPerson = createRoute({
  ...needs('people'),
  method: 'post',
  path: '/',
  tags: ['people'],
  summary: 'Add a colleague',
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
  summary: 'Rename, give another role, deactivate or activate',
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
    .openapi(getPeople, async (c) => c.json(await accessPeople(deps), 200))
    .openapi(getNames, async (c) => c.json(await accessNames(deps, c.req.valid('query')), 200))
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
    });
