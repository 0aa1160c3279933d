import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Context } from 'hono';
import { acceptsGzip } from './compress.ts';
import type { Env } from './env.ts';

/** The built dashboard: only files that were found in its folder can be asked for, so no path leads out of it. */
export type Dashboard = {
  /** The answer to a GET or HEAD, or null when nothing of the dashboard stands there. */
  serve: (c: Context<Env>) => Promise<Response | null>;
};

type Served = { type: string; body: Uint8Array<ArrayBuffer>; packed: Uint8Array<ArrayBuffer> | null; etag: string };

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Reads `folder` (dashboard/dist) and reads it again when its index.html changed; null when it was never built. */
export async function openDashboard(folder: string): Promise<Dashboard | null> {
  const index = join(folder, 'index.html');
  const builtAt = async () => (await stat(index).catch(() => null))?.mtimeMs ?? null;
  let seenAt = await builtAt();
  if (seenAt === null) return null;
  let files = await readFolder(folder);

  return {
    async serve(c) {
      if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return null;
      const path = decodePath(c.req.path);
      if (path === null || /^\/(api|health)(\/|$)/.test(path)) return null;
      const file = files.get(path);
      if (file && path !== '/index.html') return answer(c, file, path.startsWith('/assets/'));
      // A missing file is missing; any other address is a page, which the dashboard draws itself.
      if (path !== '/index.html' && (path.startsWith('/assets/') || posix.extname(path) !== '')) return null;
      const nowAt = await builtAt();
      if (nowAt !== null && nowAt !== seenAt) {
        files = await readFolder(folder);
        seenAt = nowAt;
      }
      return answer(c, files.get('/index.html')!, false);
    },
  };
}

async function readFolder(folder: string): Promise<Map<string, Served>> {
  const files = new Map<string, Served>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const absolute = join(entry.parentPath, entry.name);
    const path = `/${posix.join(...absolute.slice(folder.length + 1).split(/[\\/]/))}`;
    const type = types[posix.extname(path)];
    // Names with a dot in front (the manifest of the build) are not for serving.
    if (!entry.isFile() || type === undefined || path.includes('/.')) continue;
    const body = new Uint8Array(await readFile(absolute));
    const packed = await readFile(`${absolute}.gz`).catch(() => null);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(path, { type, body, packed: packed && new Uint8Array(packed), etag });
  }
  return files;
}

function answer(c: Context<Env>, file: Served, immutable: boolean): Response {
  const headers: Record<string, string> = {
    'content-type': file.type,
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'Accept-Encoding',
    etag: file.etag,
  };
  if (c.req.header('if-none-match')?.includes(file.etag)) return c.body(null, 304, headers);
  if (!file.packed || !acceptsGzip(c.req.header('accept-encoding'))) return c.body(file.body, 200, headers);
  return c.body(file.packed, 200, { ...headers, 'content-encoding': 'gzip', etag: `W/${file.etag}` });
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
