import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { betterAuth } from 'better-auth';
import type { Context } from 'hono';
import pg from 'pg';
import { rightsOf } from '#domain/person.ts';
import type { Log } from '#platform/log.ts';
import {
  createPerson,
  endSessionsOf,
  peopleChannel,
  personOfSession,
  setPassword,
  tellOfPerson,
} from '#storage/accounts.ts';
import { type Database, LentClient } from '#storage/database.ts';
import { nameInstallation, organisationName } from '#storage/installation.ts';
import { listen } from '#storage/listen.ts';
import { anybodyHere, lockFirstPerson, type PersonFacts, personDetails } from '#storage/people.ts';
import { readLink, useLink } from '#storage/person-links.ts';
import { forgetAttempts, mayAttempt } from '#storage/sign-in-attempts.ts';
import type { Viewer } from './access.ts';
import type { Env } from './env.ts';
import type { Ids } from './ids.ts';
import { ProblemError } from './problem.ts';
import type { ChangePassword, FirstPerson, LinkFacts, Me, Session, SignIn, UseLink } from './schema-people.ts';

type Answer = z.infer<typeof Session>;

/** Everything about signing in; the only file that knows better-auth. Refusals are ProblemErrors. */
export type Auth = {
  /** Who the request comes from, by its cookie; null when nobody is signed in. A session that ended counts within a second. */
  viewerOf: (headers: Headers) => Promise<Viewer | null>;
  session: (c: Context<Env>) => Promise<Answer>;
  /** Sets the cookie on the answer. */
  signIn: (c: Context<Env>, given: z.infer<typeof SignIn>) => Promise<Answer>;
  signOut: (c: Context<Env>) => Promise<void>;
  makeFirstPerson: (c: Context<Env>, given: z.infer<typeof FirstPerson>) => Promise<Answer>;
  link: (token: string) => Promise<z.infer<typeof LinkFacts>>;
  useLink: (c: Context<Env>, token: string, given: z.infer<typeof UseLink>) => Promise<Answer>;
  /** The other sessions end with it. */
  changePassword: (c: Context<Env>, given: z.infer<typeof ChangePassword>) => Promise<void>;
  /** Ends every session of a person, open live streams included. */
  endSessions: (personId: number) => Promise<void>;
  close: () => Promise<void>;
};

/** So long a viewer is remembered without asking; a session that ended elsewhere is forgotten at once by notification. */
const rememberMs = 1_000;
const mostRemembered = 10_000;
const sessionSeconds = 7 * 24 * 3600;
/** A18: at most ten attempts in a quarter of an hour for an account; more from one address, where many people may sit. */
const mostPerAccount = 10;
const mostPerAddress = 100;

/**
 * Sign-in on better-auth: it keeps accounts, password hashes and sessions, we keep people, links and limits. The cookie is
 * `__Secure-` and Secure when PUBLIC_URL is https.
 */
