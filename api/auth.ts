import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { RelationKind } from '#domain/relation.ts';
import { isLoopbackHost, type TrustedProxies } from '#platform/address.ts';
import type { Log } from '#platform/log.ts';
import {
  type Credentials,
  createPerson,
  credentialsOf,
  endSession,
  endSessionsOf,
  keepSession,
  setPassword,
} from '#storage/accounts.ts';
import type { Database } from '#storage/database.ts';
import { nameInstallation, organisationName } from '#storage/installation.ts';
import { anybodyHere, lockFirstPerson, personDetails } from '#storage/people.ts';
import { type LinkState, readLink, useLink } from '#storage/person-links.ts';
import type { Viewer } from './access.ts';
import { presentMe } from './access-people.ts';
import { createSessionCookie } from './auth-cookie.ts';
import { createEngine } from './auth-engine.ts';
import { createLimits } from './auth-limits.ts';
import { createViewers } from './auth-viewers.ts';
import { isFromHere, placeOf } from './client-place.ts';
import type { Env } from './env.ts';
import type { Ids } from './ids.ts';
import { ProblemError } from './problem.ts';
import type { ChangePassword, FirstPerson, LinkFacts, Session, SignIn, UseLink } from './schema-people.ts';

type Answer = z.infer<typeof Session>;
type Trx = Parameters<typeof createPerson>[0];

/** Everything about signing in. Refusals are ProblemErrors; cookies are set on the answer. */
export type Auth = {
  /**
   * Who a request comes from, by its cookie; null when nobody is signed in. A session that ended counts within a second. With
   * `renew` the session goes on for another week when it was not used before today.
   */
  viewerOf: (headers: Headers, renew?: (cookie: string) => void) => Promise<Viewer | null>;
  session: (c: Context<Env>) => Promise<Answer>;
  signIn: (c: Context<Env>, given: z.infer<typeof SignIn>) => Promise<Answer>;
  signOut: (c: Context<Env>) => Promise<void>;
  makeFirstPerson: (c: Context<Env>, given: z.infer<typeof FirstPerson>) => Promise<Answer>;
  link: (c: Context<Env>, token: string) => Promise<z.infer<typeof LinkFacts>>;
  useLink: (c: Context<Env>, token: string, given: z.infer<typeof UseLink>) => Promise<Answer>;
  /** What a link leads to, counted: a token is not found by trying. Refuses what `find` does not find. */
  byLink: <Found>(c: Context<Env>, find: () => Promise<Found | null>) => Promise<Found>;
  /**
   * Makes an account in the transaction of `act`, which calls `create` for its person, and signs them in. Refuses with `sign_in_first`,
   * and does nothing, when the address has an account: who holds a token tries five of them, and the first that has none uses it up.
   */
  comeIn: <Done>(
    c: Context<Env>,
    token: string,
    given: { name: string; email: string; password: string },
    act: (trx: Trx, create: (relation: RelationKind) => Promise<number>) => Promise<Done>,
  ) => Promise<{ session: Answer; done: Done }>;
  /** Every session ends with it; this browser gets a new one. */
  changePassword: (c: Context<Env>, given: z.infer<typeof ChangePassword>) => Promise<void>;
  /** Ends every session of whoever asks, open live streams included. */
  signOutEverywhere: (c: Context<Env>) => Promise<void>;
  /** While nobody is here and others can reach us, says in the log with which code the first person is made. */
  tellSetupCode: () => Promise<void>;
  close: () => Promise<void>;
};

/** A browser here and there; whoever has more signs out the one used longest ago. */
const mostSessions = 20;

