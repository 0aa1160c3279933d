import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const read = (given: Record<string, string>, options = { demo: false }) => readConfig(given, options);
function mistakes(
  given: Record<string, string>,
  options: Parameters<typeof readConfig>[1] = { demo: false },
): string[] {
  try {
    readConfig(given, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  test('needs nothing: loopback, own database in ./data, nothing private may be fetched', () => {
    expect(read({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      dataDir: resolve('data'),
      databaseUrl: null,
      logLevel: 'info',
      contact: null,
      fetchAllow: { isEmpty: true },
    });
  });

  test('the demo keeps its data apart unless told where', () => {
    expect(read({}, { demo: true }).dataDir).toBe(resolve('data/demo'));
    expect(read({ DATA_DIR: '/srv/bw' }, { demo: true }).dataDir).toBe('/srv/bw');
  });

  test('an empty variable counts as absent', () => {
    expect(read({ PORT: '', HOST: ' ', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test('reports every mistake at once by name, value and what is allowed', () => {
    const found = mistakes({
      PORT: '70000',
      HOST: 'example.nl',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'example.nl/wacht',
      DATABASE_URL: 'mysql://x',
      CONTACT: 'me\r\nX-Evil: 1',
      REDIS_URL: 'http://:secret@localhost',
      ELASTICSEARCH_URL: 'localhost:9200',
      ELASTICSEARCH_INDEX: 'Buitenwacht*',
      FETCH_ALLOW: 'example.nl, http://a/b',
      TRUSTED_PROXIES: 'proxy.example.nl',
    });
    expect(found).toHaveLength(11);
    expect(found).toContain('PORT is "70000": allowed is a whole number from 0 (any free one) to 65535.');
    expect(found).toContain(
      'HOST is "example.nl": allowed is localhost, or an address to listen on such as 127.0.0.1, 0.0.0.0 or ::.',
    );
    expect(found).toContain(
      'REDIS_URL is "http://localhost/": allowed is redis://user:password@host:6379/0, or rediss:// for TLS.',
    );
  });

  test('every wrong entry of FETCH_ALLOW is named, the variable once', () => {
    expect(mistakes({ FETCH_ALLOW: 'example.nl, http://a/b, 10.0.0.0/99' })).toEqual([
      'FETCH_ALLOW is "example.nl, http://a/b, 10.0.0.0/99": "http://a/b" is not readable, a host, host:port, address or CIDR range is expected; "10.0.0.0/99" is not readable, a host, host:port, address or CIDR range is expected.',
    ]);
  });

  test('TRUSTED_PROXIES takes addresses and ranges, and no names', () => {
    expect(mistakes({ TRUSTED_PROXIES: '10.0.0.2, proxy.example.nl, 10.0.0.0/99' })).toEqual([
      'TRUSTED_PROXIES is "10.0.0.2, proxy.example.nl, 10.0.0.0/99": "10.0.0.0/99" is not readable, a host, host:port, address or CIDR range is expected.',
    ]);
    expect(mistakes({ TRUSTED_PROXIES: 'proxy.example.nl' })).toEqual([
      'TRUSTED_PROXIES is "proxy.example.nl": "proxy.example.nl" is not readable, an address or CIDR range is expected.',
    ]);
    const { ipv4 } = read({ TRUSTED_PROXIES: '172.16.0.0/12' }).trustedProxies;
    expect([ipv4.check('172.18.0.1'), ipv4.check('10.0.0.1')]).toEqual([true, false]);
  });

  test.each(['redis://cache', 'redis://:a%40b@10.0.0.5:6390/2', 'rediss://me:secret@cache.example.nl:6379'])(
    'REDIS_URL %s is understood',
    (REDIS_URL) => {
      expect(read({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
    },
  );

  test.each([
    'cache:6379',
    'redis://',
    'redis:///0',
    'redis://cache/queue',
    'redis://cache/0?family=6',
    'unix:/run/redis',
  ])('REDIS_URL %s is refused', (REDIS_URL) => {
    expect(mistakes({ REDIS_URL })).toHaveLength(1);
  });

  test.each(['http://search:9200', 'https://me:s%2Fecret@search.example.nl/under', 'http://[::1]:9200'])(
    'ELASTICSEARCH_URL %s is understood',
    (ELASTICSEARCH_URL) => {
      expect(read({ ELASTICSEARCH_URL }).elasticsearchUrl).toBe(ELASTICSEARCH_URL);
    },
  );

  test.each(['search:9200', 'http://search:9200/?pretty', 'http://', 'ftp://search', 'http://me:50%@search'])(
    'ELASTICSEARCH_URL %s is refused',
    (ELASTICSEARCH_URL) => {
      expect(mistakes({ ELASTICSEARCH_URL })).toHaveLength(1);
    },
  );

  test('a password in ELASTICSEARCH_URL is not shown', () => {
    expect(mistakes({ ELASTICSEARCH_URL: 'http://me:verysecret@search/?x' }).join()).not.toContain('verysecret');
  });

  test.each(['Upper', '*', 'a,b', '-a', '_all', 'a.b', 'a'.repeat(61)])(
    'ELASTICSEARCH_INDEX %s is refused',
    (ELASTICSEARCH_INDEX) => {
      expect(mistakes({ ELASTICSEARCH_INDEX })).toHaveLength(1);
    },
  );

  test.each(['-1', '1e3', '0x50', '3000.5', 'three', '65536'])('PORT %s is refused', (PORT) => {
    expect(mistakes({ PORT })).toHaveLength(1);
  });

  test.each(['localhost', '127.0.0.1', '127.8.8.8', '::1', '::', '0.0.0.0', '192.168.1.2'])(
    'HOST %s may be served',
    (HOST) => {
      expect(read({ HOST }).host).toBe(HOST);
    },
  );

  test.each(['127.evil.example', 'example.nl', '10.0.0', '10.0.0.1:80', '*'])('HOST %s is refused', (HOST) => {
    expect(mistakes({ HOST })).toHaveLength(1);
  });

  test('days are counted in the zone of the Netherlands unless told otherwise', () => {
    expect(read({}).timeZone).toBe('Europe/Amsterdam');
    expect(read({ TIME_ZONE: 'Europe/London' }).timeZone).toBe('Europe/London');
    for (const TIME_ZONE of ['Midden-Nederland', '+02:00'])
      expect(mistakes({ TIME_ZONE })).toEqual([
        `TIME_ZONE is "${TIME_ZONE}": allowed is a name such as Europe/Amsterdam.`,
      ]);
  });

  test('a password in an address is not repeated in the mistake', () => {
    const [mistake] = mistakes({ DATABASE_URL: 'mysql://ann:hunter2@db/x?password=hunter2' });
    expect(mistake).toContain('DATABASE_URL is "mysql://db');
    expect(mistake).not.toContain('hunter2');
  });

  test.each(['postgres://u:p@db:5432/x', 'postgresql://buitenwacht@/buitenwacht?host=/tmp/bw-1'])(
    'DATABASE_URL %s is taken as it is',
    (DATABASE_URL) => {
      expect(read({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
    },
  );

  test('the halves apart need a database by address', () => {
    expect(mistakes({}, { demo: false, databaseNeeded: true })).toEqual([
      expect.stringContaining('DATABASE_URL is missing'),
    ]);
  });

  test('the contact is the public address unless given', () => {
    expect(read({ PUBLIC_URL: 'https://bw.example.nl/' }).contact).toBe('https://bw.example.nl');
    expect(read({ PUBLIC_URL: 'https://bw.example.nl', CONTACT: 'wacht@example.nl' }).contact).toBe('wacht@example.nl');
  });
});
