import { createMiddleware } from 'hono/factory';
import type { Right } from '#domain/person.ts';
import type { Env } from './env.ts';
import { ProblemError } from './problem.ts';

/** What a route asks of who calls it: nothing, or a right (domain/person.ts). */
export type Need = 'anyone' | Right;

/** The one guard per need. Whoever has not signed in hears so; a colleague who lacks the right is refused. */
const guards = new Map<Need, ReturnType<typeof guard>>();
const guard = (need: Need) =>
  createMiddleware<Env>(async (c, next) => {
    const { asker } = c.var;
    if (need !== 'anyone') {
      if (!asker) throw new ProblemError('signed_out');
      // For a guest there is nothing but what they were invited to.
      if (!asker.rights.includes(need)) throw new ProblemError(asker.colleague ? 'forbidden' : 'not_found');
      c.set('viewer', asker);
    }
    await next();
  });

/**
 * For a route's declaration: `createRoute({ ...needs('desk'), method: … })`. The guard runs before the request is validated,
 * and the document tells of it as `x-right`. An application with a route that says nothing does not start.
 */
export function needs<N extends Need>(need: N) {
  const middleware = guards.get(need) ?? guard(need);
  guards.set(need, middleware);
  return {
    middleware,
    'x-right': need,
    security: (need === 'anyone' ? [] : [{ session: [] }]) as Record<string, string[]>[],
  };
}

/** The routes without a guard, as "GET /api/x". What only passes on (a middleware for everything below a path) is no route. */
export function unguardedRoutes(routes: readonly { method: string; path: string; handler: unknown }[]): string[] {
  const all = new Set(guards.values() as Iterable<unknown>);
  const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const guarded = new Set(routes.filter(({ handler }) => all.has(handler)).map(nameOf));
  const ends = routes.filter(({ method, path }) => method !== 'ALL' || !path.endsWith('*')).map(nameOf);
  return [...new Set(ends)].filter((name) => !guarded.has(name));
}
