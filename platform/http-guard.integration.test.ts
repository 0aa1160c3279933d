import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildConnector } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HostileServer, startHostileServer } from '#test/hostile-server.ts';
import { spellingsOf } from '#test/hostile-server-addresses.ts';
import { type Sinks, startSinks } from '#test/hostile-server-sinks.ts';
import { isPublicAddress, parseFetchAllow, withoutBrackets } from './address.ts';
import { createHttp, HttpError } from './http.ts';
import type { Dial } from './http-connect.ts';

const corpus = join(
  process.env.CORPORA_DIR ?? join(import.meta.dirname, '../../shared/corpora'),
  'hostile/ssrf/patt-urls.tsv',
);
const publicAddress = '93.184.216.34';

let hostile: HostileServer;
let sinks: Sinks | null;
/** Addresses a socket would have been opened to, beside the hostile server itself. */
let dialled: string[] = [];

beforeAll(async () => {
  hostile = await startHostileServer();
  sinks = await startSinks();
});
afterAll(async () => {
  await hostile.close();
  await sinks?.close();
});
beforeEach(() => {
  dialled = [];
  sinks?.arrived.splice(0);
});

/** Names of the attacker's choice resolve to whatever their first label says (as nip.io does), all others are public. */
async function resolve(hostname: string): Promise<string[]> {
  const address = /^([\d-]+|v6-[\da-f-]+)\.rebind\.example\.?$/.exec(hostname)?.[1];
  if (address === undefined) return [publicAddress];
  return [address.startsWith('v6-') ? address.slice(3).replaceAll('-', ':') : address.replaceAll('-', '.')];
}

/**
 * Opens real sockets to this machine's loopback interface only (the hostile server and the sinks), so that no packet of a test
 * leaves it; whatever else the guard lets through is noted and refused.
 */
const dial: Dial = (lookup) => {
  const reallyDial = buildConnector({ allowH2: false, timeout: 500, lookup });
  return (target, callback) => {
    const note = (addresses: string[]) => {
      if (Number(target.port) !== hostile.port) dialled.push(...addresses);
      if (addresses.every((address) => isHere(address))) reallyDial(target, callback);
      else callback(new Error('not connected in a test'), null);
    };
    const hostname = withoutBrackets(target.hostname);
    if (/^[\d.]+$|:/.test(hostname)) return note([hostname]);
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) callback(error, null);
      else note((addresses as { address: string }[]).map(({ address }) => address));
    });
  };
};
const isHere = (address: string) => address.startsWith('127.') || Boolean(sinks?.addresses.includes(address));

function guarded(allow = '') {
  return createHttp({
    contact: 'https://buitenwacht.example/contact',
    version: 'test',
    allow: parseFetchAllow(`127.0.0.1:${hostile.port} ${allow}`),
    times: { connectMs: 500, headersMs: 800, idleMs: 500, totalMs: 1_500 },
    network: { resolve, dial },
  });
}

/** What came of asking for an address directly, and by a redirect of a server that may be asked. */
async function throughBothDoors(addresses: string[], allow = ''): Promise<Map<string, string[]>> {
  const http = guarded(allow);
  const outcomes = new Map<string, string[]>();
  for (let from = 0; from < addresses.length; from += 20) {
    await Promise.all(
      addresses.slice(from, from + 20).map(async (address) => {
        const doors = [address, hostile.url('302', encodeURIComponent(address))].map((url) =>
          http.request({ url }).then(
            (answer) => `${answer.status} ${answer.url}`,
            (error) => (error instanceof HttpError ? error.reason : String(error)),
          ),
        );
        outcomes.set(address, await Promise.all(doors));
      }),
    );
  }
  await http.close();
  return outcomes;
}

const hasSinks = () => sinks !== null && sinks.addresses.length > 0;
const packets = () => ({
  arrived: sinks?.arrived ?? [],
  dialled: dialled.filter((address) => !isPublicAddress(address)),
});
const none = { arrived: [], dialled: [] };

