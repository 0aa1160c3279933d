import { rightsOf } from '#domain/person.ts';
import type { Log } from '#platform/log.ts';
import { peopleChannel, personOfSession, prolongSession } from '#storage/accounts.ts';
import type { Database } from '#storage/database.ts';
import { listen } from '#storage/listen.ts';
import type { PersonFacts } from '#storage/people.ts';
import type { Viewer } from './access.ts';
import type { SessionCookie } from './auth-cookie.ts';
import { sessionSeconds } from './auth-engine.ts';

/** So long a viewer is remembered without asking. What ended elsewhere is forgotten at once, by notification. */
const rememberMs = 1_000;
const mostRemembered = 10_000;

export type Viewers = {
  /** Who a request comes from; `renew` gets a new Set-Cookie at most once a day, with which the session goes on. */
  viewerOf: (headers: Headers, renew?: (cookie: string) => void) => Promise<Viewer | null>;
  forget: () => void;
  close: () => Promise<void>;
};

/** Viewers by the cookie of their requests, remembered for a second: a page asks several things at once. */
export function createViewers(deps: {
  db: Database;
  databaseUrl: string;
  cookie: SessionCookie;
  timeZone: string;
  log: Log;
}): Viewers {
  const { db, cookie, timeZone, log } = deps;
  const remembered = new Map<string, { viewer: Viewer; until: number }>();
  const forget = () => remembered.clear();
  const people = listen(deps.databaseUrl, peopleChannel, forget, (err) =>
    log.warn({ err }, 'not listening for changes of people'),
  );
  return {
    async viewerOf(headers, renew) {
      const token = cookie.tokenOf(headers);
      if (token === null) return null;
      const known = remembered.get(token);
      if (known && known.until > Date.now()) return known.viewer;
      const until = Date.now() + rememberMs;
      const found = await personOfSession(db, token, timeZone);
      if (!found) {
        remembered.delete(token);
        return null;
      }
      if (found.isDue && renew) {
        await prolongSession(db, token, { seconds: sessionSeconds, timeZone });
        renew(cookie.set(token));
      }
      if (remembered.size >= mostRemembered) forget();
      const viewer = viewerFrom(found.person);
      remembered.set(token, { viewer, until });
      return viewer;
    },
    forget,
    close: () => people.close(),
  };
}

/** A person as whoever asks. */
export function viewerFrom(person: PersonFacts): Viewer {
  const { id, name, colleague, circles } = person;
  return { key: `p${id}`, personId: id, name, colleague, rights: rightsOf(person), circles };
}
