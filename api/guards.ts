import { isIP } from 'node:net';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { isLocalhost, withoutBrackets } from '#platform/address.ts';
import type { Env } from './env.ts';
import { ProblemError } from './problem.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Stand on every answer, whatever its status or kind. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The headers of every answer of this installation; come by https, and by nothing else for a year (RFC 6797). */
export function headersFor(publicUrl: string | null): Record<string, string> {
  if (!publicUrl?.startsWith('https:')) return securityHeaders;
  return { ...securityHeaders, 'strict-transport-security': 'max-age=31536000' };
}

/** Sets the security headers after everything else has had its say, errors included. */
export const withSecurityHeaders = (publicUrl: string | null) => {
  const headers = Object.entries(headersFor(publicUrl));
  return createMiddleware<Env>(async (c, next) => {
    await next();
    // On a server of ours they stand on the connection's answer already (api/server.ts).
    if (c.env?.outgoing?.hasHeader(headers[0]![0])) return;
    for (const [name, value] of headers) c.res.headers.set(name, value);
  });
};

/**
 * Refuses requests under a name that is not ours: a page elsewhere whose name is made to point here (DNS rebinding) would
 * otherwise read everything. An address written as numbers cannot be made to point anywhere.
 */
export const onlyKnownHosts = (publicUrl: string | null) =>
  createMiddleware<Env>(async (c, next) => {
    const hostname = hostnameOf(c.req.header('host') ?? new URL(c.req.url).host);
    if (hostname === null || !isOurName(hostname, publicUrl)) throw new ProblemError('unknown_host');
    await next();
  });

/** Whether we may be reached under a name: that of PUBLIC_URL, of this machine, or an address in numbers. */
export function isOurName(hostname: string, publicUrl: string | null): boolean {
  const ours = publicUrl === null ? null : new URL(publicUrl).hostname;
  return hostname === ours || isLocalhost(hostname) || isIP(withoutBrackets(hostname)) !== 0;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site makes a browser send: every changing request that is not from our own pages, and every reading
 * one that is not somebody following a link. Programs send neither header and pass.
 */
export const onlyOwnPages = (publicUrl: string | null) => {
  const ours = publicUrl === null ? null : new URL(publicUrl).origin;
  return createMiddleware<Env>(async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const isSafe = safeMethods.has(c.req.method);
    const isNavigation = c.req.header('sec-fetch-mode') === 'navigate' && isSafe;
    if (site !== undefined) {
      const own = site === 'same-origin' || site === 'none';
      if (!own && !isNavigation) throw new ProblemError('cross_origin');
    } else if (
      origin !== undefined &&
      !isSafe &&
      origin !== ours &&
      origin !== ownOrigin(c.req.header('host'), origin)
    ) {
      throw new ProblemError('cross_origin');
    }
    await next();
  });
};

/**
 * The origin under which whoever asks reaches us, for addresses that we hand out: PUBLIC_URL, or what their browser says where
 * that agrees with the host they asked, which onlyKnownHosts has looked at.
 */
export function originFor(c: Context<Env>, publicUrl: string | null): string {
  if (publicUrl !== null) return publicUrl;
  return ownOrigin(c.req.header('host'), c.req.header('origin') ?? '') ?? new URL(c.req.url).origin;
}

// Behind a proxy that ends TLS we see http where the browser says https: the host is what has to agree.
function ownOrigin(host: string | undefined, origin: string): string | null {
  const url = URL.parse(origin);
  return url && host !== undefined && url.host === host.toLowerCase() ? url.origin : null;
}

function hostnameOf(host: string): string | null {
  return URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '') ?? null;
}