/** Sign-in: accounts, passwords and sessions on better-auth (auth-engine.ts), people, links, cookies and limits of our own. */
export function createAuth(deps: {
  db: Database;
  databaseUrl: string;
  /** Of the installation (storage/installation.ts): every key here comes from it, the same in each process. */
  secret: Buffer;
  host: string;
  publicUrl: string | null;
  proxies: TrustedProxies;
  timeZone: string;
  ids: Ids;
  log: Log;
}): Auth {
  const { db, databaseUrl, secret, host, publicUrl, proxies, timeZone, ids, log } = deps;
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `buitenwacht ${use}`, 32));
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  const isReachable = !isLoopbackHost(host) || (publicUrl !== null && !isLoopbackHost(new URL(publicUrl).hostname));
  if (isReachable && !isSecure)
    log.warn(
      'people come by plain http, which whoever listens on the network can read: set PUBLIC_URL to an https address',
    );
  const sessionKey = keyFor('sessions').toString('base64');
  const setupCode = createHmac('sha256', keyFor('setup')).update('first person').digest('hex').slice(0, 12);
  const cookie = createSessionCookie({ key: sessionKey, isSecure });
  const engine = createEngine({ databaseUrl, secret: sessionKey, publicUrl, log });
  const limits = createLimits(db, keyFor('attempts'));
  const viewers = createViewers({ db, databaseUrl, cookie, timeZone, log });
  let isCodeTold = false;

  const setCookie = (c: Context<Env>, value: string) => c.header('set-cookie', value, { append: true });
  const needsCode = (c: Context<Env>) => isReachable || !isFromHere(c);

  async function answer(personId: number | null): Promise<Answer> {
    const [organisation, me] = await Promise.all([
      organisationName(db),
      personId === null ? null : presentMe(db, ids, personId),
    ]);
    return { me, organisation, firstPerson: null, timeZone };
  }

  /** Makes a session, whatever there was before. Refuses when password or person went meanwhile. */
  async function openSession(c: Context<Env>, given: Credentials & { email: string; password: string }) {
    const token = await engine.openSession(given.email, given.password);
    if (token === null || !(await keepSession(db, token, { ...given, most: mostSessions })))
      throw new ProblemError('wrong_credentials');
    const earlier = cookie.tokenOf(c.req.raw.headers);
    if (earlier !== null) await endSession(db, earlier);
    // The notification of what ended may come after our answer.
    viewers.forget();
    setCookie(c, cookie.set(token));
    return await answer(given.personId);
  }

  function tellCode(): void {
    if (isCodeTold) return;
    isCodeTold = true;
    log.warn({ setupCode }, 'nobody is here yet: whoever comes first needs this code');
  }

  async function byLink<Found>(c: Context<Env>, find: () => Promise<Found | null>): Promise<Found> {
    const tries = { link: placeOf(c, proxies) };
    await limits.count(tries);
    const found = await find();
    if (found === null) throw new ProblemError('not_found');
    await limits.takeBack(tries);
    return found;
  }

  const counted = (c: Context<Env>, token: string) => byLink(c, async () => usable(await readLink(db, token)));

  return {
    viewerOf: viewers.viewerOf,
    async session(c) {
      const { asker } = c.var;
      const told = await answer(asker?.personId ?? null);
      if (asker || (await anybodyHere(db))) return told;
      if (needsCode(c)) tellCode();
      return { ...told, firstPerson: { needsCode: needsCode(c) } };
    },
    async signIn(c, given) {
      const email = given.email.trim().toLowerCase();
      const tries = { account: email, place: placeOf(c, proxies) };
      await limits.count(tries);
      const known = await credentialsOf(db, email);
      // One way through for whoever it is: neither the answer nor its time tells whether there is such an account.
      const isRight = await engine.isRight(known?.passwordHash ?? null, given.password);
      if (!known || !isRight) throw new ProblemError('wrong_credentials');
      const opened = await openSession(c, { ...known, email, password: given.password });
      await limits.forget({ account: email });
      await limits.takeBack({ place: tries.place });
      return opened;
    },
    async signOut(c) {
      const token = cookie.tokenOf(c.req.raw.headers);
      setCookie(c, cookie.clear);
      if (token === null) return;
      await endSession(db, token);
      viewers.forget();
    },
    async makeFirstPerson(c, { name, email, password, organisation, code }) {
      if (await anybodyHere(db)) throw new ProblemError('already_set_up');
      if (needsCode(c)) {
        await limits.count({ setup: placeOf(c, proxies) });
        if (!isSame(code?.trim().toLowerCase() ?? '', setupCode)) throw new ProblemError('code_needed');
      }
      const passwordHash = await engine.hash(password);
      const personId = await db.transaction().execute(async (trx) => {
        if (await lockFirstPerson(trx)) return null;
        await nameInstallation(trx, organisation);
        return await createPerson(trx, { name, email, role: 'administrator', passwordHash });
      });
      if (personId === null) throw new ProblemError('already_set_up');
      return await openSession(c, { personId, passwordHash, email: email.toLowerCase(), password });
    },
    async link(c, token) {
      const { purpose, name, email, expiresAt } = await counted(c, token);
      return { purpose, name, email, expiresAt: expiresAt.toISOString() };
    },
    async useLink(c, token, { password }) {
      await counted(c, token);
      const passwordHash = await engine.hash(password);
      const link = usable(
        await useLink(db, token, async (trx, personId) => {
          await setPassword(trx, personId, passwordHash);
          await endSessionsOf(trx, personId);
        }),
      );
      await limits.forget({ account: link.email });
      return await openSession(c, { personId: link.personId, passwordHash, email: link.email, password });
    },
    byLink,
    async comeIn(c, token, { name, email, password }, act) {
      const tries = { invitation: token };
      await limits.count(tries);
      // Before it is known whether the address has an account: the time of the answer does not tell.
      const passwordHash = await engine.hash(password);
      const { personId, done } = await db.transaction().execute(async (trx) => {
        let made: number | null = null;
        const done = await act(trx, async (relation) => {
          made = await createPerson(trx, { name, email, role: 'employee', relation, passwordHash });
          if (made === null) throw new ProblemError('sign_in_first');
          return made;
        });
        if (made === null) throw new Error('Nobody was made');
        return { personId: made as number, done };
      });
      await limits.forget(tries);
      const session = await openSession(c, { personId, passwordHash, email: email.toLowerCase(), password });
      return { session, done };
    },
    async changePassword(c, { current, next }) {
      const { personId } = c.var.viewer;
      const tries = { password: String(personId) };
      await limits.count(tries);
      const person = await personDetails(db, personId);
      if (!(await engine.isRight(person?.passwordHash ?? null, current)) || !person)
        throw new ProblemError('wrong_password');
      const hash = await engine.hash(next);
      await db.transaction().execute(async (trx) => {
        await setPassword(trx, personId, hash);
        await endSessionsOf(trx, personId);
      });
      viewers.forget();
      await limits.forget(tries);
      await openSession(c, { personId, passwordHash: hash, email: person.email, password: next });
    },
    async signOutEverywhere(c) {
      await db.transaction().execute((trx) => endSessionsOf(trx, c.var.viewer.personId));
      viewers.forget();
      setCookie(c, cookie.clear);
    },
    async tellSetupCode() {
      if (isReachable && !(await anybodyHere(db))) tellCode();
    },
    async close() {
      await viewers.close();
      await engine.close();
    },
  };
}

/** A link that can be used; throws for one that cannot. */
function usable(link: LinkState | null): Extract<LinkState, { kind: 'usable' }> {
  if (!link) throw new ProblemError('not_found');
  if (link.kind === 'usable') return link;
  throw new ProblemError(link.kind === 'used' ? 'link_used' : 'link_expired');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
