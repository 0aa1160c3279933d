import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plain } from '#search/plain.ts';
import type { MatchWorld } from './match-world.ts';

/** A folder with the jars of lucene-monitor and lucene-queries 10 and what these need; a Java of 21 or newer runs them. */
const jars = process.env.LUCENE_MONITOR_JARS;
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
export const hasLucene = jars !== undefined && existsSync(jars);

export type Lucene = {
  /** Ids of the queries that hold of each of these documents. */
  match: (from: number, count: number) => Promise<number[][]>;
  close: () => void;
};

/** The same queries and documents in Lucene Monitor, in a process of its own that keeps them in memory. */
export async function startLucene({ queries, documents }: MatchWorld): Promise<Lucene> {
  const folder = mkdtempSync(join(tmpdir(), 'buitenwacht-lucene-'));
  const queryFile = join(folder, 'queries');
  const documentFile = join(folder, 'documents');
  writeFileSync(queryFile, queries.map(({ id, plain }) => `${id} ${written(plain)}`).join('\n'));
  const lines = documents.map(({ text, terms }) => `${terms.join(' ')}|${text}`);
  writeFileSync(documentFile, lines.join('\n'));
  const source = join(import.meta.dirname, 'lucene-monitor', 'Match.java');
  const child = spawn(java, ['-Xmx2g', '-cp', join(jars!, '*'), source, queryFile, documentFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error('Lucene Monitor stopped');
    return value;
  };
  const close = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if ((await next()) !== 'ready') throw new Error('Lucene Monitor did not start');
  } catch (error) {
    close();
    throw error;
  }
  return {
    async match(from, count) {
      child.stdin.write(`${from} ${count}\n`);
      const each = (await next()).split(';').slice(0, count);
      return each.map((ids) => ids.split(' ').filter(Boolean).map(Number));
    },
    close,
  };
}

/** As Match.java reads it: each kind followed by what it is made of. */
function written(plain: Plain): string {
  switch (plain.kind) {
    case 'word':
      return `${plain.word.prefix ? 'prefix' : 'word'} ${plain.word.text}`;
    case 'term':
      return `term ${plain.term}`;
    case 'phrase':
      return `phrase ${plain.words.length} ${plain.words.map(({ text }) => text).join(' ')}`;
    case 'near':
      return `near ${Number(plain.ordered)} ${plain.most} ${plain.first.text} ${plain.second.text}`;
    case 'and':
    case 'or':
      return `${plain.kind} ${plain.of.length} ${plain.of.map(written).join(' ')}`;
    case 'not':
      return `not ${written(plain.of)}`;
    default:
      throw new Error(`The bench asks no ${plain.kind}`);
  }
}
