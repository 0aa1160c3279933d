import { createMiddleware } from 'hono/factory';
import { hasRight, type Right } from '#domain/person.ts';
import type { Env } from './env.ts';
import { ProblemError } from './problem.ts';

/** What a route asks of who calls it: nothing, or a right (domain/person.ts). */
export type Need = 'anyone' | Right;

/** The one middleware per need. Whoever has not signed in hears so; whoever lacks the right is refused. */
const guards = new Map<Need, ReturnType<typeof guard>>();
const guard = (need: Need) =>
  createMiddleware<Env>(async (c, next) => {
    const { asker } = c.var;
    if (need !== 'anyone') {
      if (!asker) throw new ProblemError('signed_out');
      if (!hasRight(asker.role, need)) throw new ProblemError('forbidden');
      c.set('viewer', asker);
    }
    await next();
  });

/**
 * For a route's declaration: `createRoute({ ...needs('desk'), method: … })`. The document carries it as `x-right`, with which
 * test/rights.integration.test.ts finds every route; one that does not say is refused to everybody (api/app.ts).
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
