import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Http, HttpError } from '#platform/http.ts';
import { replay } from '#test/replay.ts';
import { corporaDir } from '#test/xss-payloads.ts';
import { bluesky } from './bluesky.ts';

const query = 'xrpc/app.bsky.feed.getAuthorFeed?actor=waterschap.example&limit=100&filter=posts_with_replies';
const url = `https://public.api.bsky.app/${query}`;
const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
const uri = (key: string) => `at://${did}/app.bsky.feed.post/${key}`;
const poll = (http: Http, cursor: string | null = null) =>
  bluesky.poll({
    http,
    settings: { actor: 'waterschap.example' },
    namespace: 'feed:1',
    cursor,
    validators: {},
    readFeed: () => Promise.reject(new Error('no feed is read here')),
  });
const page = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/bluesky/author-feed.json'), 'utf8'));
const aPost = (key: string, indexedAt: string) => ({ post: { ...page.feed[2].post, uri: uri(key), indexedAt } });

describe('an author feed', () => {
  test('becomes raw mentions under at:// ids, the newest by the clock of the network the cursor', async () => {
    const answer = await poll(replay({ [url]: 'bluesky/author-feed.json' }));
    expect(answer.items!.map(({ externalId }) => externalId)).toEqual([uri('p4'), uri('p3')]);
    expect(answer.items![0]).toMatchObject({
      namespace: 'bluesky',
      url: `https://bsky.app/profile/${did}/post/p4`,
      author: { name: 'Waterschap', handle: 'waterschap.example', externalId: did },
      language: 'nl',
      media: [{ type: 'image', url: 'https://cdn.example/f.jpg', alt: 'De dijk' }],
    });
    expect(JSON.parse(answer.cursor!)).toEqual({ indexedAt: '2026-11-20T10:00:00.000Z', uri: uri('p4') });
  });

  test('turns facets into links by their UTF-8 byte offsets and leaves out those that do not fit', async () => {
    const { items } = await poll(replay({ [url]: 'bluesky/author-feed.json' }));
    expect(items![0]!.html).toBe(
      'Één 🚴 op de dijk: zie <a href="https://example.nl/dijk?utm_source=bsky">example.nl</a> en ' +
        '<a href="https://bsky.app/profile/did%3Aplc%3Abbbb">@anna</a> <a href="https://bsky.app/hashtag/dijk">#dijk</a>',
    );
  });

  test('carries the linked page of a card and never a time after the network saw it', async () => {
    const { items } = await poll(replay({ [url]: 'bluesky/author-feed.json' }));
    expect(items![1]).toMatchObject({
      html: 'Antwoord met een kaart<p><a href="https://nieuws.example/a">Dijk &amp; duin</a></p>',
      kind: 'comment',
      inReplyTo: 'at://did:plc:q/app.bsky.feed.post/r',
      publishedRaw: '2026-11-20T09:00:00.000Z',
      media: [{ type: 'image', url: 'https://cdn.example/c.jpg' }],
    });
  });

  test('leaves out reposts, hidden posts and authors who are for members only; says what it could not read', async () => {
    const { items, skipped } = await poll(replay({ [url]: 'bluesky/author-feed.json' }));
    expect(items).toHaveLength(2);
    expect(skipped).toEqual([{ index: 5, reason: 'author' }]);
  });

  test('is followed back until a post that was seen before', async () => {
    const left = JSON.stringify({ indexedAt: '2026-11-20T07:30:00.000Z', uri: uri('p1') });
    const older = {
      feed: [aPost('p1b', '2026-11-20T08:30:00.000Z'), aPost('p1', '2026-11-20T07:30:00.000Z')],
      cursor: 'x',
    };
    const newer = { feed: [aPost('p5', '2026-11-20T11:00:00.000Z')], cursor: 'older' };
    const http = replay({ [url]: { body: newer }, [`${url}&cursor=older`]: { body: older } });
    const answer = await poll(http, left);
    expect(answer.items!.map(({ externalId }) => externalId)).toEqual([uri('p5'), uri('p1b')]);
    expect(http.asked).toHaveLength(2);
  });

  test('with nothing new is no change and keeps its cursor', async () => {
    const left = JSON.stringify({ indexedAt: '2026-11-20T10:00:00.000Z', uri: uri('p4') });
    expect(await poll(replay({ [url]: 'bluesky/author-feed.json' }), left)).toMatchObject({
      items: null,
      cursor: left,
    });
  });

  test('that the mirror refuses is asked of the service itself, once', async () => {
    const http = replay({ [url]: { status: 403 }, [`https://api.bsky.app/${query}`]: 'bluesky/author-feed.json' });
    expect((await poll(http)).items).toHaveLength(2);
    const refused = replay({ [url]: { status: 403 }, [`https://api.bsky.app/${query}`]: { status: 403 } });
    await expect(poll(refused)).rejects.toMatchObject({ kind: 'denied' });
    expect(refused.asked).toHaveLength(2);
  });
});

