import { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unguardedRoutes } from '#api/rights.ts';
import type { Asked } from './api-app.ts';
import { type Caller, callers, policy } from './policy.ts';
import { type RightsWorld, rightsWorld } from './rights-world.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await rightsWorld();
});
afterAll(() => world.api.drop());

type Operation = { method: string; path: string; name: string; hasBody: boolean };

/** Every operation of the document; what takes something away comes last, so that the others still find it. */
function operations(): Operation[] {
  const found = Object.entries(world.api.document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { requestBody?: unknown }>).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
      hasBody: requestBody !== undefined,
    })),
  );
  return found.sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));
}

const filled = (path: string, values: Record<string, string>) =>
  path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`No value for {${name}}: give it one in rights-world.ts`);
    return values[name];
  });

async function call(
  caller: Caller,
  { method, path, hasBody }: Operation,
  values: Record<string, string>,
): Promise<Asked> {
  const answer = await world.browsers[caller].ask(method, filled(path, values), hasBody ? {} : undefined);
  await world.restore();
  return answer;
}

/** What whoever may not is told, whatever they ask for. */
const refusalOf = (caller: Caller) => {
  if (caller === 'anonymous' || caller === 'deactivated') return '401 signed_out';
  // For a guest there is nothing but what they were let into.
  return caller === 'guest' ? '404 not_found' : '403 forbidden';
};
const told = ({ status, json }: Asked) => `${status} ${json?.code ?? ''}`.trim();

test('every route stands in the document, and every one in the document in the policy', () => {
  const documented = operations().map(({ name }) => name);
  const routes = world.api.app.routes.filter(({ method }) => method !== 'ALL');
  const served = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:([^/{]+)(\{[^}]*\})?/g, '{$1}')}`);
  expect([...new Set(served)].sort()).toEqual([...documented].sort());
  expect(Object.keys(policy).sort()).toEqual([...documented].sort());
  // What stands before every route passes on; it serves nothing of its own.
  const before = world.api.app.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path);
  expect([...new Set(before)]).toEqual(['/*', '/api/*']);
});

test('every route lets in who the policy names, and tells everybody else the same whatever they ask for', async () => {
  const differences: string[] = [];
  let cells = 0;
  for (const operation of operations())
    for (const caller of callers) {
      const values = { existing: world.own[caller], never: world.never };
      const isIn = policy[operation.name]!.includes(caller);
      const existing = await call(caller, operation, values.existing);
      const never = operation.path.includes('{') ? await call(caller, operation, values.never) : existing;
      cells += 2;
      const difference = (what: string) => differences.push(`${operation.name} as ${caller}: ${what}`);
      if (isIn) {
        if ([401, 403, 404, 405].includes(existing.status) || existing.status >= 500) difference(told(existing));
        // With a body that lacks everything the id is not looked at yet.
        if (operation.path.includes('{') && !operation.hasBody && never.status !== 404)
          difference(`never: ${told(never)}`);
        continue;
      }
      if (told(existing) !== refusalOf(caller)) difference(`${told(existing)} for ${refusalOf(caller)}`);
      if (never.text !== existing.text || never.status !== existing.status) difference('tells what is there');
      if (operation.method === 'GET') {
        const head = await call(caller, { ...operation, method: 'HEAD' }, values.existing);
        if (head.status !== existing.status) difference(`HEAD ${head.status}`);
      }
    }
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(600);
});

test('an application with a route that says nothing of who may does not start', () => {
  const app = new OpenAPIHono().get('/api/open', (c) => c.text('in')).all('/api/any', (c) => c.text('in'));
  expect(unguardedRoutes(app.routes)).toEqual(['GET /api/open', 'ALL /api/any']);
  expect(unguardedRoutes(world.api.app.routes)).toEqual([]);
});
