import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type FetchAllow, parseFetchAllow, parseProxies, type TrustedProxies } from './address.ts';
import { type LogLevel, logLevels } from './log.ts';
import { redactUrl } from './redact-url.ts';

export type Config = {
  /** An address of this machine, or localhost. */
  host: string;
  /** 0: any free one. */
  port: number;
  /** Origin under which people reach us, without a slash at the end. */
  publicUrl: string | null;
  /** Absolute. */
  dataDir: string;
  /** Folder of the journal that keeps what was erased out of backups; absolute. */
  erasureJournal: string;
  /** null: our own PostgreSQL in `dataDir`. */
  databaseUrl: string | null;
  /** null: jobs are kept in the database. */
  redisUrl: string | null;
  /** null: PostgreSQL answers searches. */
  elasticsearchUrl: string | null;
  /** How the names of our indices begin. */
  elasticsearchIndex: string;
  logLevel: LogLevel;
  /** What we tell the sites that we poll; null: public hosts are not polled. */
  contact: string | null;
  fetchAllow: FetchAllow;
  /** Proxies in front of us beside those on this machine. */
  trustedProxies: TrustedProxies;
  /** IANA name of the zone in which days are counted. */
  timeZone: string;
};

/** Everything that is wrong with the configuration, a sentence for each mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: string[];
  constructor(mistakes: string[]) {
    const count = mistakes.length === 1 ? 'There is a mistake' : `There are ${mistakes.length} mistakes`;
    super(`${count} in the configuration:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

type Environment = Record<string, string | undefined>;

/** The process's own environment, read here and nowhere else. */
export const environment: Environment = process.env;

/** A setting whose text `read` understands; else (undefined, or an Error with a better sentence) the mistake is `allowed`. */
const setting = <Value>(allowed: string, read: (text: string) => Value | undefined) =>
  z.string().transform((text, context) => {
    let message = `allowed is ${allowed}`;
    try {
      const value = read(text);
      if (value !== undefined) return value;
    } catch (error) {
      message = (error as Error).message;
    }
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const schema = z.object({
  HOST: setting('localhost, or an address to listen on such as 127.0.0.1, 0.0.0.0 or ::', host).default('127.0.0.1'),
  PORT: setting('a whole number from 0 (any free one) to 65535', port).default(3000),
  PUBLIC_URL: setting(
    'an http or https address without path, such as https://buitenwacht.example.nl',
    origin,
  ).optional(),
  DATA_DIR: setting('a folder', folder),
  ERASURE_JOURNAL: setting('a folder', folder).optional(),
  DATABASE_URL: setting('postgresql://user:password@host:5432/database', postgresUrl).optional(),
  REDIS_URL: setting('redis://user:password@host:6379/0, or rediss:// for TLS', redisUrl).optional(),
  ELASTICSEARCH_URL: setting('http://user:password@host:9200, or https', elasticsearchUrl).optional(),
  ELASTICSEARCH_INDEX: setting(
    'lower-case letters, digits and hyphens, beginning with a letter, at most 60',
    indexPrefix,
  ).default('buitenwacht'),
  LOG_LEVEL: setting(logLevels.join(', '), (text) => logLevels.find((level) => level === text)).default('info'),
  CONTACT: setting('an e-mail address or a web address that tells who you are', contact).optional(),
  TIME_ZONE: setting('a name such as Europe/Amsterdam', timeZone).default('Europe/Amsterdam'),
  FETCH_ALLOW: setting('hosts, addresses and ranges, separated by commas', parseFetchAllow).prefault(''),
  TRUSTED_PROXIES: setting('addresses and ranges, separated by commas', parseProxies).prefault(''),
});

/**
 * Reads the configuration. Throws ConfigError with every mistake at once: name, value, what is allowed. `demo` decides where
 * data goes by default; `databaseNeeded` is for halves of the system that bring no database of their own.
 */
export function readConfig(given: Environment, options: { demo: boolean; databaseNeeded?: boolean }): Config {
  const filled = Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== '');
  const values: Environment = Object.fromEntries(filled.map(([name, value]) => [name, value?.trim()]));
  values.DATA_DIR ??= options.demo ? './data/demo' : './data';
  const result = schema.safeParse(values);
  const mistakes = (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return `${name} is ${shown(name, values[name] ?? '')}: ${issue.message}.`;
  });
  if (options.databaseNeeded && values.DATABASE_URL === undefined)
    mistakes.push('DATABASE_URL is missing: the halves apart need a PostgreSQL of yours (npm start brings its own).');
  if (mistakes.length > 0 || !result.data) throw new ConfigError(mistakes);
  const read = result.data;
  return {
    host: read.HOST,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? null,
    dataDir: read.DATA_DIR,
    erasureJournal: read.ERASURE_JOURNAL ?? join(read.DATA_DIR, 'erasures'),
    databaseUrl: read.DATABASE_URL ?? null,
    redisUrl: read.REDIS_URL ?? null,
    elasticsearchUrl: read.ELASTICSEARCH_URL ?? null,
    elasticsearchIndex: read.ELASTICSEARCH_INDEX,
    logLevel: read.LOG_LEVEL,
    contact: read.CONTACT ?? read.PUBLIC_URL ?? null,
    fetchAllow: read.FETCH_ALLOW,
    trustedProxies: read.TRUSTED_PROXIES,
    timeZone: read.TIME_ZONE,
  };
}

/** A value as it may be shown: passwords in addresses stay out of terminals and logs. */
function shown(name: string, value: string): string {
  return JSON.stringify(name.endsWith('_URL') ? redactUrl(value) : value.slice(0, 200));
}

function host(text: string): string | undefined {
  const plain = text.replace(/^\[(.*)\]$/, '$1');
  return isIP(plain) !== 0 || plain === 'localhost' ? plain : undefined;
}

function folder(text: string): string | undefined {
  return text.includes('\0') ? undefined : resolve(text);
}

/** By name only: an offset such as +02:00 means the opposite to PostgreSQL. */
function timeZone(text: string): string | undefined {
  if (!/^[A-Za-z]/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function port(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function origin(text: string): string | undefined {
  const url = URL.parse(text);
  const plain =
    url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username;
  return plain ? url.origin : undefined;
}

/** Socket folders leave the host empty (postgresql://user@/database?host=/folder), which no URL parser takes. */
function postgresUrl(text: string): string | undefined {
  return /^postgres(ql)?:\/\//.test(text) &&
    URL.canParse(text.replace(/^([a-z]+:\/\/(?:[^/?#]*@)?)(?=\/)/, '$1localhost'))
    ? text
    : undefined;
}

function redisUrl(text: string): string | undefined {
  const url = URL.parse(text);
  const isPlain = url && /^rediss?:$/.test(url.protocol) && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname);
  return isPlain && !url.search && !url.hash ? text : undefined;
}

function elasticsearchUrl(text: string): string | undefined {
  const url = URL.parse(text);
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash;
  return isPlain && isEncoded(url.username) && isEncoded(url.password) ? text : undefined;
}

const isEncoded = (part: string) => !/%(?![0-9a-f]{2})/i.test(part);

/** Part of the names of indices and aliases; what follows it is at most 30 characters. */
function indexPrefix(text: string): string | undefined {
  return /^[a-z][a-z0-9-]{0,59}$/.test(text) ? text : undefined;
}

/** Goes into a header of every request, so it holds nothing that could end one. */
function contact(text: string): string | undefined {
  if (/^[\x21-\x7e]+$/.test(text) === false || /[()\\]/.test(text)) return undefined;
  if (/^(mailto:)?[^\s@:/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return text;
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined;
}
