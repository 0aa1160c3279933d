import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { en } from '#dashboard/words/en.ts';
import { nl, type Words } from '#dashboard/words/nl.ts';
import { type Outside, startOutside } from './outside.ts';
import { firstPerson, type Kind, type StorageState, signIn } from './people.ts';
import { startServer } from './server.ts';

type Site = { url: string; outside: Outside; state: StorageState };
type PerTest = {
  /** The words of the language of the project. */
  words: Words;
  outside: Outside;
  /** Follows a feed through the API and waits until `count` of its messages are in; `desk`: they wait for an answer. */
  follow: (address: string, count: number, options?: { desk: boolean }) => Promise<string>;
  /** Asks for a source now, as its button does. */
  pollNow: (sourceId: string) => Promise<void>;
  /** A browser of somebody else: a colleague of this kind, added and signed in. */
  as: (kind: Kind, name?: string) => Promise<BrowserContext>;
  /** Holds another browser to what every test is held to. */
  guarded: (context: BrowserContext) => void;
};

/** Tests against a real server with an outside world beside it, one of each per worker. */
export const test = base.extend<PerTest, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const outside = await startOutside();
      const server = await startServer();
      await use({ url: server.url, outside, state: await firstPerson(server.url) });
      await server.close();
      await outside.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  // Every test is signed in as the first person, an administrator, unless it says otherwise.
  storageState: async ({ site }, use) => use(site.state),
  outside: async ({ site }, use) => use(site.outside),
  words: async ({ locale }, use) => use(locale?.startsWith('en') ? en : nl),
  follow: async ({ request }, use) =>
    use(async (address, count, options = { desk: false }) => {
      const preview = await request.post('/api/sources/preview', { data: { address } });
      const [candidate] = (await preview.json()).candidates;
      const { connector, settings, title: label } = candidate;
      const data = { connector, settings, label, keeps: 'everything', ...options };
      const added = await request.post('/api/sources', { data });
      const { id } = await added.json();
      const kept = async () => (await (await request.get(`/api/sources/${id}`)).json()).mentionCount;
      await expect.poll(kept, { timeout: 20_000 }).toBe(count);
      return id;
    }),
  pollNow: async ({ request }, use) =>
    use(async (sourceId) => {
      expect((await request.post(`/api/sources/${sourceId}/poll`)).status()).toBe(202);
    }),
  as: async ({ browser, site, contextOptions, locale, guarded }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (kind, name) => {
      const state = await signIn(site.url, site.state, kind, name);
      const context = await browser.newContext({
        ...contextOptions,
        ...(locale === undefined ? {} : { locale }),
        baseURL: site.url,
        storageState: state,
      });
      guarded(context);
      opened.push(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  // Every test is also one of these: nothing asked of a third party, nothing wrong in the console, no policy broken.
  guarded: [
    async ({ context, site }, use) => {
      const strangers: string[] = [];
      const complaints: string[] = [];
      const guard = (opened: BrowserContext) => {
        opened.on('request', (request) => {
          // Where a reader goes by a link is theirs; what a page asks for is ours.
          const isOurs = request.url().startsWith(`${site.url}/`);
          if (!isOurs && !request.isNavigationRequest()) strangers.push(request.url());
        });
        opened.on('weberror', (error) => complaints.push(String(error.error())));
        opened.on('console', (message) => {
          const expected = message.text().startsWith('Failed to load resource');
          if (message.type() === 'error' && !expected) complaints.push(message.text());
        });
      };
      guard(context);
      await use(guard);
      expect(strangers).toEqual([]);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** Everything axe finds on the page as it is now, a line for each. */
export async function axeFinds(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  );
}

/** The button behind which preferences and one's own page are: one's name or, on a phone, "Meer". */
export const ownMenu = (page: Page, words: Words): Locator =>
  page.getByRole('navigation', { name: words.frame.menu }).locator('button[popovertarget]');

/** Opens the preferences as one does by hand. */
export async function openPreferences(page: Page, words: Words): Promise<void> {
  await ownMenu(page, words).click();
  await page.getByRole('button', { name: words.frame.preferences }).click();
}

/** The bare account of a session: nobody is signed in. */
export const nobody = { cookies: [], origins: [] };

let counter = 0;
/** A path that no other test of this run uses. */
export function ownPath(name: string): string {
  counter += 1;
  return `/${name}-${process.pid}-${counter}.xml`;
}
