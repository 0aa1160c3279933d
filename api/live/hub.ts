import { accessChanged, threadsToldBefore, type Viewer } from '#api/access.ts';
import type { Ids, Seal } from '#api/ids.ts';
import type { Log } from '#platform/log.ts';
import { peopleChannel } from '#storage/accounts.ts';
import { type Change, type ChangePosition, newestPosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { tellOfDay, untilNextDay } from '#storage/day-changes.ts';
import { listen } from '#storage/listen.ts';
import { type Batch, collect, merge, sizeOf } from './batch.ts';
import { createLiveClient, type LiveClient } from './client.ts';
import { startDays } from './days.ts';
import { changeFrame, closePosition, idleFrame, isAfter, openingFrame, openPosition, resyncFrame } from './frames.ts';
import { createNewcomers, type Newcomers } from './newcomers.ts';
import { startReader } from './reader.ts';

export type Live = {
  /** A stream for one viewer; null when this person or this address has too many open. */
  open: (request: LiveRequest) => ReadableStream<Uint8Array> | null;
  /** Ends every stream, then the reader. */
  close: () => Promise<void>;
};
export type LiveRequest = {
  viewer: Viewer;
  /** Where the connection comes from, for the cap. */
  address: string;
  lastEventId: string | undefined;
  /** Whether the session it was opened with still is what it was. */
  isStillThere: () => Promise<boolean>;
  /** Breaks the connection of a client that does not read. */
  abort?: (() => void) | undefined;
};

/** Tabs of one person; and of one address, behind which a whole house may sit. */
export const streamsPerPerson = 20;
export const streamsPerAddress = 1_000;
const tickMs = 100;
const sweepMs = 1_000;
const heartbeatMs = 20_000;
/** A session that ends by itself is told by nobody. */
const recheckMs = 60_000;
/** Who remembers viewers hears of a change at the same moment as we do: asked a little later, it has forgotten them. */
const settleMs = 150;
const pageSize = 1_000;
const mostResumedChanges = 5_000;
/** More than this in one frame, and loading the first page again is cheaper for everyone. */
const mostPerFrame = 500;

/** Everyone who may see the same: a frame is made once for all of them. */
type Audience = { viewer: Viewer; streams: Set<Stream>; delivered: ChangePosition };
type Stream = Pick<LiveRequest, 'viewer' | 'address' | 'isStillThere'> & {
  client: LiveClient;
  sentAt: number;
  checkedAt: number;
  held: Uint8Array[] | null;
};

/**
 * The live stream of one process: one reader of the change table, at most ten frames a second, each made once per audience
 * and written to everyone in it, in commit order.
 */
export async function startLive(deps: {
  db: Database;
  databaseUrl: string;
  ids: Ids;
  seal: Seal;
  log: Log;
}): Promise<Live> {
  const { db, databaseUrl, ids, seal, log } = deps;
  const audiences = new Map<string, Audience>();
  let delivered = await newestPosition(db);
  const newcomersAfter = async (position: ChangePosition, since: number) =>
    createNewcomers(since, await threadsToldBefore(db, position));
  const newcomers = await newcomersAfter(delivered, Date.now());
  let pending: Batch | null = null;
  let flushing: Promise<void> | null = null;
  let flushedAt = 0;
  let flushTimer: NodeJS.Timeout | undefined;
  let closed = false;

  const idAt = (viewer: Viewer, position: ChangePosition) => closePosition(seal, viewer.key, position, Date.now());

  const allStreams = () => [...audiences.values()].flatMap(({ streams }) => [...streams]);

  const join = (stream: Stream): Audience => {
    const key = audienceKey(stream.viewer);
    const audience = audiences.get(key) ?? {
      viewer: stream.viewer,
      streams: new Set(),
      delivered,
    };
    audiences.set(key, audience);
    audience.streams.add(stream);
    return audience;
  };

  const leave = (stream: Stream) => {
    const key = audienceKey(stream.viewer);
    const audience = audiences.get(key);
    audience?.streams.delete(stream);
    if (audience?.streams.size === 0) audiences.delete(key);
  };

  const send = (stream: Stream, frame: Uint8Array) => {
    stream.sentAt = Date.now();
    if (stream.held) stream.held.push(frame);
    else stream.client.write(frame);
  };

  /** What of a batch each viewer may see, asked once for all who may see the same. */
  function seenIn(batch: Batch) {
    const asked = new Map<string, ReturnType<typeof accessChanged>>();
    const changed = { threads: [...batch.threads.values()], mentions: [...batch.mentions] };
    return (viewer: Viewer) => {
      const key = viewer.circles.join();
      const seen = asked.get(key) ?? accessChanged(db, viewer, changed);
      asked.set(key, seen);
      return seen;
    };
  }

  /** The frame for one audience, or null when nothing it may see has changed. */
  async function frameFor(viewer: Viewer, batch: Batch, seen: ReturnType<typeof seenIn>, { isNew }: Newcomers) {
    if (batch.tooOld || (viewer.colleague && sizeOf(batch) > mostPerFrame))
      return resyncFrame(idAt(viewer, batch.position));
    const threads = await seen(viewer);
    // How much happens elsewhere, and what we listen to, is not a guest's to notice.
    if (threads.length > mostPerFrame) return resyncFrame(idAt(viewer, batch.position));
    const sources = viewer.colleague ? [...batch.sources] : [];
    const attention = batch.people.has(viewer.personId);
    if (threads.length === 0 && sources.length === 0 && !attention) return null;
    return changeFrame(idAt(viewer, batch.position), {
      threads: threads.map(({ id }) => ids.encode('thread', id)),
      newThreads: threads.filter(isNew).length,
      sources: sources.map((id) => ids.encode('source', id)),
      attention,
    });
  }

  /** False when it failed: the batch waits with what came after it. */
  async function flush(): Promise<boolean> {
    if (!pending) return true;
    const batch = pending;
    pending = null;
    try {
      // An audience that appears meanwhile is still visited: its first stream began at `delivered`.
      const seen = seenIn(batch);
      for (const audience of audiences.values()) {
        const frame = await frameFor(audience.viewer, batch, seen, newcomers);
        if (frame) for (const stream of audience.streams) send(stream, frame);
        audience.delivered = batch.position;
      }
      delivered = batch.position;
      newcomers.note(Array.from(batch.threads.values(), ({ id }) => id));
      return true;
    } catch (error) {
      log.warn({ err: error }, 'changes not published yet');
      const next = pending as Batch | null;
      pending = next ? merge(batch, next) : batch;
      return false;
    }
  }

  /** One flush at a time, and none within a tick of the one before. */
  function schedule(delayMs = Math.max(0, flushedAt + tickMs - Date.now())) {
    if (flushing || flushTimer || closed) return;
    flushTimer = setTimeout(() => {
      flushTimer = undefined;
      flushing = flush().then((done) => {
        flushedAt = Date.now();
        flushing = null;
        if (pending) schedule(done ? undefined : sweepMs);
      });
    }, delayMs);
  }

  const reader = startReader({
    databaseUrl,
    log,
    pageSize,
    from: delivered,
    read: (after, limit) => readChanges(db, after, limit),
    onChanges(next) {
      const batch = collect(next);
      pending = pending ? merge(pending, batch) : batch;
      schedule();
    },
  });

  /** Ends a stream whose session ended, or whose person may see something else than before: who comes back is looked at anew. */
  async function check(stream: Stream) {
    stream.checkedAt = Date.now();
    if (!(await stream.isStillThere())) stream.client.end();
  }
  // While the database is away nobody can end a session either; the next check says.
  const notChecked = (error: unknown) => log.warn({ err: error }, 'live stream not checked');

  const settling = new Set<NodeJS.Timeout>();
  /** Without a number something may have been missed: everybody is looked at. */
  function personChanged(personId: number | null) {
    const timer = setTimeout(() => {
      settling.delete(timer);
      for (const stream of allStreams())
        if (personId === null || stream.viewer.personId === personId) check(stream).catch(notChecked);
    }, settleMs);
    settling.add(timer);
  }
  const people = listen(
    databaseUrl,
    peopleChannel,
    (payload) => personChanged(payload ? Number(payload) : null),
    (error) => log.warn({ err: error }, 'listening for changes of people broke'),
  );

  // What ends by itself is told by nobody: with each new day by us, to every process at once.
  const days = startDays({
    untilNext: () => untilNextDay(db),
    onDay: () => tellOfDay(db),
    onError: (error) => log.warn({ err: error }, 'the new day was not told yet'),
  });

  const sweep = setInterval(() => {
    const now = Date.now();
    for (const audience of audiences.values()) {
      for (const stream of audience.streams) {
        stream.client.checkDeadline(now);
        if (now - stream.checkedAt >= recheckMs) check(stream).catch(notChecked);
        if (now - stream.sentAt >= heartbeatMs) send(stream, idleFrame(idAt(stream.viewer, audience.delivered)));
      }
    }
  }, sweepMs);
  sweep.unref();

  /** What a returning client missed: one frame, or a resync when that is too much or cannot be known. */
  async function missed(viewer: Viewer, lastEventId: string, until: ChangePosition): Promise<Uint8Array> {
    const resync = () => resyncFrame(idAt(viewer, until));
    const resumed = openPosition(seal, viewer.key, lastEventId);
    if (!resumed || isAfter(resumed.position, until)) return resync();
    let after = resumed.position;
    const changes: Change[] = [];
    while (isAfter(until, after)) {
      const next = await readChanges(db, after, pageSize);
      // What comes after is told live: told twice, a new thread would count twice.
      changes.push(...next.changes.filter(({ position }) => !isAfter(position, until)));
      if (next.tooOld || changes.length > mostResumedChanges) return resync();
      if (next.changes.length < pageSize) break;
      after = next.position;
    }
    const unknown = await newcomersAfter(resumed.position, resumed.givenAt);
    const batch = collect({ changes, position: until, tooOld: false });
    const frame = await frameFor(viewer, batch, seenIn(batch), unknown);
    return frame ?? idleFrame(idAt(viewer, until));
  }

  return {
    open({ viewer, address, lastEventId, isStillThere, abort }) {
      const open = allStreams();
      const byPerson = open.filter((stream) => stream.viewer.personId === viewer.personId);
      const byAddress = open.filter((stream) => stream.address === address);
      if (closed || byPerson.length >= streamsPerPerson || byAddress.length >= streamsPerAddress) return null;
      const stream: Stream = {
        viewer,
        address,
        isStillThere,
        sentAt: Date.now(),
        checkedAt: Date.now(),
        held: null,
        client: createLiveClient(() => leave(stream), abort),
      };
      const { delivered: until } = join(stream);
      stream.client.write(openingFrame);
      if (!lastEventId) {
        send(stream, idleFrame(idAt(viewer, until)));
        return stream.client.body;
      }
      // Frames of after this moment wait until what was missed before it has gone out.
      stream.held = [];
      missed(viewer, lastEventId, until)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'live stream not resumed');
          return resyncFrame(idAt(viewer, until));
        })
        .then((frame) => {
          for (const next of [frame, ...(stream.held ?? [])]) stream.client.write(next);
          stream.held = null;
        })
        .catch((error: unknown) => log.error({ err: error }, 'live stream failed'));
      return stream.client.body;
    },
    async close() {
      closed = true;
      clearInterval(sweep);
      clearTimeout(flushTimer);
      for (const timer of settling) clearTimeout(timer);
      await people.close();
      await days.close();
      for (const stream of allStreams()) stream.client.end();
      await reader.close();
      await flushing;
    },
  };
}

const audienceKey = ({ key, circles }: Viewer) => `${key} ${circles.join()}`;
