import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, test as base, expect, type Page, request } from '@playwright/test';
import { sentences } from '#api/sentences.ts';
import type { ThreadRow } from '#dashboard/api.ts';
import { en } from '#dashboard/words/en.ts';
import { nl, type Words } from '#dashboard/words/nl.ts';
import { type ColleagueKey, demoPassword, emailOf } from '#demo/inside/people.ts';
import { startServer } from './server.ts';

const folder = join(import.meta.dirname, '..', '..', 'screens');
const enoughThreads = 150;

type PerTest = {
  words: Words;
  /** The browser of a colleague of the demo; null: of nobody. */
  as: (key: ColleagueKey | null) => Promise<Page>;
  /** Keeps the page as it is now as a picture. */
  shot: (page: Page, name: string) => Promise<void>;
};
const test = base.extend<PerTest, { site: string }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const server = await startServer('demo/main.ts');
      await use(server.url);
      await server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ site }, use) => use(site),
  words: async ({ locale }, use) => use(locale?.startsWith('en') ? en : nl),
  as: async ({ browser }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (key) => {
      const context = await browser.newContext();
      opened.push(context);
      if (key) {
        const data = { email: emailOf(key), password: demoPassword };
        const signedIn = async () => (await context.request.post('/api/session', { data })).status();
        await expect.poll(signedIn, { timeout: 30_000 }).toBe(200);
      }
      return await context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  shot: async ({}, use, { project }) =>
    use(async (page, name) => {
      await mkdir(join(folder, project.name), { recursive: true });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, project.name, `${name}.png`) });
    }),
});

/** Every thread of the demo, once its thirty days have come in and the colleagues have had their say. */
async function threadsOf(page: Page): Promise<ThreadRow[]> {
  const all = async () => {
    const rows: ThreadRow[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path = `/api/stream?limit=100${cursor && `&cursor=${cursor}`}`;
      const answer: { threads: ThreadRow[]; cursor: string | null } = await (await page.request.get(path)).json();
      rows.push(...answer.threads);
      cursor = answer.cursor;
    }
    return rows;
  };
  await expect.poll(async () => (await all()).length, { timeout: 60_000 }).toBeGreaterThan(enoughThreads);
  // The last they do is close what is old and leave some of the rest unread.
  const areDone = async () => {
    const { unread, deskOpen } = await (await page.request.get('/api/stream/counts')).json();
    return unread > 5 && deskOpen < 100;
  };
  await expect.poll(areDone, { timeout: 60_000 }).toBe(true);
  return all();
}

const internal = { type: 'x', status: 500, code: 'internal', title: 'x', detail: 'De database antwoordt niet.' };

