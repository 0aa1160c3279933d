import type { z } from '@hono/zod-openapi';
import type { Seal } from '#api/ids.ts';
import type { LiveChange } from '#api/schema.ts';
import type { ChangePosition } from '#storage/changes.ts';

const encoder = new TextEncoder();

/** A place in the change table, and when it was the newest (ms since 1970). */
export type Place = { position: ChangePosition; at: number };

/** Nobody's in particular: what a place brings back is what its reader may see at that moment, whoever was given it. */
const everyone = 'everyone';

/** `id:` of a frame: a place, closed. Closed twice it reads differently, so that nobody sees that others were told of the same. */
export function closePlace(seal: Seal, { position, at }: Place): string {
  return seal.close(everyone, 'live', [BigInt(position.xid), BigInt(position.seq), BigInt(at)]);
}

/** A client's Last-Event-ID, or null when it is not one of ours. */
export function openPlace(seal: Seal, text: string): Place | null {
  const numbers = text.length <= 200 ? seal.open(everyone, 'live', text) : null;
  if (numbers?.length !== 3) return null;
  const [xid, seq, at] = numbers as [bigint, bigint, bigint];
  return { position: { xid: BigInt.asUintN(64, xid).toString(), seq: Number(seq) }, at: Number(at) };
}

/** Something changed: which threads and sources, and how many threads are new. */
export function changeFrame(id: string, change: z.infer<typeof LiveChange>): Uint8Array {
  return encoder.encode(`event: change\nid: ${id}\ndata: ${JSON.stringify(change)}\n\n`);
}

/** Load everything again and go on from here. The data line is there because browsers skip events without one. */
export function resyncFrame(id: string): Uint8Array {
  return encoder.encode(`event: resync\nid: ${id}\ndata: {}\n\n`);
}

/** Nothing happened; the place moves on all the same. Browsers remember the id and raise no event. */
export function idleFrame(id: string): Uint8Array {
  return encoder.encode(`: \nid: ${id}\n\n`);
}

/** First words: how long to wait before coming back. */
export const openingFrame = encoder.encode('retry: 2000\n\n');

/** Whether `a` lies after `b` in the order of the change table. */
export function isAfter(a: ChangePosition, b: ChangePosition): boolean {
  const [left, right] = [BigInt(a.xid), BigInt(b.xid)];
  return left === right ? a.seq > b.seq : left > right;
}