export function createAuth(deps: {
  db: Database;
  databaseUrl: string;
  secret: Buffer;
  publicUrl: string | null;
  timeZone: string;
  ids: Ids;
  log: Log;
}): Auth {
  const { db, databaseUrl, secret, publicUrl, timeZone, ids, log } = deps;
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  if (publicUrl !== null && !isSecure)
    log.warn('PUBLIC_URL is http: whoever listens on the network can read what is sent');
  const signingKey = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'buitenwacht sessions', 32)).toString(
    'base64',
  );
  const limitKey = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'buitenwacht attempts', 32));
  const setupCode = createHmac('sha256', secret).update('setup code').digest('hex').slice(0, 12);
  const pool = new pg.Pool({
    Client: LentClient,
    connectionString: databaseUrl,
    max: 3,
    idleTimeoutMillis: 10_000,
    options: '-c search_path=auth',
    application_name: 'buitenwacht sign-in',
  });
  pool.on('error', (err) => log.warn({ err }, 'a database connection of sign-in broke'));
  const auth = betterAuth({
    appName: 'Buitenwacht',
    database: pool,
    secret: signingKey,
    baseURL: publicUrl ?? 'http://localhost',
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: sessionSeconds, updateAge: 24 * 3600 },
    advanced: {
      cookiePrefix: 'buitenwacht',
      useSecureCookies: isSecure,
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    logger: { disabled: true },
  });
  const cookieName = `${isSecure ? '__Secure-' : ''}buitenwacht.session_token`;
  const remembered = new Map<string, { viewer: Viewer; until: number }>();
  const people = listen(
    databaseUrl,
    peopleChannel,
    () => remembered.clear(),
    (err) => log.warn({ err }, 'not listening for changes of people'),
  );

  const keyOf = (kind: string, value: string) => createHmac('sha256', limitKey).update(`${kind} ${value}`).digest();
  const addressOf = (c: Context<Env>) => c.env?.incoming?.socket.remoteAddress ?? 'local';

  /** The token of a cookie that we signed, or null. */
  function tokenOf(headers: Headers): string | null {
    const cookie = headers
      .get('cookie')
      ?.split(/; */)
      .find((part) => part.startsWith(`${cookieName}=`));
    if (!cookie) return null;
    const [token, signature] = splitLast(decoded(cookie.slice(cookieName.length + 1)));
    const expected = createHmac('sha256', signingKey).update(token).digest();
    const given = Buffer.from(signature, 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
  }

  async function viewerOf(headers: Headers): Promise<Viewer | null> {
    const token = tokenOf(headers);
    if (token === null) return null;
    const known = remembered.get(token);
    if (known && known.until > Date.now()) return known.viewer;
    const until = Date.now() + rememberMs;
    const person = await personOfSession(db, token);
    if (!person) {
      remembered.delete(token);
      return null;
    }
    if (remembered.size >= mostRemembered) remembered.clear();
    const viewer = viewerFrom(person);
    remembered.set(token, { viewer, until });
    return viewer;
  }

  async function answer(personId: number | null): Promise<Answer> {
    const [organisation, me, isAnybodyHere] = await Promise.all([
      organisationName(db),
      personId === null ? null : meOf(personId),
      personId === null ? anybodyHere(db) : true,
    ]);
    return { me, organisation, firstPerson: isAnybodyHere ? null : { needsCode: false }, timeZone };
  }

  async function meOf(personId: number): Promise<z.infer<typeof Me> | null> {
    const person = await personDetails(db, personId);
    if (!person) return null;
    const { name, email, role, language, theme } = person;
    return { id: ids.encode('person', personId), name, email, role, rights: rightsOf(role), language, theme };
  }

  /** Makes a session and puts its cookie on the answer; null when address and password do not belong together. */
  async function openSession(c: Context<Env>, email: string, password: string): Promise<number | null> {
    const signedIn = await auth.api.signInEmail({
      body: { email, password },
      headers: new Headers(),
      asResponse: true,
    });
    if (!signedIn.ok) return null;
    const cookies = signedIn.headers.getSetCookie();
    const token = tokenOf(new Headers({ cookie: cookies.map((one) => one.split(';')[0]).join('; ') }));
    const person = token === null ? null : await personOfSession(db, token);
    // The password is right, but they may not come in any more.
    if (!person) return null;
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    return person.id;
  }

  const needsCode = (c: Context<Env>) => !isLoopback(addressOf(c));

  return {
    viewerOf,
    async session(c) {
      const { asker } = c.var;
      const told = await answer(asker?.personId ?? null);
      if (told.firstPerson) return { ...told, firstPerson: { needsCode: needsCode(c) } };
      return told;
    },
    async signIn(c, { email, password }) {
      const account = keyOf('account', email.trim().toLowerCase());
      const limits = [
        { key: account, most: mostPerAccount },
        { key: keyOf('address', addressOf(c)), most: mostPerAddress },
      ];
      if (!(await mayAttempt(db, limits))) throw new ProblemError('too_many_attempts');
      const personId = await openSession(c, email.trim().toLowerCase(), password);
      if (personId === null) throw new ProblemError('wrong_credentials');
      await forgetAttempts(db, account);
      return await answer(personId);
    },
    async signOut(c) {
      const token = tokenOf(c.req.raw.headers);
      if (token === null) return;
      remembered.delete(token);
      const signedOut = await auth.api.signOut({ headers: c.req.raw.headers, asResponse: true });
      for (const cookie of signedOut.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
      // Open live streams look again who they are for.
      if (c.var.asker) await tellOfPerson(db, c.var.asker.personId);
    },
    async makeFirstPerson(c, { name, email, password, organisation, code }) {
      const limits = [{ key: keyOf('setup', addressOf(c)), most: mostPerAccount }];
      if (needsCode(c) && !(await mayAttempt(db, limits))) throw new ProblemError('too_many_attempts');
      if (needsCode(c) && code?.trim().toLowerCase() !== setupCode) throw new ProblemError('code_needed');
      const passwordHash = await (await auth.$context).password.hash(password);
      const made = await db.transaction().execute(async (trx) => {
        if (await lockFirstPerson(trx)) return null;
        await nameInstallation(trx, organisation);
        return await createPerson(trx, { name, email, role: 'administrator', passwordHash });
      });
      if (made === null) throw new ProblemError('already_set_up');
      return await answer(await openSession(c, email.toLowerCase(), password));
    },
    async link(token) {
      const link = await readLink(db, token);
      if (!link) throw new ProblemError('not_found');
      if (link.kind !== 'usable') throw new ProblemError(link.kind === 'used' ? 'link_used' : 'link_expired');
      const { purpose, name, email, expiresAt } = link;
      return { purpose, name, email, expiresAt: expiresAt.toISOString() };
    },
    async useLink(c, token, { password }) {
      const passwordHash = await (await auth.$context).password.hash(password);
      const link = await useLink(db, token, async (trx, personId) => {
        await setPassword(trx, personId, passwordHash);
        await endSessionsOf(trx, personId);
      });
      if (!link) throw new ProblemError('not_found');
      if (link.kind !== 'usable') throw new ProblemError(link.kind === 'used' ? 'link_used' : 'link_expired');
      await forgetAttempts(db, keyOf('account', link.email));
      return await answer(await openSession(c, link.email, password));
    },
    async changePassword(c, { current, next }) {
      const { personId } = c.var.viewer;
      const account = keyOf('password', String(personId));
      if (!(await mayAttempt(db, [{ key: account, most: mostPerAccount }])))
        throw new ProblemError('too_many_attempts');
      const { password } = await auth.$context;
      const person = await personDetails(db, personId);
      if (!person?.passwordHash || !(await password.verify({ hash: person.passwordHash, password: current })))
        throw new ProblemError('wrong_password');
      const hash = await password.hash(next);
      await db.transaction().execute(async (trx) => {
        await setPassword(trx, personId, hash);
        await endSessionsOf(trx, personId, tokenOf(c.req.raw.headers));
      });
      remembered.clear();
      await forgetAttempts(db, account);
    },
    async endSessions(personId) {
      await db.transaction().execute((trx) => endSessionsOf(trx, personId));
      remembered.clear();
    },
    async close() {
      await people.close();
      await pool.end();
    },
  };
}

function viewerFrom({ id, name, role, circles }: PersonFacts): Viewer {
  return { key: `p${id}`, personId: id, name, role, circles };
}

function splitLast(value: string): [string, string] {
  const dot = value.lastIndexOf('.');
  return dot < 0 ? ['', ''] : [value.slice(0, dot), value.slice(dot + 1)];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

const isLoopback = (address: string) => address === 'local' || address === '::1' || /^(::ffff:)?127\./.test(address);
