import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { History } from './timeline.ts';

const Saved = z.object({
  bornAt: z.iso.datetime(),
  port: z.number().int(),
  /** Whether the colleagues have said what they had to say about the thirty days. */
  talked: z.boolean().default(false),
  published: z.record(z.string(), z.iso.datetime()),
});

/** The demo's memory between two starts: when it was born, on which port the world listens, what the trickle brought. */
export type DemoState = History & { port: number; talked: boolean; published: Map<string, Date> };

/** What an earlier start left in the data folder; null: this is the first one. A file that cannot be read is an error. */
export function readState(dataDir: string): DemoState | null {
  let text: string;
  try {
    text = readFileSync(fileIn(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const { bornAt, port, talked, published } = Saved.parse(JSON.parse(text));
  const times = Object.entries(published).map(([id, at]) => [id, new Date(at)] as const);
  return { bornAt: new Date(bornAt), port, talked, published: new Map(times) };
}

/** Whole or not at all: written beside it and renamed. */
export function writeState(dataDir: string, { bornAt, port, talked, published }: DemoState): void {
  mkdirSync(dataDir, { recursive: true });
  const file = fileIn(dataDir);
  const text = JSON.stringify({ bornAt, port, talked, published: Object.fromEntries(published) }, null, 1);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const fileIn = (dataDir: string): string => join(dataDir, 'outside-world.json');
