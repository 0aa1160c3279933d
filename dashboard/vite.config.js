import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Packs every text file of the build once, so that the server never packs the same bytes again. */
const packed = {
  name: 'packed',
  apply: 'build',
  closeBundle() {
    const folder = join(import.meta.dirname, 'dist');
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), packed],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // Inlined assets and the polyfill's inline script would not pass the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
