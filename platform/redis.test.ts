import { expect, test } from 'vitest';
import { mistakeIn } from './redis.ts';

const info = (version: string, policy: string) =>
  `# Server\r\nredis_version:${version}\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`;

test.each(['7.0.15', '7.4.1', '8.2.0', '10.0.0'])('Redis %s that keeps everything may be used', (version) => {
  expect(mistakeIn(info(version, 'noeviction'))).toBeNull();
});

test.each(['6.2.14', '5.0.7', 'unstable'])('version %s is refused', (version) => {
  expect(mistakeIn(info(version, 'noeviction'))).toBe(`that is version ${version}, needed is Redis 7 or newer.`);
});

test.each(['allkeys-lru', 'volatile-ttl'])('a server that throws keys away (%s) is refused', (policy) => {
  expect(mistakeIn(info('7.0.15', policy))).toContain(`maxmemory-policy is ${policy}`);
});

test('a server that says nothing of itself is refused', () => {
  expect(mistakeIn('')).toContain('version unknown');
});
