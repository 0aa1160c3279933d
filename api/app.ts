import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { AppError } from '#domain/errors.ts';
import { isDatabaseAway } from '#storage/unavailable.ts';
import { limitBody } from './body-limit.ts';
import { compress } from './compress.ts';
import type { Deps, Env } from './env.ts';
import { onlyKnownHosts, onlyOwnPages, withSecurityHeaders } from './guards.ts';
import { ProblemError, type ProblemExtras, problemResponse } from './problem.ts';
import { describeApi } from './reference/document.ts';
import { referenceRoutes } from './reference/routes.ts';
import { unguardedRoutes } from './rights.ts';
import { auditRoutes } from './routes/audit.ts';
import { circleMemberRoutes } from './routes/circle-members.ts';
import { circleThreadRoutes, hideRoutes, keptRoutes } from './routes/circle-threads.ts';
import { circleRoutes } from './routes/circles.ts';
import { caseRoutes, deskRoutes } from './routes/desk.ts';
import { figureRoutes } from './routes/figures.ts';
import { circleGuestRoutes, invitationRoutes, mentionGuestRoutes } from './routes/guests.ts';
import { healthRoutes } from './routes/health.ts';
import { inboxRoutes, noticeLevelRoutes } from './routes/inbox.ts';
import { liveRoutes } from './routes/live.ts';
import { moveRoutes, threadMoveRoutes } from './routes/moves.ts';
import { opmlRoutes } from './routes/opml.ts';
import { meRoutes, peopleRoutes } from './routes/people.ts';
import { queryRoutes } from './routes/query.ts';
import { feedRoutes, savedSearchRoutes, searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { sourceRoutes } from './routes/sources.ts';
import { streamRoutes } from './routes/stream.ts';
import { audienceRoutes, exportRoutes, replyRoutes, talkRoutes } from './routes/talk.ts';
import { mentionRoutes, threadRoutes } from './routes/threads.ts';
import { tipRoutes } from './routes/tips.ts';
import { mentionTopicRoutes, threadTopicRoutes, topicRoutes } from './routes/topics.ts';
import { refuseInvalid } from './validation.ts';

/** The whole HTTP side of the process, without a server: guards, routes, the dashboard, and one place for every refusal. */
export function createApp(deps: Deps) {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  app.use(withSecurityHeaders(deps.publicUrl));
  app.use(compress);
  app.use('/api/*', onlyKnownHosts(deps.publicUrl));
  app.use('/api/*', onlyOwnPages(deps.publicUrl));
  app.use('/api/*', async (c, next) => {
    const renew = (cookie: string) => c.header('set-cookie', cookie, { append: true });
    c.set('asker', await deps.auth.viewerOf(c.req.raw.headers, renew));
    await next();
    // Whatever is about people stays out of every cache; the document and its style say otherwise themselves.
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  });
  app.use('/api/*', limitBody);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const answer = problemResponse(c, 'method_not_allowed');
        answer.headers.set('allow', methods.join(', '));
        return answer;
      },
    }),
  );
  app.notFound(async (c) => (await deps.dashboard?.serve(c)) ?? problemResponse(c, 'not_found'));
  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemResponse(c, error.code, error.extras);
    if (error instanceof AppError) return problemResponse(c, error.code);
    if (error instanceof HTTPException) return problemResponse(c, codeOf(error), refusedPart(error));
    // Whoever left in the middle of a request hears nothing of it, and it is no fault of ours.
    if (c.req.raw.signal.aborted) {
      deps.log.debug({ err: error, route: c.req.routePath }, 'request given up');
      return problemResponse(c, 'invalid_request');
    }
    const code = isDatabaseAway(error) ? 'unavailable' : 'internal';
    deps.log.error({ err: error, method: c.req.method, route: c.req.routePath, code }, 'request failed');
    return problemResponse(c, code);
  });

  const routes = app
    .route('/api/stream', streamRoutes(deps))
    .route('/api', sessionRoutes(deps))
    .route('/api/me', meRoutes(deps))
    .route('/api/me/export', exportRoutes(deps))
    .route('/api/people', peopleRoutes(deps))
    .route('/api/audit', auditRoutes(deps))
    .route('/api/threads', threadRoutes(deps))
    .route('/api/threads', talkRoutes(deps))
    .route('/api/threads', caseRoutes(deps))
    .route('/api/threads', threadMoveRoutes(deps))
    .route('/api/moves', moveRoutes(deps))
    .route('/api/replies', replyRoutes(deps))
    .route('/api/replies', hideRoutes(deps))
    .route('/api/circles', circleRoutes(deps))
    .route('/api/circles', circleMemberRoutes(deps))
    .route('/api/circles', circleThreadRoutes(deps))
    .route('/api/kept-threads', keptRoutes(deps))
    .route('/api/audiences', audienceRoutes(deps))
    .route('/api/desk', deskRoutes(deps))
    .route('/api/tips', tipRoutes(deps))
    .route('/api/search', searchRoutes(deps))
    .route('/api/searches', savedSearchRoutes(deps))
    .route('/feeds', feedRoutes(deps))
    .route('/api/figures', figureRoutes(deps))
    .route('/api/query', queryRoutes(deps))
    .route('/api/mentions', mentionRoutes(deps))
    .route('/api/threads', threadTopicRoutes(deps))
    .route('/api/mentions', mentionTopicRoutes(deps))
    .route('/api/mentions', mentionGuestRoutes(deps))
    .route('/api/circles', circleGuestRoutes(deps))
    .route('/api/invitations', invitationRoutes(deps))
    .route('/api/inbox', inboxRoutes(deps))
    .route('/api/notice-levels', noticeLevelRoutes(deps))
    .route('/api/topics', topicRoutes(deps))
    .route('/api/sources', sourceRoutes(deps))
    .route('/api/opml', opmlRoutes(deps))
    .route('/api/live', liveRoutes(deps))
    .route('/health', healthRoutes(deps))
    .route(
      '/api',
      referenceRoutes(() => describeApi(app, deps.version)),
    );
  const unguarded = unguardedRoutes(app.routes);
  if (unguarded.length > 0)
    throw new Error(`Anybody could call ${unguarded.join(', ')}: say what it needs (api/rights.ts)`);
  return routes;
}

/** For `hc<AppType>` in the dashboard: types only. */
export type AppType = ReturnType<typeof createApp>;

// What the framework itself refuses: a body that is no JSON, or of a kind the route does not read.
function codeOf(error: HTTPException) {
  if (error.status === 415) return 'unsupported_media_type';
  return error.status === 413 ? 'too_large' : 'invalid_request';
}

const refusedPart = (error: HTTPException): ProblemExtras =>
  error.status === 400 ? { wrong: [{ path: 'body', part: 'body' }] } : {};
