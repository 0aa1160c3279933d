// What `npm test` runs: the check, integration and browser tests, each runner with its own output, and one closing line.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium } from './chromium.ts';
import { readTally, type Tally } from './reporters/tally.ts';

type Step = { title: string; command: string[]; env?: Record<string, string> };

const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'buitenwacht-tally-'));
/** A runner that hangs is a failure, not a reason to wait for ever. */
const stepTimeoutMs = 15 * 60_000;

const vitest = (...projects: string[]) => ['vitest', 'run', ...projects.flatMap((project) => ['--project', project])];
const tsc = 'tsc --noEmit --checkers 1 --incremental --tsBuildInfoFile node_modules/.cache/tsc';
const plain: Step[] = [
  { title: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { title: 'types', command: tsc.split(' ') },
];
const runners: Step[] = [
  { title: 'unit and component tests', command: vitest('unit', 'dom') },
  { title: 'integration tests', command: vitest('integration') },
];

const total: Tally = { passed: 0, failed: 0, skipped: [] };
const leftOut: string[] = [];
const failedSteps: string[] = [];

const chromium = findChromium();
const hasSpecs =
  existsSync(join(root, 'test', 'browser')) &&
  readdirSync(join(root, 'test', 'browser')).some((name) => name.endsWith('.spec.ts'));
if (chromium && hasSpecs)
  runners.push({ title: 'browser tests', command: ['playwright', 'test'], env: { CHROMIUM_PATH: chromium } });
else if (hasSpecs)
  leftOut.push('all browser tests: no Chromium found (install chromium-headless-shell or set CHROMIUM_PATH)');

for (const step of plain) {
  if ((await runStep(step)) === 0) continue;
  total.failed += 1;
  failedSteps.push(step.title);
}
for (const [index, step] of runners.entries()) {
  const file = join(scratch, `${index}.json`);
  const status = await runStep({ ...step, env: { ...step.env, CLOSING_LINE_FILE: file } });
  const tally = readTally(file);
  total.passed += tally?.passed ?? 0;
  total.skipped.push(...(tally?.skipped ?? []));
  // A runner that ends badly without a failed test (it died, or could not start) counts for one.
  const failed = status === 0 && tally ? tally.failed : Math.max(1, tally?.failed ?? 0);
  total.failed += failed;
  if (failed > 0) failedSteps.push(step.title);
}
rmSync(scratch, { recursive: true, force: true });

const notRun = [...leftOut, ...total.skipped];
if (notRun.length > 0) console.log(`\nSkipped:\n${notRun.map((name) => `  ${name}`).join('\n')}`);
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
const skipped = notRun.length > 0 ? `, ${notRun.length} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs one step with its output on ours; resolves to its exit status, 1 when it cannot run or takes too long. */
function runStep({ title, command: [program = '', ...args], env }: Step): Promise<number> {
  console.log(`\n== ${title}`);
  const child = spawn(join(root, 'node_modules', '.bin', program), args, {
    cwd: root,
    env: { ...process.env, ...env },
    // No stdin: nothing may ask. Its own group, so that what it started ends with it.
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const end = (signal: NodeJS.Signals) => child.pid && process.kill(-child.pid, signal);
  const tooLong = setTimeout(() => {
    console.error(`${title}: stopped after ${stepTimeoutMs / 60_000} minutes`);
    end('SIGKILL');
  }, stepTimeoutMs);
  const pass = (signal: NodeJS.Signals) => {
    end(signal);
    child.once('exit', () => process.exit(1));
  };
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise<number>((done) => {
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      done(1);
    });
    child.once('exit', (status) => done(status ?? 1));
  }).finally(() => {
    clearTimeout(tooLong);
    process.off('SIGINT', pass).off('SIGTERM', pass);
  });
}
