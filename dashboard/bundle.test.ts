// @vitest-environment node
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, 'dist');
const isBuilt = existsSync(join(dist, '.vite/manifest.json'));
const [maxScriptBytes, maxFontBytes] = [120 * 1024, 50 * 1024];

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[]; css?: string[]; assets?: string[] };

/** Chunks that stand on the page once `entry` does: what it imports at once, and all that they import at once. */
function closureOf(manifest: Record<string, Chunk>, entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const next of manifest[entry]?.imports ?? []) closureOf(manifest, next, found);
  return found;
}

test.skipIf(!isBuilt)(
  'the first route weighs at most 120 kB of script and 50 kB of fonts (needs dashboard/dist)',
  () => {
    const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
    // The page and the larger of the two languages, as far as it is spoken at once; the rest of the screens comes when it is asked for.
    const first = closureOf(manifest, 'index.html');
    const weight = (names: Iterable<string>) =>
      [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, manifest[name]!.file))).length, 0);
    const languages = ['words/nl-first.ts', 'words/en-first.ts'].map((name) =>
      weight([...closureOf(manifest, name)].filter((chunk) => !first.has(chunk))),
    );
    const script = weight(first) + Math.max(...languages) + gzipSync(readFileSync(join(dist, 'theme.js'))).length;
    expect(script).toBeGreaterThan(50 * 1024);
    expect(script).toBeLessThanOrEqual(maxScriptBytes);

    const fonts = Object.values(manifest).filter(({ file }) => file.endsWith('.woff2'));
    expect(fonts.length).toBe(2);
    const fontBytes = fonts.reduce((sum, { file }) => sum + statSync(join(dist, file)).size, 0);
    expect(fontBytes).toBeLessThanOrEqual(maxFontBytes);
  },
);

test.skipIf(!isBuilt)('nothing of the server, the schemas or the widget library is in the build', () => {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  for (const { file } of Object.values(manifest).filter((chunk) => chunk.file.endsWith('.js'))) {
    const script = readFileSync(join(dist, file), 'utf8');
    expect(script).not.toMatch(/ZodError|kysely|node:fs|openapi/i);
  }
});

test.skipIf(!isBuilt)('every text file of the build lies packed beside itself', () => {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  for (const { file, css = [] } of Object.values(manifest))
    for (const name of [file, ...css].filter((path) => /\.(js|css)$/.test(path)))
      expect(existsSync(join(dist, `${name}.gz`)), name).toBe(true);
});
