import type { z } from '@hono/zod-openapi';
import type { Seal } from '#api/ids.ts';
import type { LiveChange } from '#api/schema.ts';
import type { ChangePosition } from '#storage/changes.ts';

const encoder = new TextEncoder();

/** `id:` of a frame: the place in the change table and when it was given out, closed for one viewer. */
export function closePosition(seal: Seal, viewerKey: string, position: ChangePosition, now: number): string {
  return seal.close(viewerKey, 'live', [BigInt(position.xid), BigInt(position.seq), BigInt(now)]);
}

/** A client's Last-Event-ID, or null when it is not one of ours. */
export function openPosition(
  seal: Seal,
  viewerKey: string,
  text: string,
): { position: ChangePosition; givenAt: number } | null {
  const numbers = text.length <= 200 ? seal.open(viewerKey, 'live', text) : null;
  if (numbers?.length !== 3) return null;
  const [xid, seq, givenAt] = numbers as [bigint, bigint, bigint];
  return { position: { xid: BigInt.asUintN(64, xid).toString(), seq: Number(seq) }, givenAt: Number(givenAt) };
}

/** The data line of something that changed: which threads and sources, and how many threads are new. The same for many. */
export function changeData(change: z.infer<typeof LiveChange>): string {
  return JSON.stringify(change);
}

/** Something changed, told to one viewer. */
export function changeFrame(id: string, data: string): Uint8Array {
  return Buffer.from(`event: change\nid: ${id}\ndata: ${data}\n\n`, 'latin1');
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
