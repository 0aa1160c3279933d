import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import { type FetchAllow, isAllowedHost, portOf, withoutBrackets, withoutDot } from './address.ts';

/** Hosts whose key is narrower or wider than their registrable domain (sources.md 2.8). */
const ownKey = ['news.google.com'];

/**
 * The politeness key of an address: its registrable domain by the ICANN part of the public suffix list, so that all of
 * tumblr.com, substack.com or github.io is one key; host:port where there is none (addresses, bare names); null where
 * FETCH_ALLOW lifts the spacing.
 */
export function hostKeyOf(url: URL, allow: FetchAllow): string | null {
  const hostname = withoutDot(url.hostname);
  const port = portOf(url);
  if (isAllowedHost(allow, hostname, port)) return null;
  if (isIP(withoutBrackets(hostname)) || !hostname.includes('.')) return `${hostname}:${port}`;
  const own = ownKey.find((host) => hostname === host || hostname.endsWith(`.${host}`));
  return own ?? registrableDomain(hostname) ?? `${hostname}:${port}`;
}

function registrableDomain(hostname: string): string | null {
  const domain = getDomain(hostname, { allowPrivateDomains: false });
  // Blogspot gives one blog a domain in every country.
  return domain && /^blogspot\.[a-z.]+$/.test(domain) ? 'blogspot.com' : domain;
}