/** Every spelling of every sink, names that resolve to it, and its place behind user info. */
function formsOf(address: string, port: number): string[] {
  const names = address.includes(':')
    ? [`[${address}]`, `[${address.toUpperCase()}]`, `v6-${address.replaceAll(':', '-')}.rebind.example`]
    : [...spellingsOf(address).map(({ host }) => host), `${address.replaceAll('.', '-')}.rebind.example`];
  return names.flatMap((host) => [`http://${host}:${port}/`, `http://public.example@${host}:${port}/`]);
}
const localNames = (port: number) =>
  ['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ', 'loc%61lhost', '0', '0x0', '[::]', '127.1'].map(
    (host) => `http://${host}:${port}/`,
  );

test('no packet reaches a sink by any spelling, asked or redirected to (A1)', async (context) => {
  if (!hasSinks())
    return context.skip('no special address can be listened on here (ports 8443, 8080, 443 and 80 are taken)');
  const forms = [...sinks!.addresses.flatMap((address) => formsOf(address, sinks!.port)), ...localNames(sinks!.port)];
  expect(forms.length).toBeGreaterThanOrEqual(120);
  const outcomes = await throughBothDoors(forms);
  expect(packets()).toEqual(none);
  const answered = [...outcomes].filter(([, doors]) => doors.some((outcome) => /^\d/.test(outcome)));
  expect(answered).toEqual([]);
});

test('the sinks hear what is allowed: they would have heard the rest', async (context) => {
  if (!hasSinks())
    return context.skip('no special address can be listened on here (ports 8443, 8080, 443 and 80 are taken)');
  const plain = sinks!.addresses.map(
    (address) => `http://${address.includes(':') ? `[${address}]` : address}:${sinks!.port}/`,
  );
  const outcomes = await throughBothDoors(plain, sinks!.addresses.join(' '));
  expect([...outcomes.values()].flat().filter((outcome) => !outcome.startsWith('200'))).toEqual([]);
  expect(new Set(sinks!.arrived)).toEqual(new Set(sinks!.addresses));
});

test.skipIf(!existsSync(corpus))('every address of the SSRF corpus is refused before a socket opens (A1)', async () => {
  const lines = readFileSync(corpus, 'utf8').trim().split('\n').slice(1);
  const attacks = lines.map((line) => line.split('\t')).filter(([kind]) => kind !== 'external');
  expect(attacks.length).toBeGreaterThan(140);
  // Names inside someone's network answer from inside it.
  const inside = /^(localhost|ip6-|instance-data|metadata|rancher-metadata|foo|169\.254\.169\.254\.nip\.io)/;
  const http = createHttp({
    contact: 'https://buitenwacht.example/contact',
    version: 'test',
    allow: parseFetchAllow(`127.0.0.1:${hostile.port}`),
    network: { resolve: async (name) => [inside.test(name) ? '169.254.169.254' : publicAddress], dial },
  });
  const passed: string[] = [];
  for (const [, , , url = ''] of attacks) {
    for (const door of [url, hostile.url('302', encodeURIComponent(url))]) {
      const before = dialled.length;
      await http.request({ url: door }).catch(() => undefined);
      if (dialled.length > before) passed.push(url);
    }
  }
  await http.close();
  expect(passed).toEqual([]);
});

test('200 public addresses are asked: none is refused by mistake (A1)', async () => {
  const hosts = Array.from({ length: 40 }, (_, i) => [
    `${5 + i * 2}.77.${i}.9`,
    `[2a00:${i}::1]`,
    `site${i}.example`,
    `bücher${i}.example`,
    `WWW.Site${i}.example.`,
  ]);
  const addresses = hosts
    .flat()
    .map((host, i) => `http${i % 2 ? 's' : ''}://${host}${['', ':8080', ':8443'][i % 3]}/feed`);
  expect(addresses).toHaveLength(200);
  const http = guarded();
  const outcomes = await Promise.all(
    addresses.map((url) => http.request({ url }).catch((error: HttpError) => error.reason)),
  );
  await http.close();
  // "connect" is the test's own dial, which goes no further.
  expect(outcomes.filter((outcome) => outcome !== 'connect')).toEqual([]);
  expect(dialled).toHaveLength(200);
});

