import fc from 'fast-check';
import { expect, test } from 'vitest';
import { specialRanges, spellingsOf } from '#test/hostile-server-addresses.ts';
import {
  addressRefusal,
  isAllowedAddress,
  isAllowedHost,
  isPublicAddress,
  parseFetchAllow,
  withoutBrackets,
} from './address.ts';

test('no address of a special range is public: first, middle and last of each (A1)', () => {
  expect(specialRanges.length).toBeGreaterThanOrEqual(39);
  const accepted = specialRanges.flatMap(({ range, addresses }) =>
    addresses.filter((address) => isPublicAddress(address)).map((address) => `${range}: ${address}`),
  );
  expect(accepted).toEqual([]);
});

test('no spelling of a special IPv4 address becomes public once it is a URL (A1)', () => {
  const targets = specialRanges.flatMap(({ addresses }) => addresses).filter((address) => !address.includes(':'));
  let read = 0;
  const accepted = targets.flatMap((target) =>
    spellingsOf(target).filter(({ host }) => {
      const url = URL.parse(`http://${host}/`);
      if (url) read++;
      return url && isPublicAddress(withoutBrackets(url.hostname));
    }),
  );
  expect(accepted).toEqual([]);
  expect(read).toBeGreaterThan(1_000);
});

test('an IPv4 address inside an IPv6 one is not public, whichever it is', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const carried = spellingsOf(address).filter(({ host }) => host.startsWith('['));
      return carried.every(
        ({ host }) => !isPublicAddress(withoutBrackets(URL.parse(`http://${host}/`)?.hostname ?? '')),
      );
    }),
    { numRuns: 500 },
  );
});

test('200 public addresses are not refused, right beside the special ranges too (A1)', () => {
  const edges = [
    ...['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0'],
    ...['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '191.255.255.255', '192.0.1.0', '192.0.3.0'],
    ...['192.88.98.255', '192.88.100.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
    ...['198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0', '223.255.255.255', '168.63.129.15'],
    ...['2001:200::1', '2001:4860:4860::8888', '2606:4700::1111', '2a00:1450:400e::200e', '2003::1', '3ffe::1'],
    ...['2001:db7:ffff::1', '2001:db9::1', '2620:4f:7fff::1', '2620:4f:8001::1', '3fff:1000::1', '2400::1'],
  ];
  // A walk over the public space that is the same on every run.
  const walk = Array.from(
    { length: 240 },
    (_, i) => `${[5, 23, 46, 62, 77, 81, 94, 145, 185, 213][i % 10]}.${i}.7.${i}`,
  );
  const forms = [...edges, ...walk];
  expect(forms.length).toBeGreaterThanOrEqual(200);
  expect(forms.filter((address) => !isPublicAddress(address))).toEqual([]);
});

test('what is no address is not public', () => {
  for (const text of [
    '',
    'localhost',
    '8.8.8',
    '[2606:4700::1111]',
    '2606:4700::1111%eth0',
    '1.1.1.1/32',
    ' 1.1.1.1',
  ]) {
    expect(isPublicAddress(text), text).toBe(false);
  }
});

test('FETCH_ALLOW lifts the rules for exactly what it names', () => {
  const allow = parseFetchAllow(
    'intranet.example, wiki.example:8000 10.1.0.0/16\n127.0.0.1:3000,[::1]:3000 fd00::/8 [fe80::7]',
  );
  const allowed = (url: string) => {
    const { hostname, port } = new URL(url);
    return isAllowedHost(allow, hostname, Number(port || 80));
  };
  for (const url of [
    'http://intranet.example/',
    'http://INTRANET.example.:99/',
    'http://wiki.example:8000/',
    'http://10.1.255.1:22/',
    'http://0x0a010001/',
    'http://127.0.0.1:3000/',
    'http://[0:0:0:0:0:0:0:1]:3000/',
    'http://[fdff::1]/',
    'http://[fe80::7]/',
  ]) {
    expect(allowed(url), url).toBe(true);
  }
  for (const url of [
    'http://sub.intranet.example/',
    'http://notintranet.example/',
    'http://intranet.example.evil.example/',
    'http://wiki.example/',
    'http://10.2.0.1/',
    'http://127.0.0.1/',
    'http://127.0.0.1:3001/',
    'http://localhost:3000/',
    'http://[::ffff:10.1.0.1]/',
    'http://[fe80::8]/',
  ]) {
    expect(allowed(url), url).toBe(false);
  }
});

test('a range of FETCH_ALLOW counts for what a name resolves to, and for localhost', () => {
  const allow = parseFetchAllow('127.0.0.0/8');
  expect(isAllowedAddress(allow, '127.9.9.9')).toBe(true);
  expect(isAllowedAddress(allow, '::1')).toBe(false);
  expect(isAllowedHost(allow, 'localhost', 1234)).toBe(true);
  expect(isAllowedHost(allow, 'feeds.localhost.', 1234)).toBe(true);
  expect(isAllowedHost(allow, 'localhost.example', 1234)).toBe(false);
});

test('an empty FETCH_ALLOW allows nothing', () => {
  for (const text of ['', '  ', ' , ,\n']) {
    const allow = parseFetchAllow(text);
    expect(allow.isEmpty).toBe(true);
    expect(isAllowedHost(allow, '127.0.0.1', 80)).toBe(false);
  }
});

test('a mistake in FETCH_ALLOW is named', () => {
  const wrong = [
    ...['http://a.example', 'a.example/path', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/8/8', '10.0.0.0/x', '::/129'],
    ...[
      'user@host',
      '*.example',
      'a.example:0',
      'a.example:65536',
      'a.example:x',
      '[::1',
      'fe80::1%lo',
      '::ffff:0:0/96',
    ],
    ...['300.1.1.1', '10.0.0.0/', '/8', ':80'],
  ];
  for (const entry of wrong) expect(() => parseFetchAllow(`ok.example ${entry}`), entry).toThrow(`"${entry}"`);
});

test.each([
  ['ftp://a.example/', 'scheme'],
  ['https://a.example:9200/', 'port'],
  ['http://192.168.1.1/', 'private-address'],
  ['http://[::1]/', 'private-address'],
  ['http://localhost/', 'private-address'],
  ['https://a.example/', null],
  ['https://10.1.2.3:4711/', null],
])('%s is refused beforehand: %s', (address, reason) => {
  expect(addressRefusal(new URL(address), parseFetchAllow('10.0.0.0/8'))).toBe(reason);
});
