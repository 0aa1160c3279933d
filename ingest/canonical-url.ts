/** sources.md 2.6; Miniflux's list is its base. */
const trackerPrefixes = /^(?:utm_|mtm_|pk_|piwik_|hsa_|oly_)/;
const trackers = new Set(
  `fbclid gclid dclid gbraid wbraid gclsrc srsltid msclkid twclid yclid ysclid igshid si ref_src mc_cid mc_eid mc_tc _hsenc
  _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id vero_conv sc_cid _bhlid wickedid _openstat oc xtor cmpid wt_mc
  ns_campaign ns_source ns_mchannel ns_fee`.split(/\s+/),
);
const maxUrlLength = 4_000;

/** Fragments that name a place of their own: hash-bang pages and single comments or posts. */
const meaningfulFragment = /^#(?:!|(?:comment-|c|post-)\d+$)/;
const unreserved = /[A-Za-z0-9\-._~]/;

/**
 * The address of a page as everyone would write it (sources.md 2.6): http and https only, without user info, default
 * port, meaningless fragment and trackers. What is left of the query keeps its order and its bytes, so an address with
 * nothing to remove comes back as it was. null for anything that is no absolute web address.
 */
export function canonicalUrl(url: string, sourceHostname?: string | null): string | null {
  const parsed = parseWebAddress(url);
  if (!parsed) return null;
  const hash = meaningfulFragment.test(parsed.hash) ? parsed.hash : '';
  return addressOf(parsed, withoutTrackers(parsed, sourceHostname ?? null), hash);
}

/** A link inside a text: absolute and without trackers; keeps its fragment, which is where the author points. */
export function cleanLink(url: string, base?: string | null): string | null {
  const parsed = parseWebAddress(url, base);
  return parsed && addressOf(parsed, withoutTrackers(parsed, null), parsed.hash);
}

/** Address of a file, absolute and otherwise untouched: media hosts sign their query strings. */
export function mediaUrl(url: string, base?: string | null): string | null {
  const parsed = parseWebAddress(url, base);
  return parsed && `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search}`;
}

function parseWebAddress(url: string, base?: string | null): URL | null {
  if (url.length > maxUrlLength) return null;
  const parsed = base ? URL.parse(url, base) : URL.parse(url);
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') || parsed.hostname === '') return null;
  return parsed.href.length > maxUrlLength ? null : parsed;
}

/** Puts an address together again, leaving out user info. */
function addressOf(parsed: URL, query: string, hash: string): string {
  return `${parsed.protocol}//${parsed.host}${evenEncoding(parsed.pathname)}${query}${hash}`;
}

/** RFC 3986 6.2.2: upper-case hex, unreserved characters written out. Equivalent by definition, so always done. */
function evenEncoding(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%[0-9a-fA-F]{2}/g, (encoded) => {
    const char = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return unreserved.test(char) ? char : encoded.toUpperCase();
  });
}

function withoutTrackers(parsed: URL, sourceHostname: string | null): string {
  const search = evenEncoding(parsed.search);
  if (search === '') return '';
  const pairs = search.slice(1).split('&');
  const kept = pairs.filter((pair) => {
    const name = nameOf(pair);
    if (name === 'ref') return !isOwnHost(pair.slice(4).toLowerCase(), parsed.hostname, sourceHostname);
    return !trackers.has(name) && !trackerPrefixes.test(name);
  });
  if (kept.length === pairs.length) return search;
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** A bare `ref` breaks real links; only one that names the feed's or the site's own host is a tracker. */
function isOwnHost(ref: string, hostname: string, sourceHostname: string | null): boolean {
  const bare = bareHostname(ref);
  return bare === bareHostname(hostname) || (sourceHostname !== null && bare === bareHostname(sourceHostname));
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=');
  return (end < 0 ? pair : pair.slice(0, end)).toLowerCase();
}

/** Hostname without the prefixes under which the same page is served again; `m.nl` itself stays. */
export function bareHostname(hostname: string): string {
  return hostname.replace(/^(?:(?:www|m|amp)\.(?=[^.]+\.[^.]))+/, '');
}

/**
 * Folded form of a canonical address under which copies of a page meet: no scheme, no www./m./amp., no slash at the end
 * (`/a` and `/a/` are one page on any server that has both). null for the root of a site, which says nothing about
 * sameness (design section 8).
 */
export function urlKeyOf(canonical: string): string | null {
  const parsed = parseWebAddress(canonical);
  if (!parsed) return null;
  const path = parsed.pathname.replace(/\/$/, '');
  if (path === '' && parsed.search === '' && parsed.hash === '') return null;
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  return `${bareHostname(parsed.hostname)}${port}${path}${parsed.search}${parsed.hash}`;
}
