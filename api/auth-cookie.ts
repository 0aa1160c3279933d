import { createHmac, timingSafeEqual } from 'node:crypto';
import { sessionSeconds } from './auth-engine.ts';

/** The session's cookie: the token and our signature under it, as better-auth writes them. */
export type SessionCookie = {
  /** The token of a cookie that we signed, or null. */
  tokenOf: (headers: Headers) => string | null;
  /** Set-Cookie for a session that begins or goes on. */
  set: (token: string) => string;
  /** Set-Cookie that takes it away. */
  clear: string;
};

const mostGood = 10_000;

/**
 * Scripts cannot read it, other sites do not send it with what changes anything. Where people come by https it is Secure and
 * bears `__Host-`: no neighbouring host name can put one of its own in its place.
 */
export function createSessionCookie({ key, isSecure }: { key: string; isSecure: boolean }): SessionCookie {
  const name = `${isSecure ? '__Host-' : ''}buitenwacht.session_token`;
  const written = (value: string, seconds: number) =>
    `${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  /** Values whose signature was found good: a signature stays what it is. */
  const good = new Map<string, string>();
  const signatureOf = (token: string) => createHmac('sha256', key).update(token).digest();
  return {
    tokenOf(headers) {
      const parts = headers.get('cookie')?.split(/; */) ?? [];
      const value = decoded(parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? '');
      const known = good.get(value);
      if (known !== undefined) return known;
      const dot = value.lastIndexOf('.');
      if (dot < 1) return null;
      const token = value.slice(0, dot);
      const given = Buffer.from(value.slice(dot + 1), 'base64');
      const expected = signatureOf(token);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      if (good.size >= mostGood) good.clear();
      good.set(value, token);
      return token;
    },
    set: (token) => written(encodeURIComponent(`${token}.${signatureOf(token).toString('base64')}`), sessionSeconds),
    clear: written('', 0),
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
