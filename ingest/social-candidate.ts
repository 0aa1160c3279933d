import { z } from 'zod';
import { type Candidate, describe } from './candidate.ts';
import type { Connector } from './connector.ts';
import type { DiscoverDeps } from './discover.ts';
import { line, titleFromHtml } from './feed/text.ts';
import { refusalOf } from './http-answer.ts';
import type { Pasted } from './pasted-address.ts';
import { connectorFor } from './registry.ts';

type Wanted = {
  connector: string;
  settings: Record<string, unknown>;
  address: string;
  title: string;
  what: 'author' | 'hashtag';
};

/** The candidate behind a handle, a hashtag or a profile address; null when the server knows no such account. */
export async function socialCandidate(pasted: Pasted, deps: DiscoverDeps): Promise<Candidate | null> {
  const wanted = await wantedBy(pasted, deps);
  const connector = wanted && (connectorFor(wanted.connector) as Connector<unknown> | null);
  if (!wanted || !connector) return null;
  const parsed = connector.settings.safeParse(wanted.settings);
  if (!parsed.success) return null;
  const settings = parsed.data;
  const page = await connector.poll({
    http: deps.http,
    readFeed: deps.readFeed,
    settings,
    namespace: 'preview',
    cursor: null,
    validators: {},
  });
  const facts = describe(page.items ?? [], new URL(wanted.address).hostname);
  return {
    connector: wanted.connector,
    settings: wanted.settings,
    place: connector.place(settings),
    address: wanted.address,
    title: line(page.title, 200) ?? wanted.title,
    what: wanted.what,
    homeUrl: page.homeUrl ?? wanted.address,
    ...facts,
    kind: 'social',
    skipped: page.skipped?.length ?? 0,
  };
}

async function wantedBy(pasted: Pasted, deps: DiscoverDeps): Promise<Wanted | null> {
  if (pasted.is === 'bluesky') {
    const { actor } = pasted;
    const address = `https://bsky.app/profile/${actor}`;
    return { connector: 'bluesky', settings: { actor }, address, title: `@${actor}`, what: 'author' };
  }
  if (pasted.is === 'hashtag') {
    const { server, tag } = pasted;
    const address = `${originOf(server)}/tags/${encodeURIComponent(tag)}`;
    return { connector: 'mastodon', settings: { server, hashtag: tag }, address, title: `#${tag}`, what: 'hashtag' };
  }
  return pasted.is === 'account' ? lookUp(pasted, deps) : null;
}

const Account = z.object({ id: z.string(), acct: z.string(), display_name: z.string().optional() });

/** docs.joinmastodon.org/methods/accounts/#lookup: open without signing in. */
async function lookUp({ server, name }: Pasted & { is: 'account' }, { http }: DiscoverDeps): Promise<Wanted | null> {
  const url = `${originOf(server)}/api/v1/accounts/lookup?acct=${encodeURIComponent(name)}`;
  const answer = await http.request({ url, headers: { accept: 'application/json' } });
  const refusal = refusalOf(answer);
  if (refusal && answer.status !== 404) throw refusal;
  const account = refusal ? null : readAccount(answer.body);
  if (!account) return null;
  return {
    connector: 'mastodon',
    settings: { server, account: account.acct },
    address: `${originOf(server)}/@${account.acct}`,
    title: line(titleFromHtml(account.display_name ?? ''), 200) ?? `@${account.acct}@${new URL(originOf(server)).host}`,
    what: 'author',
  };
}

function readAccount(body: Uint8Array): z.infer<typeof Account> | null {
  try {
    return Account.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    // Not Mastodon, or not an account: the address is then read as a page.
    return null;
  }
}

const originOf = (server: string): string => (server.includes('://') ? server : `https://${server}`);
