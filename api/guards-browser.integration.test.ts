import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from '@playwright/test';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiDocument } from '#api/reference/document.ts';
import { findChromium } from '#test/chromium.ts';
import { type Served, served } from '#test/served.ts';

const executablePath = findChromium();
const names = ['wacht.stad.test', 'buur.stad.test', 'elders.test'];
let browser: Browser;
let pages: Server;
beforeAll(async () => {
  if (!executablePath) return;
  browser = await chromium.launch({
    executablePath,
    args: [
      '--disable-features=IsolateOrigins,site-per-process',
      `--host-resolver-rules=${names.map((name) => `MAP ${name} 127.0.0.1`).join(',')}`,
    ],
  });
  pages = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><p>page'),
  );
  await new Promise<void>((resolve) => pages.listen(0, resolve));
});
afterAll(async () => {
  await browser?.close();
  pages?.close();
});
const portOfPages = () => (pages.address() as AddressInfo).port;

type Target = { method: string; url: string };
/** What a page can make a browser send, from where it stands; run inside the page. */
const forms: Record<string, (target: Target) => void> = {
  'a form without a referrer': ({ url }) => {
    document.head.append(Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' }));
    (globalThis as never as Attack).submit(url, {});
  },
  'a request as our own pages make it': ({ method, url }) =>
    (globalThis as never as Attack).send(url, { method, headers: { 'content-type': 'application/json' }, body: '{}' }),
  'a form in a frame without an origin': ({ url }) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-forms allow-scripts');
    frame.srcdoc = `<form method="post" action="${url}"></form><script>document.forms[0].submit()</script>`;
    document.body.append(frame);
  },
  'an ordinary form': ({ url }) => (globalThis as never as Attack).submit(url, { name: 'x' }),
  'JSON dressed as a form': ({ url }) =>
    (globalThis as never as Attack).submit(url, { '{"version":0,"x":"': '"}' }, 'text/plain'),
  'JSON sent as text': ({ url }) =>
    (globalThis as never as Attack).send(url, { method: 'POST', mode: 'no-cors', body: '{"version":0}' }),
  'a form that names another method': ({ method, url }) =>
    (globalThis as never as Attack).submit(`${url}?_method=${method}`, { _method: method }),
  'an address that is only read': ({ url }) => {
    document.body.append(Object.assign(new Image(), { src: `${url}?version=0&name=x` }));
    document.body.append(Object.assign(document.createElement('iframe'), { src: `${url}?version=0` }));
  },
};
type Attack = {
  submit: (url: string, fields: Record<string, string>, encoding?: string) => void;
  send: (url: string, init: RequestInit) => void;
};
const prepare = () => {
  Object.assign(globalThis, {
    submit(url: string, fields: Record<string, string>, encoding = 'application/x-www-form-urlencoded') {
      const frame = document.createElement('iframe');
      frame.name = `frame${document.querySelectorAll('iframe').length}`;
      const form = Object.assign(document.createElement('form'), {
        method: 'post',
        action: url,
        enctype: encoding,
        target: frame.name,
      });
      for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(frame, form);
      form.submit();
    },
    send: (url: string, init: RequestInit) =>
      void fetch(url, { credentials: 'include', ...init }).catch(() => undefined),
  } satisfies Attack);
};

async function targets(api: Served, base: string, cookie: string): Promise<Target[]> {
  const document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as ApiDocument;
  const { me } = (await (await fetch(`${api.url}/api/session`, { headers: { cookie } })).json()) as {
    me: { id: string };
  };
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item as object)
      .filter((method) => method !== 'get')
      .map((method) => ({ method: method.toUpperCase(), url: base + path.replaceAll(/\{\w+\}/g, me.id) })),
  );
}

/** Everything that is kept, as one string. */
async function everything({ db }: Served): Promise<string> {
  const { rows } = await sql<{
    name: string;
  }>`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
    from information_schema.tables where table_schema in ('public', 'auth') and table_type = 'BASE TABLE' order by 1`.execute(
    db,
  );
  const parts = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: all } = await sql<{
        sum: string;
      }>`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum
        from ${sql.raw(name)} t`.execute(db);
      return `${name} ${all[0]!.sum}`;
    }),
  );
  return parts.join('\n');
}

// On localhost the browser says from which site a request comes; over plain http it says no more than the origin.
describe.skipIf(!executablePath)('a page elsewhere, in a real browser', () => {
  // From a neighbour the cookie always comes along; from elsewhere where it can be made to.
  test.each<[string, string, string | null, string]>([
    ['a stranger', 'localhost', null, '127.0.0.1'],
    ['a neighbour, over plain http', 'wacht.stad.test', 'http://wacht.stad.test', 'buur.stad.test'],
    ...(process.env.FULL
      ? ([
          ['a neighbour', 'localhost', null, 'localhost'],
          ['a stranger, over plain http', 'wacht.stad.test', 'http://wacht.stad.test', 'elders.test'],
        ] as [string, string, string | null, string][])
      : []),
  ])(
    'that is %s changes nothing by any route',
    async (_who, ours, publicUrl, from) => {
      const api = await served(publicUrl);
      await api.colleagueWith('beheer@stad.example', 'administrator');
      const cookie = await api.signIn('beheer@stad.example');
      const base = `http://${ours}:${new URL(api.url).port}`;
      const { host } = new URL(base);
      const all = await targets(api, base, cookie);
      expect(all.length).toBeGreaterThan(25);
      const context = await browser.newContext();
      const [name, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)];
      // Where it can be, the cookie is made to come along from everywhere: what is looked at is the guard behind it.
      const loose =
        ours === 'localhost' ? ({ sameSite: 'None', secure: true } as const) : ({ sameSite: 'Lax' } as const);
      await context.addCookies([{ name, value, domain: ours, path: '/', httpOnly: true, ...loose }]);
      const before = await everything(api);
      const letIn: string[] = [];
      let refused = 0;
      // Asked of the server: a browser does not tell its pages, nor us, how every one of these ended.
      const count = (told: unknown) => {
        const { request, response } = told as { request: IncomingMessage; response: ServerResponse };
        const [method, status] = [request.method!, response.statusCode];
        if (method === 'GET' || request.headers.host !== host) return;
        if (status === 403 || (method === 'OPTIONS' && status >= 400)) refused += 1;
        else letIn.push(`${method} ${request.url} ${status}`);
      };
      subscribe('http.server.response.finish', count);
      for (const attack of Object.values(forms)) {
        const page = await context.newPage();
        await page.goto(`http://${from}:${portOfPages()}/`);
        await page.evaluate(prepare);
        await page.evaluate(`for (const target of ${JSON.stringify(all)}) (${attack})(target)`);
        await page.waitForLoadState('networkidle', { timeout: 20_000 });
        await page.close();
      }
      // All but the one that only reads arrive as something that could change.
      await expect.poll(() => refused).toBe(7 * all.length);
      unsubscribe('http.server.response.finish', count);
      expect(letIn).toEqual([]);
      expect(await everything(api)).toBe(before);
      await context.close();
      await api.close();
    },
    120_000,
  );
});
