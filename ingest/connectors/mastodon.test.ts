import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PollContext } from '#ingest/connector.ts';
import type { Http } from '#platform/http.ts';
import { replay } from '#test/replay.ts';
import { corporaDir } from '#test/xss-payloads.ts';
import { mastodon } from './mastodon.ts';

type Settings = ReturnType<typeof mastodon.settings.parse>;
const server = 'https://example.social';
const tagUrl = `${server}/api/v1/timelines/tag/eindhoven?limit=40`;
const instanceUrl = `${server}/api/v2/instance`;
const instance = 'mastodon/instance.json';
const closed = (hashtag_feeds: object) => ({ body: { configuration: { timelines_access: { hashtag_feeds } } } });
const readFeed = () => Promise.reject(new Error('no feed is read here'));

function poll(http: Http, settings: Partial<Settings> = {}, cursor: string | null = null) {
  const wanted = { server: 'example.social', ...(settings.account ? {} : { hashtag: 'eindhoven' }), ...settings };
  const context: PollContext<Settings> = {
    http,
    settings: mastodon.settings.parse(wanted),
    namespace: 'feed:1',
    cursor,
    validators: {},
    readFeed,
  };
  return mastodon.poll(context);
}
const cursorAt = (newest: string) => JSON.stringify({ newest, accountId: null, localOnly: false });
const aStatus = (id: number) => ({
  ...JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/mastodon/tag.json'), 'utf8'))[0],
  id: String(id),
  uri: `${server}/users/anna/statuses/${id}`,
});

describe('a hashtag timeline', () => {
  test('becomes raw mentions under the ids of the network, the newest local id the cursor', async () => {
    const answer = await poll(replay({ [instanceUrl]: instance, [tagUrl]: 'mastodon/tag.json' }));
    expect(answer.items).toHaveLength(2);
    expect(answer.items![0]).toMatchObject({
      externalId: 'https://elders.example/users/bram/statuses/900',
      namespace: 'mastodon',
      url: 'https://elders.example/@bram/900',
      author: { name: 'Bram', handle: 'bram@elders.example' },
      kind: 'post',
      language: 'nl',
      media: [{ type: 'image', url: 'https://elders.example/media/brug.png', alt: 'De brug bij zonsopkomst' }],
    });
    expect(JSON.parse(answer.cursor!)).toMatchObject({ newest: '112' });
  });

  test('carries the content warning as text before the post, the edit and the reply', async () => {
    const { items } = await poll(replay({ [instanceUrl]: instance, [tagUrl]: 'mastodon/tag.json' }));
    expect(items![1]).toMatchObject({
      html: '<p>Ergernis &lt;b></p><p>Afval ligt er al een week &amp; niemand komt.</p>',
      author: { handle: 'anna@example.social' },
      editedRaw: '2026-11-20T09:00:00.000Z',
      kind: 'comment',
    });
    expect(items![1]).not.toHaveProperty('language');
  });

  test('leaves out boosts, posts that are not public, and authors who asked for it', async () => {
    const { items } = await poll(replay({ [instanceUrl]: instance, [tagUrl]: 'mastodon/tag.json' }));
    expect(items!.map(({ externalId }) => externalId.split('/').at(-1))).toEqual(['900', '111']);
  });

  test('reads the other statuses when one has another shape, and says so', async () => {
    const { skipped } = await poll(replay({ [instanceUrl]: instance, [tagUrl]: 'mastodon/tag.json' }));
    expect(skipped).toEqual([{ index: 6, reason: 'uri' }]);
  });

  test('is followed upwards from the cursor until a page is not full', async () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => aStatus(from + count - 1 - i));
    const http = replay({
      [`${tagUrl}&min_id=200`]: { body: page(201, 40) },
      [`${tagUrl}&min_id=240`]: { body: page(241, 3) },
    });
    const answer = await poll(http, {}, cursorAt('200'));
    expect(answer.items).toHaveLength(43);
    expect(answer).toMatchObject({ more: false, cursor: cursorAt('243') });
  });

  test('is left after ten full pages, with more to come', async () => {
    const pages = Array.from({ length: 11 }, (_, n) => [
      `${tagUrl}&min_id=${1000 + n * 40}`,
      { body: Array.from({ length: 40 }, (_, i) => aStatus(1001 + n * 40 + i)) },
    ]);
    const http = replay(Object.fromEntries(pages));
    const answer = await poll(http, {}, cursorAt('1000'));
    expect(answer.items).toHaveLength(400);
    expect(answer).toMatchObject({ more: true, cursor: cursorAt('1400') });
  });

  test('of a server that ignores min_id is not asked over and over', async () => {
    const same = { body: Array.from({ length: 40 }, (_, i) => aStatus(1 + i)) };
    const http = replay({ [`${tagUrl}&min_id=200`]: same });
    expect(await poll(http, {}, cursorAt('200'))).toMatchObject({ more: false, cursor: cursorAt('200') });
    expect(http.asked).toHaveLength(1);
  });

  test('with nothing new is no change and keeps its cursor', async () => {
    const http = replay({ [`${tagUrl}&min_id=200`]: { body: [] } });
    expect(await poll(http, {}, cursorAt('200'))).toMatchObject({ items: null, cursor: cursorAt('200') });
  });
});

