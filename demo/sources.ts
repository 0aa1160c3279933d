import { connectorFor } from '#ingest/registry.ts';
import type { FetchAllow } from '#platform/address.ts';
import { hostKeyOf } from '#platform/host-key.ts';
import type { Database } from '#storage/database.ts';
import { addSources, moveSource, type NewSource, sourceByPlace } from '#storage/sources.ts';
import { feedUrlOf } from './channel.ts';
import type { Outlet } from './world/item.ts';

/** An outlet as a source that somebody added, found on the outside world at `origin`. */
function sourceOf(outlet: Outlet, origin: string, allow: FetchAllow): NewSource {
  const { name: connector, settings, label } = howToFollow(outlet, origin);
  const { address, place } = connectorFor(connector)!;
  return {
    connector,
    settings,
    place: place(settings),
    label,
    kind: outlet.kind,
    homeUrl: `${origin}/${outlet.slug}/`,
    folder: outlet.folder,
    keeps: 'everything',
    hostKey: hostKeyOf(address(settings), allow),
  };
}

function howToFollow(outlet: Outlet, origin: string): Pick<NewSource, 'settings' | 'label'> & { name: string } {
  const { via, name } = outlet;
  if ('mastodon' in via) {
    const { hashtag } = via.mastodon;
    return { name: 'mastodon', settings: { server: origin, hashtag }, label: `Mastodon: #${hashtag}` };
  }
  if ('bluesky' in via) {
    return { name: 'bluesky', settings: { actor: via.bluesky.handle, service: origin }, label: `Bluesky: ${name}` };
  }
  return { name: 'feed', settings: { url: feedUrlOf(outlet, origin) }, label: name };
}

/** Adds every outlet once, as the Sources page would; answers the ids of the sources by slug. */
export async function addOutlets(
  db: Database,
  outlets: Outlet[],
  origin: string,
  allow: FetchAllow,
): Promise<Map<string, number>> {
  const added = await addSources(
    db,
    outlets.map((outlet) => sourceOf(outlet, origin, allow)),
  );
  return new Map(outlets.map(({ slug }, at) => [slug, added[at]!.id]));
}

/** The ids of those outlets that are still followed: whoever tries the demo may have removed some. */
export async function findOutlets(
  db: Database,
  outlets: Outlet[],
  origin: string,
  allow: FetchAllow,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const outlet of outlets) {
    const row = await sourceByPlace(db, sourceOf(outlet, origin, allow).place);
    if (row) ids.set(outlet.slug, row.id);
  }
  return ids;
}

/** The world had to take another port: tells the sources where it went. */
export async function moveOutlets(
  db: Database,
  outlets: Outlet[],
  from: string,
  to: string,
  allow: FetchAllow,
): Promise<void> {
  const ids = await findOutlets(db, outlets, from, allow);
  for (const outlet of outlets) {
    const id = ids.get(outlet.slug);
    const { settings, place, hostKey } = sourceOf(outlet, to, allow);
    if (id !== undefined) await moveSource(db, id, { settings, place, hostKey });
  }
}
