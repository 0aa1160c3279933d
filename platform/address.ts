import { BlockList, isIP } from 'node:net';

/**
 * Everything in the IANA IPv4 special-purpose registry (RFC 6890 and later), multicast, and one address that looks public
 * and is not. Ranges marked "globally reachable" there are refused as well: no site lives in them.
 */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure: the platform of the virtual machine itself
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * The special ranges inside 2000::/3. Outside it nothing is public: unspecified, loopback, mapped, NAT64 (64:ff9b::/96 and
 * 64:ff9b:1::/48), discard, unique local, link-local, site-local and multicast all fail the first question. Teredo and
 * ORCHID lie in 2001::/23, 6to4 is 2002::/16: whatever IPv4 address they carry, they are refused whole.
 */
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const ipv4Refused = blockList(specialIpv4);
const ipv6Global = blockList(['2000::/3']);
const ipv6Refused = blockList(specialIpv6);

function blockList(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) addRange(list, range);
  return list;
}

function addRange(list: BlockList, range: string): void {
  const [network, bits] = range.split('/') as [string, string];
  list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6');
}

/** Whether an address (no brackets) is global unicast, so that anyone may be asked for it. Anything unreadable is not. */
export function isPublicAddress(ip: string): boolean {
  const family = isIP(ip);
  if (family === 4) return !ipv4Refused.check(ip, 'ipv4');
  if (family !== 6 || ip.includes('%')) return false;
  return ipv6Global.check(ip, 'ipv6') && !ipv6Refused.check(ip, 'ipv6');
}

/** What FETCH_ALLOW names. `names`: `host` or `host:port` as a URL spells them, IPv6 in brackets. Families are kept apart
 * because one BlockList matches mapped addresses across them. */
export type FetchAllow = { names: ReadonlySet<string>; ipv4: BlockList; ipv6: BlockList; isEmpty: boolean };

/**
 * Reads FETCH_ALLOW: hosts, host:port, addresses and CIDR ranges, separated by commas or spaces. A name allows whatever it
 * resolves to, and only that name. Throws an Error naming every entry that is none of these.
 */
export function parseFetchAllow(text: string): FetchAllow {
  const names = new Set<string>();
  const ipv4 = new BlockList();
  const ipv6 = new BlockList();
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const wrong: string[] = [];
  for (const entry of entries) {
    try {
      const range = readRange(entry);
      if (range) addRange(range.family === 4 ? ipv4 : ipv6, `${range.network}/${range.bits}`);
      else names.add(readName(entry));
    } catch (error) {
      wrong.push((error as Error).message);
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { names, ipv4, ipv6, isEmpty: entries.length === 0 };
}

/** Addresses whose word counts on behalf of whom they pass on. */
export type TrustedProxies = Pick<FetchAllow, 'ipv4' | 'ipv6'>;

/**
 * Reads TRUSTED_PROXIES: addresses and CIDR ranges, separated by commas or spaces. Throws an Error naming every entry that is neither: what a name
 * resolves to is not for us to decide.
 */
export function parseProxies(text: string): TrustedProxies {
  const { names, ipv4, ipv6 } = parseFetchAllow(text);
  const wrong = [...names].map((name) => wrongEntry(name, 'an address or CIDR range is expected').message);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return { ipv4, ipv6 };
}

/** An address or CIDR range; null when the entry looks like a name. */
function readRange(entry: string): { network: string; bits: number; family: 4 | 6 } | null {
  const [network = '', bits, ...rest] = entry.replace(/^\[([^\]]*)\]$/, '$1').split('/');
  const family = isIP(network);
  if (family === 0 || network.includes('%')) {
    if (entry.includes('/')) throw wrongEntry(entry);
    return null;
  }
  const widest = family === 4 ? 32 : 128;
  const length = bits === undefined ? widest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (rest.length > 0 || !(length <= widest)) throw wrongEntry(entry);
  // A BlockList with a mapped range matches every IPv4 address.
  if (family === 6 && /^::ffff:/i.test(network)) throw wrongEntry(entry, 'write it as IPv4');
  return { network, bits: length, family: family as 4 | 6 };
}

function readName(entry: string): string {
  const [, host = entry, port] = /^(.*):(\d{1,5})$/.exec(entry) ?? [];
  const url = /^(\[[\da-f:.]+\]|[^\s:/?#@[\]\\*]+)$/i.test(host) ? URL.parse(`http://${host}/`) : null;
  if (!url || (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535))) throw wrongEntry(entry);
  const name = withoutDot(url.hostname);
  return port === undefined ? name : `${name}:${Number(port)}`;
}

function wrongEntry(entry: string, advice = 'a host, host:port, address or CIDR range is expected'): Error {
  return new Error(`"${entry.slice(0, 100)}" is not readable, ${advice}`);
}

/** A final dot makes a name absolute; it stays the same host. */
export const withoutDot = (hostname: string) => (hostname.endsWith('.') ? hostname.slice(0, -1) : hostname);

export const withoutBrackets = (hostname: string) => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname);

/** The port a URL means, also when it is not written. */
export const portOf = (url: URL) => (url.port !== '' ? Number(url.port) : url.protocol === 'https:' ? 443 : 80);

/** Names below localhost are loopback by definition (RFC 6761, 6.3) and are never asked of a resolver. */
export const isLocalhost = (hostname: string) => /^(.+\.)?localhost$/i.test(withoutDot(hostname));

export const loopback = ['127.0.0.1', '::1'];

/** Whether a name or an address, with or without brackets, can only be this machine. */
export function isLoopbackHost(host: string): boolean {
  const plain = withoutBrackets(host);
  return isLocalhost(plain) || plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Whether the operator named this host, or the range its literal address is in. */
export function isAllowedHost(allow: FetchAllow, hostname: string, port: number): boolean {
  if (allow.isEmpty) return false;
  return (
    isAllowedName(allow, hostname, port) || isAllowedAddress(allow, isLocalhost(hostname) ? '127.0.0.1' : hostname)
  );
}

/** Whether a name stands in FETCH_ALLOW itself: then it may resolve to anything. Compared whole, never by its ending. */
export function isAllowedName(allow: FetchAllow, hostname: string, port: number): boolean {
  const name = withoutDot(hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname);
  return allow.names.has(name) || allow.names.has(`${name}:${port}`);
}

/** Whether an address lies in a range the operator named. */
export function isAllowedAddress(allow: Pick<FetchAllow, 'ipv4' | 'ipv6'>, address: string): boolean {
  const ip = withoutBrackets(address);
  const family = isIP(ip);
  if (family === 4) return allow.ipv4.check(ip, 'ipv4');
  return family === 6 && !ip.includes('%') && allow.ipv6.check(ip, 'ipv6');
}

/** The ports on which sites are; FETCH_ALLOW lifts the limit for a host. */
const ports = new Set([80, 443, 8080, 8443]);

/**
 * Why an address may never be asked, whatever a name in it resolves to; null when it may. The guarded client asks it for
 * every hop, and whoever takes addresses in asks it beforehand.
 */
export function addressRefusal(url: URL, allow: FetchAllow): 'scheme' | 'port' | 'private-address' | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
  const { hostname } = url;
  const port = portOf(url);
  if (isAllowedHost(allow, hostname, port)) return null;
  if (!ports.has(port)) return 'port';
  const address = withoutBrackets(hostname);
  const known = isLocalhost(hostname) ? loopback : isIP(address) ? [address] : [];
  const isReachable = (ip: string) => isPublicAddress(ip) || isAllowedAddress(allow, ip);
  return known.length > 0 && !known.some(isReachable) ? 'private-address' : null;
}
