import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { parseProxies } from '#platform/address.ts';
import { isFromHere, placeOf } from './client-place.ts';
import type { Env } from './env.ts';

const proxies = parseProxies('10.0.0.2, 2001:db8:7::/64');
const app = new Hono<Env>().get('/', (c) => c.json([placeOf(c, proxies), isFromHere(c)]));
async function seen(remoteAddress: string, headers: Record<string, string> = {}): Promise<[string, boolean]> {
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } } as never);
  return (await answer.json()) as [string, boolean];
}

test.each<[string, Record<string, string>, string, boolean]>([
  ['185.12.34.56', {}, '185.12.34.56', false],
  ['::ffff:185.12.34.56', {}, '185.12.34.56', false],
  ['127.0.0.1', {}, '127.0.0.1', true],
  ['::ffff:127.0.0.1', {}, '127.0.0.1', true],
  ['::1', {}, '0:0:0:0', true],
  ['192.168.1.4', {}, '192.168.1.4', false],
  // Whoever comes from the public network writes into this header what they like.
  ['185.12.34.56', { 'x-forwarded-for': '198.51.100.1' }, '185.12.34.56', false],
  // Behind a proxy of ours its own word, the last, counts.
  ['127.0.0.1', { 'x-forwarded-for': '198.51.100.1' }, '198.51.100.1', false],
  ['10.0.0.2', { 'x-forwarded-for': '1.1.1.1, 198.51.100.1' }, '198.51.100.1', false],
  ['10.0.0.2', { 'x-forwarded-for': 'somewhere' }, '10.0.0.2', false],
  ['::1', { 'x-forwarded-for': '198.51.100.1' }, '198.51.100.1', false],
  ['2001:db8:7::1', { 'x-forwarded-for': '198.51.100.1' }, '198.51.100.1', false],
  // Being in a private network makes nobody a proxy: a colleague's machine is there too.
  ['10.0.0.3', { 'x-forwarded-for': '198.51.100.1' }, '10.0.0.3', false],
  ['192.168.1.4', { 'x-forwarded-for': '198.51.100.1' }, '192.168.1.4', false],
  ['127.0.0.1', { forwarded: 'for=198.51.100.1' }, '127.0.0.1', false],
  // Whoever has one IPv6 address has 2^64 of them.
  ['2001:db8:1:2:3:4:5:6', {}, '2001:db8:1:2', false],
  ['2001:db8::9', {}, '2001:db8:0:0', false],
  ['fe80::1%eth0', {}, 'fe80:0:0:0', false],
])('a request from %s with %o comes from %s', async (peer, headers, place, isHere) => {
  expect(await seen(peer, headers)).toEqual([place, isHere]);
});
