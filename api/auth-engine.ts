import { randomBytes } from 'node:crypto';
import type { BetterAuthOptions } from 'better-auth';
import pg from 'pg';
import type { Log } from '#platform/log.ts';
import { LentClient } from '#storage/database.ts';
import { createGate } from './gate.ts';

/** What better-auth does for us; no other file knows it. */
export type Engine = {
  hash: (password: string) => Promise<string>;
  /** Takes as long without a hash to hold it against: whether there is one cannot be told from the time. */
  isRight: (hash: string | null, password: string) => Promise<boolean>;
  /** Makes a session and answers its token; null when address and password do not belong together. */
  openSession: (email: string, password: string) => Promise<string | null>;
  close: () => Promise<void>;
};

export const sessionSeconds = 7 * 24 * 3600;

/**
 * How we use better-auth: it keeps accounts, password hashes (scrypt) and sessions in schema auth, and makes sessions. Cookies,
 * limits, links, people and who may do what are ours, so its own routes, limits and checks are not in use.
 */
export function engineOptions(database: pg.Pool, secret: string, publicUrl: string | null) {
  return {
    appName: 'Buitenwacht',
    database,
    secret,
    baseURL: publicUrl ?? 'http://localhost',
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: sessionSeconds },
    advanced: { disableCSRFCheck: true, disableOriginCheck: true, ipAddress: { disableIpTracking: true } },
    logger: { disabled: true },
  } satisfies BetterAuthOptions;
}

/**
 * The engine, which loads better-auth with the first password that is asked or given: its modules weigh 49 MB and a third of a
 * second, and between sign-ins nothing needs them.
 */
export function createEngine(given: {
  databaseUrl: string;
  secret: string;
  publicUrl: string | null;
  log: Log;
}): Engine {
  const pool = new pg.Pool({
    Client: LentClient,
    connectionString: given.databaseUrl,
    max: 3,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    options: '-c search_path=auth',
    application_name: 'buitenwacht sign-in',
  });
  pool.on('error', (err) => given.log.warn({ err }, 'a database connection of sign-in broke'));
  let loading: ReturnType<typeof load> | null = null;

  async function load() {
    const { betterAuth } = await import('better-auth');
    const { api, $context } = betterAuth(engineOptions(pool, given.secret, given.publicUrl));
    const { password } = await $context;
    return { api, password, decoy: await password.hash(randomBytes(16).toString('hex')) };
  }
  function loaded() {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  // A hash takes a thread, 32 MB and a tenth of a second: packing answers and reading files use the same four threads.
  const gate = createGate(2, 200);

  return {
    async hash(text) {
      const { password } = await loaded();
      return await gate(() => password.hash(text));
    },
    async isRight(hash, text) {
      const { password, decoy } = await loaded();
      const isSame = await gate(() => password.verify({ hash: hash ?? decoy, password: text }));
      return isSame && hash !== null;
    },
    async openSession(email, password) {
      const { api } = await loaded();
      // Neither where they sit nor what they use is kept.
      const answer = await gate(() =>
        api.signInEmail({ body: { email, password }, headers: new Headers(), asResponse: true }),
      );
      if (!answer.ok) return null;
      return ((await answer.json()) as { token: string }).token;
    },
    close: () => pool.end(),
  };
}