test('the stream and its threads', async ({ as, shot, words }) => {
  const page = await as('sanne');
  const threads = await threadsOf(page);
  const story = threads.reduce((most, thread) => (thread.copies > most.copies ? thread : most));
  const open = async (thread: ThreadRow) => {
    await page.goto(`/threads/${thread.id}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  };
  await open(story);
  await shot(page, 'gesprek');
  await page.getByRole('tab', { name: words.talk.answer }).click();
  await page.getByRole('textbox').first().fill('De brug gaat 15 december weer open. Tot die tijd vaart er een pont.');
  await shot(page, 'antwoord-buiten');
  await page.getByRole('button', { name: words.thread.copies(story.copies) }).click();
  const why = page.getByRole('button', { name: words.thread.why });
  await why
    .or(page.getByRole('button', { name: words.thread.whyShort }))
    .first()
    .click();
  await shot(page, 'gesprek-uitgevouwen');
  for (const [name, of] of [
    ['gesprek-weggehaald', ({ state }: ThreadRow) => state !== 'live'],
    ['gesprek-engels', ({ language, born }: ThreadRow) => language === 'en' && born === 'outside'],
    ['gesprek-binnen', ({ born }: ThreadRow) => born === 'inside'],
    ['gesprek-beantwoord', (thread: ThreadRow) => thread.case?.state === 'answered'],
    ['gesprek-opgepakt', (thread: ThreadRow) => thread.case?.state === 'taken'],
  ] as const) {
    const found = threads.find(of);
    if (!found) continue;
    await open(found);
    await shot(page, name);
  }

  const problem = { type: 'x', status: 409, code: 'audience_changed', ...sentences.audience_changed.nl };
  await page.route('**/api/threads/*/replies', (route) => route.fulfill({ status: 409, json: problem }));
  await open(story);
  await page.getByRole('textbox', { name: words.talk.label }).fill('De pont vaart vanaf vrijdag, zegt Joris.');
  await page.getByRole('button', { name: words.talk.place }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await shot(page, 'gesprek-geweigerd');
  await page.unrouteAll();

  await page.goto('/');
  await expect(page.getByRole('article').first()).toBeVisible();
  await shot(page, 'stroom');
  await page.getByRole('button', { name: words.stream.filter, exact: true }).click();
  await shot(page, 'stroom-filter');
  for (const [name, query] of [
    ['stroom-gefilterd', 'tone=negative&language=nl'],
    ['stroom-binnen', 'side=inside'],
    ['stroom-voor-mij', 'mine=true'],
    ['stroom-niets-past', 'language=fr'],
  ] as const) {
    await page.goto(`/?${query}`);
    await expect(page.getByRole('article').or(page.getByText(words.stream.noMatchTitle)).first()).toBeVisible();
    await shot(page, name);
  }
  await page.goto('/new');
  await page.getByLabel(words.talk.titleLabel).fill('Wie weet iets van het bord bij de sluis?');
  await page.getByLabel(words.talk.textLabel).fill('Er bellen mensen over.\n\n- wie hing het op?\n- mag het weg?');
  await shot(page, 'nieuw-gesprek');
});

test('the desk, the figures, tips and one’s own page', async ({ as, shot, words }) => {
  const page = await as('sanne');
  await threadsOf(page);
  const { desk } = words;
  for (const [name, query] of [
    ['balie', ''],
    ['balie-van-mij', '?list=mine'],
    ['balie-beantwoord', '?list=answered'],
    ['balie-geen-antwoord', '?list=unanswered'],
  ] as const) {
    await page.goto(`/desk${query}`);
    await expect(
      page
        .getByRole('list', { name: desk.list })
        .or(page.getByRole('heading', { level: 2 }))
        .first(),
    ).toBeVisible();
    await shot(page, name);
  }
  await page.goto('/desk');
  await page.getByRole('list', { name: desk.list }).getByRole('link').first().click();
  const more = page.getByRole('article').getByRole('button', { name: desk.moreActions, exact: true }).last();
  await more.click();
  await shot(page, 'gesprek-meer');
  await page.getByRole('button', { name: desk.handOver }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await shot(page, 'draag-over');
  await page.keyboard.press('Escape');
  await more.click();
  await page.getByRole('button', { name: desk.noAnswer }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await shot(page, 'geen-antwoord');

  await page.goto('/figures');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForTimeout(1_000);
  await shot(page, 'cijfers');
  await page.goto('/tips');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('button', { name: words.tips.submit }).click();
  await shot(page, 'tips');
  await page.goto('/me');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shot(page, 'mijn-pagina');
  await page.getByRole('navigation').locator('button[popovertarget]').click();
  await shot(page, 'menu');
  await page.getByRole('button', { name: words.frame.preferences }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await shot(page, 'voorkeuren');
  await page.getByText(words.preferences.densities.compact).click();
  await page.goto('/');
  await expect(page.getByRole('article').first()).toBeVisible();
  await shot(page, 'stroom-dicht');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await shot(page, 'sneltoetsen');
  await page.goto('/nergens');
  await shot(page, 'niet-gevonden');
});

test('the sources', async ({ as, shot, words }) => {
  const page = await as('sanne');
  await threadsOf(page);
  await page.goto('/sources');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await shot(page, 'bronnen');
  const { sources } = await (await page.request.get('/api/sources')).json();
  const [source] = sources;
  await page.getByLabel(words.add.label).fill(source.homeUrl ?? source.place);
  await page.getByRole('button', { name: words.add.look, exact: true }).click();
  await expect(page.getByRole('radio').first()).toBeVisible({ timeout: 25_000 });
  await shot(page, 'bronnen-voorbeeld');
  await page.getByRole('button', { name: words.sources.manage(source.label) }).click();
  await shot(page, 'bronnen-beheer');
  await page.getByRole('button', { name: words.sources.remove }).click();
  await shot(page, 'bronnen-verwijder');
  await page.goto('/sources');
  await page.getByLabel(words.add.label).fill(new URL('/nergens', source.place).href);
  await page.getByRole('button', { name: words.add.look, exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 25_000 });
  await shot(page, 'bronnen-geen-feed');
});

test('the topics', async ({ as, shot, words }) => {
  const page = await as('sanne');
  await threadsOf(page);
  const { topics, topicActs, topicForm, question, bring, versions } = words;
  await page.goto('/topics/new');
  await expect(page.getByText(bring.waiting)).toBeVisible();
  await shot(page, 'onderwerp-leeg');
  await page.getByLabel(topicForm.name).fill('Brug en omleiding');
  const text = page.getByLabel(question.text);
  await text.fill('(Sluisbrug OR "brug bij de sluis") (dicht OR open OR omleiding*) NOT ("te koop") lang:nl');
  await page.getByLabel(topicForm.purpose).fill('Bewoners op tijd antwoorden');
  await page.getByLabel(topicForm.basis).selectOption('public-task');
  await expect(page.getByText(bring.sample, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: bring.why }).first().click();
  await shot(page, 'onderwerp-nieuw');
  await page.getByRole('button', { name: topics.make }).click();
  await page.getByRole('button', { name: topicActs.start }).click();
  await shot(page, 'onderwerp-begin');
  await page.getByRole('dialog').getByRole('button', { name: topicActs.start }).click();
  await expect(page.getByRole('link', { name: topics.open })).toBeVisible();
  await text.fill('Sluisbrug OR brug');
  await expect(page.getByRole('button', { name: topics.save(2) })).toBeEnabled();
  await page.waitForTimeout(2_000);
  await shot(page, 'onderwerp');
  await page.getByRole('button', { name: topics.save(2) }).click();
  await page.getByRole('button', { name: versions.show(1, 2) }).click();
  await page.waitForTimeout(1_000);
  await shot(page, 'onderwerp-versies');
  await text.fill('Sluisbrug OR (dicht');
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await shot(page, 'onderwerp-fout');
  await page.getByRole('button', { name: topics.restore(2) }).click();
  await page.getByRole('link', { name: topics.open }).click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await shot(page, 'stroom-onderwerp');
  await page.getByRole('article').first().getByRole('link').first().click();
  const why = page.getByRole('button', { name: words.thread.why });
  await why
    .or(page.getByRole('button', { name: words.thread.whyShort }))
    .first()
    .click();
  await shot(page, 'gesprek-waarom');
  await page.goto('/topics');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await shot(page, 'onderwerpen');
});

test('what an employee and an administrator see', async ({ as, shot, words }) => {
  const joris = await as('joris');
  for (const [name, path] of [
    ['medewerker-balie', '/desk'],
    ['medewerker-bronnen', '/sources'],
    ['medewerker-cijfers', '/figures'],
  ] as const) {
    await joris.goto(path);
    await expect(joris.getByRole('heading').first()).toBeVisible();
    await joris.waitForTimeout(500);
    await shot(joris, name);
  }
  const { people, signIn } = words;
  const henk = await as('henk');
  await henk.goto('/people');
  const manage = henk.getByRole('button', { name: people.manage('Joris Aalbers') });
  await expect(manage).toBeVisible();
  await shot(henk, 'mensen');
  await manage.click();
  await shot(henk, 'mensen-beheer');
  await henk.getByRole('button', { name: people.add }).click();
  const adding = henk.getByRole('dialog');
  await adding.getByLabel(people.name).fill('Noor Haddad');
  await adding.getByLabel(people.email).fill(emailOf('joris'));
  await adding.getByRole('button', { name: people.add }).click();
  await expect(adding.getByRole('alert')).toBeVisible();
  await shot(henk, 'mensen-bestaat-al');
  await adding.getByLabel(people.email).fill('noor@lindewaard.example');
  await adding.getByRole('button', { name: people.add }).click();
  const link = await henk.getByLabel(people.link).inputValue();
  await shot(henk, 'mensen-link');

  const nobody = await as(null);
  await nobody.goto(link);
  await expect(nobody.getByLabel(signIn.password, { exact: true })).toBeVisible();
  await shot(nobody, 'link');
  await nobody.goto(`${link.slice(0, -6)}AAAAAA`);
  await expect(nobody.getByText(words.link.unknownWhy)).toBeVisible();
  await shot(nobody, 'link-onbekend');
  await nobody.goto('/desk');
  await nobody.getByLabel(signIn.email).fill(emailOf('sanne'));
  await shot(nobody, 'aanmelden');
  await nobody.getByLabel(signIn.password, { exact: true }).fill('iets anders');
  await nobody.keyboard.press('Enter');
  await expect(nobody.getByRole('alert')).toBeVisible();
  await shot(nobody, 'aanmelden-fout');
  const empty = { me: null, organisation: null, firstPerson: { needsCode: true } };
  await nobody.route('**/api/session', (route) => route.fulfill({ json: empty }));
  await nobody.goto('/');
  await expect(nobody.getByRole('heading', { name: words.firstPerson.title })).toBeVisible();
  await shot(nobody, 'eerste-keer');

  await joris.goto('/');
  await expect(joris.getByRole('article').first()).toBeVisible();
  // As if they had signed out everywhere on another device.
  const baseURL = new URL(joris.url()).origin;
  const elsewhere = await request.newContext({ baseURL, storageState: await joris.context().storageState() });
  await elsewhere.delete('/api/me/sessions');
  await elsewhere.dispose();
  await expect(joris.getByRole('dialog')).toBeVisible({ timeout: 15_000 });
  await shot(joris, 'opnieuw-aanmelden');
});

test('empty and broken', async ({ as, shot, words }) => {
  const page = await as('sanne');
  const none = { sources: [], counts: { fine: 0, falters: 0, needsYou: 0, paused: 0 }, contact: false };
  await page.route('**/api/stream', (route) => route.fulfill({ json: { threads: [], cursor: null } }));
  await page.route('**/api/sources', (route) => route.fulfill({ json: none }));
  await page.goto('/');
  await expect(page.getByText(words.stream.emptyTitle)).toBeVisible();
  await shot(page, 'leeg');
  await page.goto('/sources');
  await shot(page, 'bronnen-leeg');
  await page.route('**/api/**', (route) =>
    /\/(session|live|counts)/.test(route.request().url())
      ? route.fallback()
      : route.fulfill({ status: 500, json: internal }),
  );
  for (const [name, path] of [
    ['fout', '/'],
    ['fout-gesprek', '/threads/t_AAAAAAAAAAAAAAAAAAAAAA'],
    ['fout-balie', '/desk'],
    ['fout-cijfers', '/figures'],
  ] as const) {
    await page.goto(path);
    await page.waitForTimeout(1_500);
    await shot(page, name);
  }
});
