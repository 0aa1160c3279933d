import { isIP } from 'node:net';
import type { Context } from 'hono';
import { isAllowedAddress, isLoopbackHost, type TrustedProxies } from '#platform/address.ts';
import type { Env } from './env.ts';

/** The address that a request came from on its last hop; `local` inside tests, where there is no socket. */
const peerOf = (c: Context<Env>) => c.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? 'local';

/**
 * Where a request comes from, for limits: the peer, or what a proxy of ours in front of us says about it. Such a proxy is on this machine or
 * named in the configuration, for anybody else writes into the header what they like; only its own word counts, the last of X-Forwarded-For.
 * Of an IPv6 address the first 64 bits: the rest is the client's to choose.
 */
export function placeOf(c: Context<Env>, proxies: TrustedProxies): string {
  const peer = peerOf(c);
  const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const address = isOurs(peer, proxies) && isIP(told) !== 0 ? told : peer;
  return isIP(address) === 6 ? network(address) : address;
}

/** Whether a request was made on this machine, and not by a proxy on behalf of somebody elsewhere. */
export function isFromHere(c: Context<Env>): boolean {
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some((name) =>
    c.req.header(name),
  );
  const peer = peerOf(c);
  return (peer === 'local' || isLoopbackHost(peer)) && !isForwarded;
}

const isOurs = (peer: string, proxies: TrustedProxies) =>
  isIP(peer) === 0 || isLoopbackHost(peer) || isAllowedAddress(proxies, peer);

function network(address: string): string {
  const groups = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split('::');
  const [head = '', tail] = groups;
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':');
}
