// Builds the dashboard as part of `npm ci`, so that starting never waits for it. Plain JavaScript because the very first
// install may run under the Node that happens to be outside; without Vite (npm ci --omit=dev) there is nothing to do.
import { fileURLToPath } from 'node:url';

try {
  const { build } = await import('vite');
  await build({ configFile: fileURLToPath(new URL('./vite.config.js', import.meta.url)), logLevel: 'warn' });
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes("'vite'")) throw error;
}