test('another AppView is asked instead where one is named', async () => {
  const settings = bluesky.settings.parse({ actor: 'waterschap.example', service: 'http://127.0.0.1:4000' });
  const http = replay({ [`http://127.0.0.1:4000/${query}`]: { status: 403 } });
  const context = {
    http,
    settings,
    namespace: 'feed:1',
    cursor: null,
    validators: {},
    readFeed: () => Promise.reject(),
  };
  await expect(bluesky.poll(context)).rejects.toMatchObject({ kind: 'denied' });
  expect(http.asked).toHaveLength(1);
  expect(bluesky.address(settings).host).toBe('127.0.0.1:4000');
});

describe('asking whether posts still exist', () => {
  const ask = (keys: string[]) =>
    `https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?${keys.map((key) => `uris=${encodeURIComponent(uri(key))}`).join('&')}`;
  const alive = (key: string, labels: object[] = []) => ({ uri: uri(key), labels, author: { labels: [] } });
  const recheck = (http: Http, keys: string[]) => bluesky.recheck!(http, { actor: 'x.example' }, keys.map(uri));

  test('asks 25 at a time; what is left out of the answer is gone, and so is what the network hides', async () => {
    const keys = Array.from({ length: 27 }, (_, i) => `k${i}`);
    const http = replay({
      [ask(keys.slice(0, 25))]: { body: { posts: keys.slice(2, 25).map((key) => alive(key)) } },
      [ask(keys.slice(25))]: { body: { posts: [alive('k25', [{ val: '!takedown' }]), alive('k26')] } },
    });
    const answers = await recheck(http, keys);
    expect([...answers].filter(([, existence]) => existence === 'gone').map(([id]) => id)).toEqual(
      ['k0', 'k1', 'k25'].map(uri),
    );
  });

  test('knows nothing when the service fails or cannot be reached', async () => {
    expect([...(await recheck(replay({ [ask(['a'])]: { status: 502 } }), ['a'])).values()]).toEqual(['unknown']);
    const unreachable: Http = { request: () => Promise.reject(new HttpError('dns', 'no such host')) };
    expect([...(await recheck(unreachable, ['a'])).values()]).toEqual(['unknown']);
  });
});

describe.skipIf(!existsSync(join(corporaDir, 'api-fixtures')))('real answers (CORPORA_DIR)', () => {
  test('an author feed of thirty entries is read whole but for its reposts', async () => {
    const { body } = JSON.parse(readFileSync(join(corporaDir, 'api-fixtures/bluesky/getAuthorFeed.json'), 'utf8'));
    const answer = await poll(replay({ [url]: { body: { feed: body.feed } } }));
    const own = body.feed.filter((entry: { reason?: unknown }) => !entry.reason);
    expect(answer.skipped).toEqual([]);
    expect(answer.items).toHaveLength(own.length);
    expect(answer.items!.filter(({ media }) => media!.length > 0).length).toBeGreaterThan(5);
    expect(answer.items!.filter(({ html }) => html!.includes('<a href="https://')).length).toBeGreaterThan(3);
  });
});
