import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { blueskyApi } from './bluesky.ts';
import { channelOf, entryOf, isGone, isOut, type View } from './channel.ts';
import type { Rendered } from './dialects/dialect.ts';
import { mastodonApi, statusPath } from './mastodon.ts';
import { articlePage, homePage, indexPage, noticePage, picture } from './page.ts';
import { forbiddenAt, type History, timeline } from './timeline.ts';
import type { Outlet } from './world/item.ts';
import { unfollowed } from './world/unfollowed.ts';

export type Outside = { origin: string; port: number; close: () => Promise<void> };
export type OutsideOptions = {
  outlets: Outlet[];
  history: History;
  /** Tried first; when another program has it, any free one. */
  port: number;
  now?: () => Date;
};

/**
 * The demo's internet: every outlet's feed and pages, those of the sites that nobody follows yet, and the two networks' APIs,
 * on one loopback port. Its root lists the sites.
 */
export async function startOutside(options: OutsideOptions): Promise<Outside> {
  const { outlets, history, now = () => new Date() } = options;
  let origin = '';
  const server = createServer((request, response) => {
    try {
      answer(request, response, { outlets, history, origin, now: now() });
    } catch (error) {
      // A slip in a text costs its page, not the demo.
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error));
    }
  });
  const port = await listen(server, options.port);
  origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  for (const port of new Set([wanted, 0])) {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => resolve(null));
    });
    server.removeAllListeners('error');
    if (error === null) return (server.address() as AddressInfo).port;
    if (error.code !== 'EADDRINUSE') throw error;
  }
  throw new Error('No port is free on 127.0.0.1');
}

type Reply = { status: number; body: Buffer | string; type: string; headers?: Record<string, string> };

function answer(request: IncomingMessage, response: ServerResponse, view: View): void {
  const url = URL.parse(request.url ?? '/', view.origin);
  const reply = url ? (networks(url, view) ?? sites(request, url, view)) : notFound();
  const body = request.method === 'HEAD' || reply.status === 304 ? '' : reply.body;
  response.writeHead(reply.status, { ...(reply.status !== 304 && { 'content-type': reply.type }), ...reply.headers });
  response.end(body);
}

const html = (status: number, body: string): Reply => ({ status, body, type: 'text/html; charset=utf-8' });
const notFound = (): Reply => html(404, noticePage('Niet gevonden', 'Deze pagina bestaat niet.'));

function networks(url: URL, view: View): Reply | null {
  for (const outlet of view.outlets) {
    const { via } = outlet;
    const found =
      'mastodon' in via
        ? mastodonApi(url, { ...outlet, via }, view)
        : 'bluesky' in via
          ? blueskyApi(url, { ...outlet, via }, view)
          : null;
    if (found)
      return { status: found.status, body: JSON.stringify(found.json), type: 'application/json; charset=utf-8' };
  }
  return null;
}

function sites(request: IncomingMessage, url: URL, view: View): Reply {
  const [, slug = '', ...rest] = url.pathname.split('/');
  if (slug === '') return html(200, index(view));
  if (slug === 'beeld') return { status: 200, body: picture(rest.join('/')), type: 'image/svg+xml' };
  if (slug.startsWith('@')) return statusPage(url.pathname, view);
  const outlet = [...view.outlets, ...unfollowed].find((one) => one.slug === slug);
  if (!outlet) return notFound();
  if (rest.join('/') === 'feed') return feed(request, outlet, view);
  const channel = channelOf(outlet, view);
  if (rest.join('/') === '' || rest.join('/') === 'nieuws') return html(200, homePage(channel));
  const placed = timeline(outlet, view.history).find(({ key }) => key === rest.at(-1));
  if (!placed || !isOut(placed, view.now)) return notFound();
  if (isGone(placed, view.now))
    return html(410, noticePage('Verwijderd', 'De schrijver heeft dit bericht weggehaald.'));
  return html(200, articlePage(channel, entryOf(placed, outlet, view)));
}

/** The networks have no sites here: they are asked by their APIs. */
function index(view: View): string {
  const listed = (outlets: Outlet[]) =>
    outlets.filter(({ via }) => 'feed' in via).map((outlet) => channelOf(outlet, view));
  return indexPage(listed(view.outlets), listed(unfollowed));
}

/** A post on Mastodon as a page: the network has no feed of ours, but its links have to lead somewhere. */
function statusPage(path: string, view: View): Reply {
  for (const outlet of view.outlets.filter(({ via }) => 'mastodon' in via)) {
    const placed = timeline(outlet, view.history).find((one) => isOut(one, view.now) && statusPath(one) === path);
    if (!placed) continue;
    if (isGone(placed, view.now)) return html(410, noticePage('Verwijderd', 'Dit bericht is weg.'));
    return html(200, articlePage(channelOf(outlet, view), entryOf(placed, outlet, view)));
  }
  return notFound();
}

function feed(request: IncomingMessage, outlet: Outlet, view: View): Reply {
  if (!('feed' in outlet.via)) return notFound();
  const forbidden = forbiddenAt(outlet, view.history);
  if (forbidden && forbidden <= view.now)
    return html(403, noticePage('Verboden', 'Deze dienst is alleen voor lezers met een abonnement.'));
  const channel = channelOf(outlet, view);
  if (outlet.trouble === 'web-page') return html(200, homePage(channel));
  const rendered = outlet.via.feed(channel);
  const changed = channel.entries.map((entry) => (entry.editedAt ?? entry.publishedAt).getTime());
  const newest = new Date(Math.max(0, ...changed, ...channel.deleted.map(({ at }) => at.getTime())));
  return conditional(request, outlet.server, rendered, newest);
}

/** Answers 304 to whoever has this document, by the validators the outlet's server knows (RFC 9110, section 13). */
function conditional(request: IncomingMessage, server: Outlet['server'], rendered: Rendered, newest: Date): Reply {
  const headers: Record<string, string> = {};
  const zipped = server.gzip === true && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const knows = (one: 'etag' | 'last-modified') => server.validators === one || server.validators === 'both';
  // Servers that compress on the fly answer weak tags.
  if (knows('etag')) headers.etag = `${zipped ? 'W/' : ''}"${hash('sha1', rendered.body, 'hex').slice(0, 20)}"`;
  if (knows('last-modified')) headers['last-modified'] = newest.toUTCString();
  if (isKnown(request, headers)) return { status: 304, body: '', type: rendered.type, headers };
  if (!zipped) return { status: 200, ...rendered, headers };
  const body = gzipSync(rendered.body);
  return {
    status: 200,
    body,
    type: rendered.type,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
  };
}

/** The entity tag decides where both sides have one. */
function isKnown({ headers: asked }: IncomingMessage, headers: Record<string, string>): boolean {
  if (headers.etag && asked['if-none-match']) return asked['if-none-match'] === headers.etag;
  return headers['last-modified'] !== undefined && asked['if-modified-since'] === headers['last-modified'];
}
