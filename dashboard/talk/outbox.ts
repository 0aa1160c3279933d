import { useSyncExternalStore } from 'react';
import { RefusedError } from '../api.ts';
import { type NewReply, type Reply, sendReply } from '../api-talk.ts';
import { draftKey, joinDrafts, keepDraft, readDraft } from './drafts.ts';
import { type Composed, emptyComposed } from './written.ts';

/** A reply on its way. Its key stays the same however often it is sent, so that it is placed once. */
export type Leaving = {
  key: string;
  personId: string;
  threadId: string;
  body: NewReply;
  /** As it was written, should it come back. */
  composed: Composed;
  at: string;
  /** Tried without an answer. */
  isLate: boolean;
};
/** What a person's replies in a thread are waiting for, and why the last came back. */
export type Outbox = { leaving: readonly Leaving[]; refused: RefusedError | null };

const prefix = 'buitenwacht.leaving ';
const retryMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** The server forgets keys after a day: what is older may have been placed, and is for its writer to judge. */
const resumableMs = 12 * 3600_000;
const nothing: Outbox = { leaving: [], refused: null };

const boxes = new Map<string, Outbox>();
const sending = new Set<string>();
const listeners = new Set<() => void>();
let onPlaced: (reply: Reply) => void = () => undefined;

/** Says what happens with a reply that the server has. */
export function whenPlaced(handle: (reply: Reply) => void): void {
  onPlaced = handle;
}

/** Sends a reply until the server has it or refuses it; refused, its text is back in the draft of its place. */
export function leave(reply: Omit<Leaving, 'isLate'>): void {
  const box = boxOf(reply);
  put(reply, { leaving: [...box.leaving, { ...reply, isLate: false }], refused: null });
  void work(idOf(reply));
}

/** Takes up what was on its way when the page closed. */
export function resume(personId: string, threadId: string): void {
  const place = { personId, threadId };
  if (boxOf(place).leaving.length > 0) return;
  const kept = readKept(idOf(place));
  const now = Date.now();
  const fresh = kept.filter(({ at }) => now - Date.parse(at) < resumableMs);
  for (const one of kept.filter((each) => !fresh.includes(each))) giveBack(one);
  if (kept.length > 0) put(place, { leaving: fresh, refused: null });
  void work(idOf(place));
}

/** Takes away the reason why a reply came back. */
export function forgetRefusal(personId: string, threadId: string): void {
  const place = { personId, threadId };
  if (boxOf(place).refused) put(place, { ...boxOf(place), refused: null });
}

/** What is on its way from a person in a thread. */
export function useOutbox(personId: string, threadId: string): Outbox {
  return useSyncExternalStore(subscribe, () => boxOf({ personId, threadId }));
}

/** One after the other, so that what was written first stands first. */
async function work(id: string): Promise<void> {
  if (sending.has(id)) return;
  sending.add(id);
  for (let tries = 0; ; ) {
    const first = boxes.get(id)?.leaving[0];
    if (!first) break;
    try {
      const reply = await sendReply(first.threadId, first.key, first.body);
      tries = 0;
      onPlaced(reply);
      put(first, { leaving: boxOf(first).leaving.slice(1), refused: null });
    } catch (error) {
      if (isRefusal(error, tries)) {
        const { leaving } = boxOf(first);
        for (const one of [...leaving].reverse()) giveBack(one);
        put(first, { leaving: [], refused: error });
        break;
      }
      put(first, { ...boxOf(first), leaving: boxOf(first).leaving.map((one) => ({ ...one, isLate: true })) });
      await new Promise((done) => setTimeout(done, retryMs[Math.min(tries, retryMs.length - 1)]));
      tries += 1;
    }
  }
  sending.delete(id);
}

/** Whether the server has decided. No answer, a busy server and one that fails for a moment have not. */
function isRefusal(error: unknown, tries: number): error is RefusedError {
  if (!(error instanceof RefusedError) || error.code === null) return false;
  if (error.code === 'unavailable' || error.code === 'busy') return false;
  return error.code !== 'internal' || tries >= 2;
}

/** Into the draft of its place, for the circle it was written for. */
function giveBack({ personId, threadId, composed, body }: Leaving): void {
  const key = draftKey(personId, threadId);
  keepDraft(key, joinDrafts({ ...composed, circle: body.circle }, readDraft(key) ?? emptyComposed));
}

function boxOf(place: { personId: string; threadId: string }): Outbox {
  return boxes.get(idOf(place)) ?? nothing;
}

function put(place: { personId: string; threadId: string }, box: Outbox): void {
  const id = idOf(place);
  boxes.set(id, box);
  try {
    if (box.leaving.length === 0) localStorage.removeItem(prefix + id);
    else localStorage.setItem(prefix + id, JSON.stringify(box.leaving));
  } catch {
    // A browser that keeps nothing still sends for as long as the page is open.
  }
  for (const listener of listeners) listener();
}

function readKept(id: string): Leaving[] {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + id) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.key === 'string' && one.body && one.composed) : [];
  } catch {
    return [];
  }
}

const idOf = ({ personId, threadId }: { personId: string; threadId: string }) => `${personId} ${threadId}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