describe('a closed timeline', () => {
  test('that is disabled is named, though it would answer an empty list', async () => {
    const http = replay({ [instanceUrl]: closed({ local: 'disabled', remote: 'disabled' }) });
    await expect(poll(http)).rejects.toMatchObject({ kind: 'denied', detail: { reason: 'timeline-disabled' } });
  });

  test('for members only is named before it is asked', async () => {
    const http = replay({ [instanceUrl]: closed({ local: 'authenticated', remote: 'authenticated' }) });
    await expect(poll(http)).rejects.toMatchObject({ kind: 'denied', detail: { reason: 'login' } });
  });

  test('whose local half is open is read there', async () => {
    const http = replay({
      [instanceUrl]: closed({ local: 'public', remote: 'authenticated' }),
      [`${tagUrl}&local=true`]: { body: [] },
    });
    expect(JSON.parse((await poll(http)).cursor!)).toMatchObject({ localOnly: true });
  });

  test('that answers 401 later on is access denied', async () => {
    const http = replay({
      [`${tagUrl}&min_id=1`]: { status: 401, body: { error: 'This method requires an authenticated user' } },
    });
    await expect(poll(http, {}, cursorAt('1'))).rejects.toMatchObject({ kind: 'denied', detail: { status: 401 } });
  });
});

test('too many requests wait until the reset that the server names as a date', async () => {
  const headers = { date: 'Fri, 20 Nov 2026 08:00:00 GMT', 'x-ratelimit-reset': '2026-11-20T08:05:00.000Z' };
  const http = replay({ [`${tagUrl}&min_id=1`]: { status: 429, headers, body: { error: 'Too many requests' } } });
  const refused = { kind: 'rate-limited', detail: { retryAfterSeconds: 300 } };
  await expect(poll(http, {}, cursorAt('1'))).rejects.toMatchObject(refused);
});

test('a web page instead of JSON is named', async () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<html>' };
  const http = replay({ [`${tagUrl}&min_id=1`]: page });
  const refused = { kind: 'unreadable', detail: { reason: 'web-page' } };
  await expect(poll(http, {}, cursorAt('1'))).rejects.toMatchObject(refused);
});

describe('an account', () => {
  const lookup = `${server}/api/v1/accounts/lookup?acct=anna`;
  const statuses = `${server}/api/v1/accounts/7/statuses?limit=40&exclude_reblogs=true`;

  test('is looked up once and then read by its id', async () => {
    const http = replay({
      [lookup]: 'mastodon/account.json',
      [statuses]: 'mastodon/tag.json',
      [`${statuses}&min_id=112`]: { body: [] },
    });
    const first = await poll(http, { account: 'anna' });
    await poll(http, { account: 'anna' }, first.cursor);
    expect(http.asked).toEqual([lookup, statuses, `${statuses}&min_id=112`]);
  });

  test('that asked not to be indexed is not followed', async () => {
    const account = { id: '7', acct: 'anna', noindex: true };
    const refused = { kind: 'denied', detail: { reason: 'opted-out' } };
    await expect(poll(replay({ [lookup]: { body: account } }), { account: 'anna' })).rejects.toMatchObject(refused);
  });
});

