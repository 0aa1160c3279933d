import { getDomain } from 'tldts';
import { mostTermUnits } from './field-terms.ts';
import { addressesIn } from './reply-text.ts';

/** Terms of addresses, as documents bear them and queries ask for them: both make them here. */

/** Deeper parts of a path and further links say nothing that anybody asks for. */
const mostSegments = 8;
const mostLinks = 50;

/** Host of a web address, without www.; null for anything else. */
export function hostOf(address: string): string | null {
  const parsed = parse(address);
  return parsed && bare(parsed.hostname);
}

/** Host of what a source's settings point to: the first address or host in them. */
export function sourceHost(settings: Record<string, unknown>): string | null {
  for (const value of Object.values(settings)) {
    if (typeof value !== 'string') continue;
    const host = hostOf(value) ?? (/^[^\s/@]+\.[a-z]{2,}$/i.test(value) ? hostOf(`https://${value}`) : null);
    if (host !== null) return host;
  }
  return null;
}

/** A host and each domain above it down to the one that somebody registered: `site:fora.gids.example`, `site:gids.example`. */
export function siteTerms(host: string): string[] {
  const known = sites.get(host);
  if (known) return known;
  const last = getDomain(host, { validateHostname: false }) ?? host;
  const terms: string[] = [];
  for (let part = bare(host.toLowerCase()); ; part = part.slice(part.indexOf('.') + 1)) {
    if (part.length <= mostTermUnits) terms.push(`site:${part}`);
    if (part.length <= last.length || !part.includes('.')) break;
  }
  if (sites.size >= mostSites) sites.clear();
  sites.set(host, terms);
  return terms;
}
/** The same hosts come again and again, and the public suffix list costs something to ask. */
const sites = new Map<string, string[]>();
const mostSites = 5_000;

/** The term that a query for a site asks for; null when it is no host. */
export function siteTerm(typed: string): string | null {
  const host = hostOf(withScheme(typed));
  return host === null || host.length > mostTermUnits ? null : `site:${host}`;
}

/** An address and everything it stands under: `link:krant.example`, `link:krant.example/sport`, … without scheme, www., query and case. */
export function addressTerms(field: 'url' | 'link', address: string): string[] {
  return prefixes(address).map((prefix) => `${field}:${prefix}`);
}

/** The term that a query for an address, or the beginning of one, asks for; null when it is no address. */
export function addressTerm(field: 'url' | 'link', typed: string): string | null {
  const last = prefixes(withScheme(typed)).at(-1);
  return last === undefined ? null : `${field}:${last}`;
}

/** Web addresses in a text: behind its links, and written out; each once, at most 50. */
export function linksIn(html: string | null, text: string): string[] {
  const found = new Set<string>();
  if (html?.includes('href')) {
    for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="(https?:[^"]*)"/gi)) {
      if (found.size >= mostLinks) break;
      found.add(href!.replaceAll('&amp;', '&'));
    }
  }
  if (text.includes('://')) {
    for (const { address } of addressesIn(text)) {
      if (found.size >= mostLinks) break;
      found.add(address);
    }
  }
  return [...found];
}

function prefixes(address: string): string[] {
  const parsed = parse(address);
  if (!parsed) return [];
  let prefix = bare(parsed.hostname) + (parsed.port === '' ? '' : `:${parsed.port}`);
  const all = prefix.length <= mostTermUnits ? [prefix] : [];
  for (const segment of parsed.pathname.toLowerCase().split('/').filter(Boolean).slice(0, mostSegments)) {
    prefix += `/${segment}`;
    if (prefix.length > mostTermUnits) break;
    all.push(prefix);
  }
  return all;
}

function parse(address: string): URL | null {
  const parsed = URL.parse(address);
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') || parsed.hostname === '') return null;
  return parsed;
}

const withScheme = (typed: string): string => (/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
const bare = (hostname: string): string => hostname.replace(/^www\.(?=[^.]+\.)/, '');
