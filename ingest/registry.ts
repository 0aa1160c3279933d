import type { Connector } from './connector.ts';
import { bluesky } from './connectors/bluesky.ts';
import { feed } from './connectors/feed.ts';
import { mastodon } from './connectors/mastodon.ts';

/** Every kind of outside place we can read, by the name that sources store. A new connector is a file and a line here. */
// biome-ignore lint/suspicious/noExplicitAny: settings differ per connector and are parsed by its own schema before use.
export const connectors: Record<string, Connector<any>> = { feed, mastodon, bluesky };

/** The connector of a stored source, or null for a name that this version does not know. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function connectorFor(name: string): Connector<any> | null {
  return Object.hasOwn(connectors, name) ? connectors[name]! : null;
}