test('settings name a server and either a hashtag or an account', () => {
  const good = [
    { server: 'mastodon.nl', hashtag: 'fiets' },
    { server: 'http://127.0.0.1:4000', account: 'anna@elders.example' },
  ];
  const bad = [
    { server: 'mastodon.nl' },
    { server: 'mastodon.nl', hashtag: 'a', account: 'b' },
    { server: 'a/b', hashtag: 'a' },
    { server: 'mastodon.nl', hashtag: '../x' },
  ];
  expect(good.map((settings) => mastodon.settings.safeParse(settings).success)).toEqual([true, true]);
  expect(bad.map((settings) => mastodon.settings.safeParse(settings).success)).toEqual([false, false, false, false]);
  expect(mastodon.place(good[0] as Settings)).toBe('mastodon:mastodon.nl/tags/fiets');
});

describe('asking whether posts still exist', () => {
  const uri = (id: number, name = 'anna') => `${server}/users/${name}/statuses/${id}`;
  const recheck = (http: Http, uris: string[]) =>
    mastodon.recheck!(http, { server: 'other.example', hashtag: 'x' }, uris);

  test('goes to the server they were written on, twenty at a time; what is missing is gone', async () => {
    const batch = (ids: number[]) => `${server}/api/v1/statuses?${ids.map((id) => `id%5B%5D=${id}`).join('&')}`;
    const ids = Array.from({ length: 22 }, (_, i) => i + 1);
    const http = replay({
      [batch(ids.slice(0, 20))]: { body: ids.slice(1, 20).map((id) => ({ id: String(id) })) },
      [batch(ids.slice(20))]: { body: [{ id: '21' }] },
    });
    const answers = await recheck(
      http,
      ids.map((id) => uri(id)),
    );
    expect([...answers].filter(([, existence]) => existence === 'gone').map(([id]) => id)).toEqual([uri(1), uri(22)]);
    expect(answers.size).toBe(22);
  });

  test('of an older server asks for the posts themselves', async () => {
    const http = replay({
      [`${server}/api/v1/statuses?id%5B%5D=1&id%5B%5D=2&id%5B%5D=3`]: { status: 404 },
      [uri(1)]: { status: 410 },
      [uri(2)]: { body: { type: 'Note' } },
      [uri(3)]: { status: 503 },
    });
    const answers = await recheck(http, [uri(1), uri(2), uri(3)]);
    expect([...answers.values()]).toEqual(['gone', 'live', 'unknown']);
  });

  test('knows a tombstone of other software, and takes a login wall for no answer', async () => {
    const http = replay({
      'https://ander.example/objects/1': { body: { type: 'Tombstone' } },
      'https://ander.example/objects/2': { status: 401 },
    });
    const answers = await recheck(http, [
      'https://ander.example/objects/1',
      'https://ander.example/objects/2',
      'tag:x',
    ]);
    expect([...answers.values()]).toEqual(['gone', 'unknown', 'unknown']);
  });
});

describe.skipIf(!existsSync(join(corporaDir, 'api-fixtures')))('real answers (CORPORA_DIR)', () => {
  const real = (name: string) => JSON.parse(readFileSync(join(corporaDir, 'api-fixtures/mastodon', name), 'utf8')).body;
  const read = async (name: string) => {
    const answer = await poll(replay({ [instanceUrl]: instance, [tagUrl]: { body: real(name) } }));
    return { ...answer, statuses: real(name) };
  };

  test('are read whole: every public status of an author who did not opt out', async () => {
    for (const name of [
      'timeline-hashtag-fosstodon.json',
      'timeline-hashtag-mastodon-social.json',
      'timeline-public.json',
      'account-statuses.json',
    ]) {
      const { items, skipped, statuses } = await read(name);
      const kept = statuses.filter(
        (s: { visibility: string; reblog: unknown; account: { noindex?: boolean; note: string } }) =>
          s.visibility === 'public' && !s.reblog && !s.account.noindex && !/nobot/i.test(s.account.note),
      );
      expect(skipped, name).toEqual([]);
      expect(items!.length, name).toBe(kept.length);
      expect(items!.length, name).toBeGreaterThan(0);
    }
  });

  test('of two servers give the same post the same identity', async () => {
    const [one, other] = await Promise.all(
      ['timeline-hashtag-fosstodon.json', 'timeline-hashtag-mastodon-social.json'].map((name) => read(name)),
    );
    const ids = new Set(one!.items!.map(({ externalId }) => externalId));
    expect(other!.items!.some(({ externalId }) => ids.has(externalId))).toBe(true);
  });
});
