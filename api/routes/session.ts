import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Deps, Env } from '#api/env.ts';
import { json, jsonBody, problems } from '#api/problem.ts';
import { needs } from '#api/rights.ts';
import { FirstPerson, LinkFacts, Session, SignIn, UseLink } from '#api/schema-people.ts';

const params = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

const getSession = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/session',
  tags: ['sign-in'],
  summary: 'Who is signed in, and what this installation is',
  responses: { 200: json('The session; `me` is null when nobody signed in', Session) },
});
const postSession = createRoute({
  ...needs('anyone'),
  method: 'post',
  path: '/session',
  tags: ['sign-in'],
  summary: 'Sign in',
  request: { body: jsonBody(SignIn) },
  responses: {
    200: json('Signed in; the cookie comes with it', Session),
    ...problems('invalid_request', 'wrong_credentials', 'too_many_attempts'),
  },
});
const deleteSession = createRoute({
  ...needs('anyone'),
  method: 'delete',
  path: '/session',
  tags: ['sign-in'],
  summary: 'Sign out',
  responses: { 204: { description: 'The session is over' } },
});
const postFirstPerson = createRoute({
  ...needs('anyone'),
  method: 'post',
  path: '/first-person',
  tags: ['sign-in'],
  summary: 'Make the first person, an administrator',
  description: 'Only while nobody is here. Reached from elsewhere than this machine it needs the code of the log.',
  request: { body: jsonBody(FirstPerson) },
  responses: {
    201: json('Made and signed in', Session),
    ...problems('invalid_request', 'already_set_up', 'code_needed', 'too_many_attempts'),
  },
});
const getLink = createRoute({
  ...needs('anyone'),
  method: 'get',
  path: '/links/{token}',
  tags: ['sign-in'],
  summary: 'Whose link this is',
  request: { params },
  responses: {
    200: json('The link, not used yet', LinkFacts),
    ...problems('not_found', 'link_used', 'link_expired', 'too_many_attempts'),
  },
});
const postLink = createRoute({
  ...needs('anyone'),
  method: 'post',
  path: '/links/{token}',
  tags: ['sign-in'],
  summary: 'Choose a password and sign in',
  request: { params, body: jsonBody(UseLink) },
  responses: {
    200: json('Signed in; the link is used up', Session),
    ...problems('invalid_request', 'not_found', 'link_used', 'link_expired', 'too_many_attempts'),
  },
});

export const sessionRoutes = ({ auth }: Deps) =>
  new OpenAPIHono<Env>()
    .openapi(getSession, async (c) => c.json(await auth.session(c), 200))
    .openapi(postSession, async (c) => c.json(await auth.signIn(c, c.req.valid('json')), 200))
    .openapi(deleteSession, async (c) => {
      await auth.signOut(c);
      return c.body(null, 204);
    })
    .openapi(postFirstPerson, async (c) => c.json(await auth.makeFirstPerson(c, c.req.valid('json')), 201))
    .openapi(getLink, async (c) => c.json(await auth.link(c, c.req.valid('param').token), 200))
    .openapi(postLink, async (c) =>
      c.json(await auth.useLink(c, c.req.valid('param').token, c.req.valid('json')), 200),
    );
