// What `npm run dev` runs: the whole server, started anew when one of its files is saved, and the dashboard from Vite, which
// hands everything under /api and /health to it. The database files are those of `npm start`, unless DATA_DIR says otherwise.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';
import { ConfigError, environment, readConfig } from '#platform/config.ts';

const root = import.meta.dirname;
const config = (() => {
  try {
    return readConfig(environment, { demo: false });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
})();

// Node restarts it with SIGTERM, which lets requests and batches finish.
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', join(root, 'start.ts')], {
  cwd: root,
  stdio: 'inherit',
  env: { ...environment, PORT: String(config.port || 3000) },
});

const target = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port || 3000}`;
const dashboard = await createServer({
  configFile: join(root, 'dashboard', 'vite.config.js'),
  server: { host: config.host, proxy: { '/api': target, '/health': target } },
});
await dashboard.listen();
process.stdout.write(`The dashboard reloads on save at ${dashboard.resolvedUrls?.local[0] ?? 'its own address'}\n`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
server.once('exit', (status) => {
  process.exitCode = status ?? 0;
  stop();
});

function stop(): void {
  if (stopping) return;
  stopping = true;
  if (server.exitCode === null) server.kill('SIGTERM');
  void dashboard.close();
}
