import type { Page } from '@playwright/test';

type Hits = { hits: string[] };

/** Makes whatever runs leave a trace, takes the policy away, and lets nothing leave this machine. */
export async function watch(page: Page, baseURL: string): Promise<Hits> {
  const hits: string[] = [];
  page.on('dialog', (dialog) => {
    hits.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  await page.exposeFunction('reportCanary', (what: string) => hits.push(what));
  await page.addInitScript(() => {
    const report = (what: string) => (window as unknown as { reportCanary: (what: string) => void }).reportCanary(what);
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
      Object.defineProperty(window, name, { value: () => report(name) });
    Object.defineProperty(document, 'write', { value: () => report('document.write') });
    document.addEventListener(
      'error',
      (event) => {
        const { target } = event;
        if (target instanceof Element && target !== document.documentElement)
          report(`${target.tagName} failed to load`);
      },
      true,
    );
  });
  await page.route(
    (url) => !url.href.startsWith(`${baseURL}/`),
    async (route) => {
      hits.push(`request ${route.request().url()}`);
      await route.abort();
    },
  );
  await page.route(
    (url) =>
      url.href.startsWith(`${baseURL}/`) && !url.pathname.startsWith('/api') && !url.pathname.startsWith('/assets'),
    async (route) => {
      const answer = await route.fetch();
      const { 'content-security-policy': _, ...headers } = answer.headers();
      await route.fulfill({ response: answer, headers });
    },
  );
  return { hits };
}

/** What stands in the page that could run when touched: handlers, loading elements, addresses that are no web address. */
export const dangersIn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('#root *')].flatMap((element) => {
      const found: string[] = [];
      if (/^(script|iframe|object|embed|img|link|style|base|form|meta|video|audio|math)$/i.test(element.tagName)) {
        if (!(element instanceof HTMLFormElement)) found.push(element.outerHTML.slice(0, 200));
      }
      for (const { name, value } of element.attributes)
        if (name.startsWith('on') || name === 'srcdoc') found.push(`${name}=${value}`);
      if (element instanceof HTMLAnchorElement && !/^(https?|mailto):$/.test(element.protocol))
        found.push(element.href);
      return found;
    }),
  );
