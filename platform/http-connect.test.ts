import type { LookupAddress } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseFetchAllow } from './address.ts';
import { guardedConnector } from './http-connect.ts';

const publicAddress = '93.184.216.34';
const attempts = process.env.FULL ? 100_000 : 10_000;

/** Stands where the socket would be opened: asks for the addresses as net.connect does, notes them, opens nothing. */
function recordingDial(dialled: string[], remoteAddress?: string) {
  return (lookup: LookupFunction): buildConnector.connector =>
    ({ hostname }, callback) => {
      const reached = (error: Error | null, found: string | LookupAddress[]) => {
        if (error) return callback(error, null);
        const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
        dialled.push(...addresses);
        callback(null, { remoteAddress: remoteAddress ?? addresses[0], destroy() {} } as Socket);
      };
      if (/^[\d.]+$|:/.test(hostname)) reached(null, hostname);
      else lookup(hostname, { all: true }, reached as Parameters<LookupFunction>[2]);
    };
}

function connectWith(options: {
  answers: (nth: number) => string[] | Promise<string[]>;
  remote?: string;
  allow?: string;
}) {
  const dialled: string[] = [];
  let asked = 0;
  const connector = guardedConnector({
    allow: parseFetchAllow(options.allow ?? ''),
    connectMs: 1_000,
    resolve: async () => options.answers(asked++),
    dial: recordingDial(dialled, options.remote),
  });
  const connect = (hostname: string, port = '80') =>
    new Promise<string>((resolve) => {
      connector({ hostname, protocol: 'http:', port }, (...[error]) =>
        resolve(error === null ? 'connected' : ((error as { reason?: string }).reason ?? 'other')),
      );
    });
  return { connect, dialled, asked: () => asked };
}

describe('DNS rebinding (A3)', () => {
  test(`${attempts} attempts with names that change their mind never dial a private address`, async () => {
    const secrets = ['127.0.0.1', '169.254.169.254', '10.0.0.1', '::1', 'fd00:ec2::254', '::ffff:127.0.0.1', '0.0.0.0'];
    const { connect, dialled } = connectWith({
      // Public, then private, then both in both orders.
      answers: (nth) => {
        const secret = secrets[nth % secrets.length]!;
        return [[publicAddress], [secret], [publicAddress, secret], [secret, publicAddress]][nth % 4]!;
      },
    });
    const outcomes = new Map<string, number>();
    for (let done = 0; done < attempts; done += 500) {
      const batch = await Promise.all(
        Array.from({ length: 500 }, (_, i) => connect(`rebind${(done + i) % 100}.example`)),
      );
      for (const outcome of batch) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(dialled.filter((address) => !isPublicAddress(address))).toEqual([]);
    expect(Object.fromEntries(outcomes)).toEqual({ connected: attempts / 4, 'private-address': (attempts * 3) / 4 });
  });

  test('the addresses that were checked are the ones dialled: the name is asked once per connection', async () => {
    const { connect, dialled, asked } = connectWith({ answers: (nth) => [nth === 0 ? publicAddress : '127.0.0.1'] });
    expect(await connect('once.example')).toBe('connected');
    expect(asked()).toBe(1);
    expect(dialled).toEqual([publicAddress]);
  });

  test('one private address among 1,000 refuses the name; of 1,000 public ones a few are tried', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) => `93.184.${i >> 8}.${i & 255}`);
    const mixed = connectWith({ answers: () => [...many.slice(0, 999), '10.0.0.1'] });
    expect(await mixed.connect('many.example')).toBe('private-address');
    expect(mixed.dialled).toEqual([]);
    const good = connectWith({ answers: () => many });
    expect(await good.connect('many.example')).toBe('connected');
    expect(good.dialled.length).toBeLessThanOrEqual(6);
  });

  test('a socket that is connected to something else is closed again', async () => {
    const { connect } = connectWith({ answers: () => [publicAddress], remote: '127.0.0.1' });
    expect(await connect('elsewhere.example')).toBe('private-address');
  });

  test('no answer, an empty answer and nonsense are errors, not connections', async () => {
    const empty = connectWith({ answers: () => [] });
    expect(await empty.connect('empty.example')).toBe('dns');
    const nonsense = connectWith({ answers: () => ['not an address'] });
    expect(await nonsense.connect('nonsense.example')).toBe('private-address');
    const failing = connectWith({ answers: () => Promise.reject(new Error('SERVFAIL')) });
    expect(await failing.connect('failing.example')).toBe('other');
    expect([...empty.dialled, ...nonsense.dialled, ...failing.dialled]).toEqual([]);
  });
});

test('a literal address is checked although no name is looked up', async () => {
  const { connect, dialled } = connectWith({ answers: () => [publicAddress] });
  for (const address of ['127.0.0.1', '::1', '169.254.169.254', '::ffff:7f00:1']) {
    expect(await connect(address), address).toBe('private-address');
  }
  expect(dialled).toEqual([]);
  expect(await connect(publicAddress)).toBe('connected');
});

test('localhost is never asked of a resolver and stays refused unless loopback is allowed', async () => {
  const closed = connectWith({ answers: () => [publicAddress] });
  expect(await closed.connect('localhost')).toBe('private-address');
  expect(await closed.connect('a.localhost')).toBe('private-address');
  const open = connectWith({ answers: () => [publicAddress], allow: '127.0.0.0/8' });
  expect(await open.connect('localhost')).toBe('connected');
  expect(open.dialled).toEqual(['127.0.0.1']);
  expect(closed.asked() + open.asked()).toBe(0);
});

test('a range of FETCH_ALLOW lifts the address rule for names, and only inside it', async () => {
  const inside = connectWith({ answers: () => ['10.1.2.3'], allow: '10.1.0.0/16' });
  expect(await inside.connect('intranet.example')).toBe('connected');
  const outside = connectWith({ answers: () => ['10.1.2.3', '10.2.0.1'], allow: '10.1.0.0/16' });
  expect(await outside.connect('intranet.example')).toBe('private-address');
});
