import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Http, HttpAnswer } from '#platform/http.ts';

const fixtures = resolve(import.meta.dirname, '../ingest/fixtures');

/** A file below ingest/fixtures, or an answer written out; `body` other than text and bytes is sent as JSON. */
export type Recorded = string | { status?: number; headers?: Record<string, string>; body?: unknown };

/**
 * An Http that knows these addresses and refuses every other, so that no test reaches the network. Several answers for
 * one address are given in turn, the last again and again. `asked` lists what was requested.
 */
export function replay(answers: Record<string, Recorded | Recorded[]>): Http & { asked: string[] } {
  const turns = new Map<string, number>();
  const asked: string[] = [];
  return {
    asked,
    request: async ({ url }) => {
      const address = String(url);
      asked.push(address);
      const recorded = answers[address];
      if (recorded === undefined) throw new Error(`replay: nothing is recorded for ${address}`);
      const turn = turns.get(address) ?? 0;
      turns.set(address, turn + 1);
      return answerOf(Array.isArray(recorded) ? recorded[Math.min(turn, recorded.length - 1)]! : recorded, address);
    },
  };
}

function answerOf(recorded: Recorded, url: string): HttpAnswer {
  if (typeof recorded === 'string') {
    return { status: 200, headers: {}, body: readFileSync(join(fixtures, recorded)), url };
  }
  const { status = 200, headers = {}, body = '' } = recorded;
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers, body: bytes, url };
}
