import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '#platform/config.ts';

/** Docker is not at hand where this is tested: what can be held without it is held here. */
const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

type Service = {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  restart?: string;
  mem_limit?: string;
  ports?: string[];
};
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const example = Object.fromEntries(
  [...read('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
);
/** As docker compose fills in `${NAME:-default}` and `${NAME:?error}`. */
const filledIn = (text: string, env: Record<string, string>): string =>
  text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string, rest: string) => {
    const value = env[name] ?? '';
    if (value !== '') return value;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest ?? '';
  });

describe('docker-compose.yml', () => {
  // The compose specification's names (https://github.com/compose-spec/compose-spec), as far as we use them.
  const serviceKeys =
    'build cap_drop command depends_on environment healthcheck image init mem_limit ports read_only restart security_opt shm_size stop_grace_period tmpfs ulimits volumes'.split(
      ' ',
    );
  const healthKeys = ['test', 'interval', 'timeout', 'retries', 'start_period', 'disable'];
  const services = Object.entries(compose.services);

  test('has the shape of a compose file, with the services that there have to be', () => {
    expect(Object.keys(compose).filter((key) => !key.startsWith('x-'))).toEqual(['services', 'volumes']);
    expect(Object.keys(compose.services)).toEqual(['api', 'workers', 'postgres', 'redis', 'elasticsearch']);
    for (const [, service] of services) {
      expect(Object.keys(service).filter((key) => !serviceKeys.includes(key))).toEqual([]);
      expect(Object.keys(service.healthcheck ?? {}).filter((key) => !healthKeys.includes(key))).toEqual([]);
      if (service.healthcheck?.test) expect(service.healthcheck.test[0]).toMatch(/^CMD(-SHELL)?$/);
      if (service.healthcheck?.test?.[0] === 'CMD-SHELL') expect(service.healthcheck.test).toHaveLength(2);
      for (const value of Object.values(service.environment ?? {})) expect(typeof value).toBe('string');
    }
  });

  test('every service comes back by itself, has a limit, and keeps what it has to in a volume that is declared', () => {
    for (const [name, { restart, mem_limit, volumes }] of services) {
      expect([name, restart]).toEqual([name, 'unless-stopped']);
      expect(mem_limit).toMatch(/^\d+[mg]$/);
      expect(volumes).not.toEqual([]);
      for (const volume of volumes ?? []) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    }
  });

  test('whoever depends on a service waits until it is healthy', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [on, { condition }] of Object.entries(depends_on)) {
        expect([name, condition]).toEqual([name, 'service_healthy']);
        expect(compose.services[on]?.healthcheck?.test).toBeDefined();
      }
    }
    expect(Object.keys(compose.services.workers!.depends_on!)).toEqual(['postgres', 'redis', 'elasticsearch']);
  });

  test('holds no secret: each comes from the environment, is asked for, and stands in .env.example without a value', () => {
    const text = read('docker-compose.yml');
    const secrets = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'ELASTIC_PASSWORD'];
    for (const name of secrets) {
      expect(example[name]).toBe('');
      expect(text).not.toMatch(new RegExp(`(?<!\\$)\\$\\{${name}(?!:\\?)`));
    }
    const used = [...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name!);
    expect(Object.keys(example).toSorted()).toEqual([...new Set(used)].toSorted());
    expect(() => filledIn(text, example)).toThrow('POSTGRES_PASSWORD: set it in .env');
  });

  test('gives the API and the workers settings that they understand, of the servers beside them', () => {
    const env = { ...example, POSTGRES_PASSWORD: 'a-b_1', REDIS_PASSWORD: 'c', ELASTIC_PASSWORD: 'd' };
    for (const name of ['api', 'workers']) {
      const given = Object.fromEntries(
        Object.entries(compose.services[name]!.environment!).map(([key, value]) => [key, filledIn(value, env)]),
      );
      expect(readConfig({ DATA_DIR: '/data', ...given }, { demo: false, databaseNeeded: true })).toMatchObject({
        databaseUrl: 'postgresql://buitenwacht:a-b_1@postgres:5432/buitenwacht',
        redisUrl: 'redis://:c@redis:6379/0',
        elasticsearchUrl: 'http://elastic:d@elasticsearch:9200',
        erasureJournal: '/data/erasures',
        publicUrl: null,
      });
      expect(compose.services[name]!.volumes).toEqual(['journal:/data']);
    }
    expect(compose.services.postgres!.environment!.POSTGRES_USER).toBe('buitenwacht');
  });

  test('runs servers of the versions we need, Redis without throwing jobs away, nothing of it open to the outside', () => {
    const { postgres, redis, elasticsearch, api } = compose.services;
    expect(postgres!.image).toMatch(/^postgres:18/);
    expect(redis!.image).toMatch(/^redis:7/);
    expect(elasticsearch!.image).toMatch(/:9\.4\.\d+$/);
    const command = redis!.command!;
    expect(command[command.indexOf('--maxmemory-policy') + 1]).toBe('noeviction');
    expect(command[command.indexOf('--appendonly') + 1]).toBe('yes');
    for (const inside of [postgres, redis, elasticsearch]) expect(inside!.ports).toBeUndefined();
    expect(filledIn(api!.ports![0]!, example)).toBe('127.0.0.1:3000:3000');
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const copied = last.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(/\s+/).slice(1, -1));

  test('runs as nobody special, says how it is doing, and has no development packages in its last stage', () => {
    expect(last.indexOf('USER node')).toBeGreaterThan(0);
    expect(last.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/health/ready');
    const packages = lines.slice(lines.findIndex((line) => line.endsWith(' AS packages')));
    expect(packages.find((line) => line.startsWith('RUN npm'))).toMatch(/^RUN npm ci --omit=dev .*--ignore-scripts$/);
    for (const line of lines.filter((one) => one.startsWith('FROM '))) expect(line).toMatch(/^FROM node:24-/);
  });

  test('takes every file along that its commands import, and none that .dockerignore leaves out', () => {
    const ignored = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const isTaken = (file: string) => {
      const top = file.split('/')[0]!;
      if (ignored.includes(top) || ignored.includes(file)) return false;
      return copied.some((one) => one === top || one === file || (one === '*.ts' && /^[^/]+\.ts$/.test(file)));
    };
    const { imports } = JSON.parse(read('package.json')) as { imports: Record<string, string> };
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = read(file).replaceAll(/(?:import|export)\s+type\s[^;]+;/g, '');
      for (const [, one, two] of source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]|new URL\('([^']+\.ts)'/g)) {
        const specifier = (one ?? two)!;
        if (specifier.startsWith('.')) visit(relative(root, resolve(root, dirname(file), specifier)));
        else if (specifier.startsWith('#'))
          visit(specifier.slice(1).replace(/^([^/]+)$/, (name) => imports[`#${name}`]!.slice(2)));
      }
    };
    for (const entry of ['api/main.ts', 'workers/main.ts', 'backup.ts', 'restore.ts', 'sign-in-link.ts', 'reindex.ts'])
      visit(entry);
    expect(seen.size).toBeGreaterThan(100);
    expect([...seen].filter((file) => !isTaken(file))).toEqual([]);
    for (const one of copied) expect(one === '*.ts' || existsSync(join(root, one))).toBe(true);
  });

  test('nothing that is kept out of git goes into an image, nor anything that may hold a secret', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['.git', '.env', '.env.*', 'data', '**/node_modules', '**/dist'])
      expect(ignored).toContain(name);
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const unsaid = folders.map(({ name }) => name).filter((name) => !ignored.includes(name) && !copied.includes(name));
    expect(unsaid.toSorted()).toEqual(['dashboard', 'node_modules']);
  });
});