test('what looks like one host to some parser and like another to ours goes only to the one we checked (A2)', async () => {
  const inner = [
    '127.0.0.1:8080',
    '169.254.169.254',
    'localhost:8080',
    '[::1]:8080',
    '0x7f000001',
    '10-0-0-1.rebind.example',
  ];
  const glue = [
    '\\@',
    '@',
    '#@',
    '?@',
    '/@',
    '%40',
    '%23@',
    '\\',
    '%5c',
    '%2f',
    '//',
    ':80@',
    ':80\\@',
    '\t',
    '\r\n',
    '%0d%0a',
    ' ',
    ';',
    ',',
    '%00',
    '。',
    '..',
    '.',
    '&@',
    ':@',
    '[',
    '%252f',
    '\u2028',
    '\u00ad',
    '#',
  ];
  const scheme = [
    'http://',
    'https://',
    'HTTP://',
    'http:/',
    'http:',
    'http:\\\\',
    '//',
    'ht\ttp://',
    ' http://',
    'file://',
    'gopher://',
    'jar:http://',
    'data:http://',
    'javascript://',
    'http://http://',
    'ftp://',
    'ws://',
    'blob:http://',
  ];
  const form = fc.tuple(
    fc.constantFrom(...scheme),
    fc.constantFrom('public.example', 'public.example:80', 'user:pass', ''),
    fc.constantFrom(...glue),
    fc.constantFrom(...inner),
    fc.constantFrom('', '/', '/@public.example', '#@public.example', '?x=public.example', '.public.example', ':80'),
    fc.boolean(),
  );
  const forms = fc
    .sample(form, { numRuns: process.env.FULL ? 20_000 : 600, seed: 3 })
    .map(
      ([start, outer, between, secret, tail, swapped]) =>
        start + (swapped ? secret + between + outer : outer + between + secret) + tail,
    );
  await throughBothDoors([...new Set(forms)]);
  expect(packets()).toEqual(none);
  expect(dialled.length).toBeGreaterThan(0);
});

test('schemes, ports and user info that are not fetched are refused by a word for each (A2)', async () => {
  const reasons: [string, string][] = [
    ['file:///etc/passwd', 'scheme'],
    ['gopher://public.example:80/_x', 'scheme'],
    ['ftp://public.example/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://public.example:22/', 'port'],
    ['https://public.example:6379/', 'port'],
    ['http://public.example:0/', 'port'],
    ['http://user:secret@public.example/', 'invalid-url'],
    ['http://public.example:99999/', 'invalid-url'],
    ['http://', 'invalid-url'],
    ['http://[::1', 'invalid-url'],
    ['', 'invalid-url'],
  ];
  const http = guarded();
  for (const [url, reason] of reasons) {
    await expect(http.request({ url }), url).rejects.toMatchObject({ reason });
    const door = hostile.url('302', encodeURIComponent(url));
    if (url !== '') await expect(http.request({ url: door }), `redirect to ${url}`).rejects.toMatchObject({ reason });
  }
  await http.close();
  expect(dialled).toEqual([]);
});

test('redirects of every kind never reach a sink, whatever stands before it (A3)', async (context) => {
  if (!hasSinks())
    return context.skip('no special address can be listened on here (ports 8443, 8080, 443 and 80 are taken)');
  const targets = sinks!.addresses.map(
    (address) => `http://${address.includes(':') ? `[${address}]` : address}:${sinks!.port}/`,
  );
  const http = guarded();
  const attempts = targets.flatMap((target) => {
    const to = encodeURIComponent(target);
    const twice = encodeURIComponent(hostile.url('302', to));
    return [
      ...['301', '302', '303', '307', '308'].map((status) => ({ url: hostile.url(status, to) })),
      { url: hostile.url('301', twice) },
      { url: hostile.url('307', to), method: 'POST' as const, body: 'secret=1' },
      { url: hostile.url('redirect-with-endless-body', to) },
      { url: hostile.url('refresh', to) },
      { url: hostile.url('302', encodeURIComponent(target.replace('http://', '//'))) },
      { url: hostile.url('302', encodeURIComponent(target.replace('http://', 'http:\\\\'))) },
      { url: hostile.url('302', encodeURIComponent(`${target.replace('/', '\t/')}`)) },
    ];
  });
  await Promise.allSettled(attempts.map((request) => http.request(request)));
  await http.close();
  expect(attempts.length).toBeGreaterThanOrEqual(60);
  expect(packets()).toEqual(none);
});

test('a server that may be asked cannot answer for a public name that moved to a private address', async () => {
  const http = guarded();
  const url = hostile.url('302', encodeURIComponent('http://127-0-0-1.rebind.example:8080/'));
  await expect(http.request({ url })).rejects.toMatchObject({ reason: 'private-address' });
  await http.close();
});
