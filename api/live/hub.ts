import { accessChanged, threadsToldBefore, type Viewer } from '#api/access.ts';
import type { Ids, Seal } from '#api/ids.ts';
import type { Log } from '#platform/log.ts';
import { type Change, type ChangePosition, newestPosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { changeKinds } from '#storage/schema.ts';
import { createLiveClient, type LiveClient } from './client.ts';
import { changeFrame, closePosition, idleFrame, isAfter, openingFrame, openPosition, resyncFrame } from './frames.ts';
import { createNewcomers, type Newcomers } from './newcomers.ts';
import { startReader } from './reader.ts';

export type Live = {
  /** A stream for one viewer; null when this address has too many open. */
  open: (request: LiveRequest) => ReadableStream<Uint8Array> | null;
  /** Ends every stream, then the reader. */
  close: () => Promise<void>;
};
export type LiveRequest = {
  viewer: Viewer;
  /** Where the connection comes from, for the cap. */
  address: string;
  lastEventId: string | undefined;
  /** Breaks the connection of a client that does not read. */
  abort?: (() => void) | undefined;
};

export const streamsPerAddress = 50;
const tickMs = 100;
const sweepMs = 1_000;
const heartbeatMs = 20_000;
const pageSize = 1_000;
const mostResumedChanges = 5_000;
/** More than this in one frame, and loading the first page again is cheaper for everyone. */
const mostPerFrame = 500;

type Pending = {
  threads: Set<number>;
  mentions: Set<number>;
  sources: Set<number>;
  position: ChangePosition;
  /** Changes were lost before these: load everything again. */
  tooOld: boolean;
};
/** Everyone who may see the same: a frame is made once for all of them. */
type Audience = { viewer: Viewer; streams: Set<Stream>; delivered: ChangePosition };
type Stream = { viewer: Viewer; address: string; client: LiveClient; sentAt: number; held: Uint8Array[] | null };

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
  let pending: Pending | null = null;
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

  /** The frame for one audience, or null when nothing it may see has changed. */
  async function frameFor(viewer: Viewer, batch: Pending, { isNew }: Newcomers) {
    if (batch.tooOld || batch.threads.size + batch.mentions.size + batch.sources.size > mostPerFrame)
      return resyncFrame(idAt(viewer, batch.position));
    const threads = await accessChanged(db, viewer, { threads: [...batch.threads], mentions: [...batch.mentions] });
    if (threads.length === 0 && batch.sources.size === 0) return null;
    return changeFrame(idAt(viewer, batch.position), {
      threads: threads.map(({ id }) => ids.encode('thread', id)),
      newThreads: threads.filter(isNew).length,
      sources: [...batch.sources].map((id) => ids.encode('source', id)),
      attention: false,
    });
  }

  /** False when it failed: the batch waits with what came after it. */
  async function flush(): Promise<boolean> {
    if (!pending) return true;
    const batch = pending;
    pending = null;
    try {
      // An audience that appears meanwhile is still visited: its first stream began at `delivered`.
      for (const audience of audiences.values()) {
        const frame = await frameFor(audience.viewer, batch, newcomers);
        if (frame) for (const stream of audience.streams) send(stream, frame);
        audience.delivered = batch.position;
      }
      delivered = batch.position;
      newcomers.note(batch.threads);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'changes not published yet');
      const next = pending as Pending | null;
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

  const sweep = setInterval(() => {
    const now = Date.now();
    for (const audience of audiences.values()) {
      for (const stream of audience.streams) {
        stream.client.checkDeadline(now);
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
      changes.push(...next.changes);
      if (next.tooOld || changes.length > mostResumedChanges) return resync();
      if (next.changes.length < pageSize) break;
      after = next.position;
    }
    const unknown = await newcomersAfter(resumed.position, resumed.givenAt);
    const frame = await frameFor(viewer, collect({ changes, position: until, tooOld: false }), unknown);
    return frame ?? idleFrame(idAt(viewer, until));
  }

  return {
    open({ viewer, address, lastEventId, abort }) {
      const open = allStreams().filter((stream) => stream.address === address);
      if (closed || open.length >= streamsPerAddress) return null;
      const stream: Stream = {
        viewer,
        address,
        sentAt: Date.now(),
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
      for (const stream of allStreams()) stream.client.end();
      await reader.close();
      await flushing;
    },
  };
}

function collect({ changes, position, tooOld }: Awaited<ReturnType<typeof readChanges>>): Pending {
  const refs = (kind: number) => new Set(changes.filter((change) => change.kind === kind).map((change) => change.ref));
  return {
    threads: refs(changeKinds.thread),
    mentions: refs(changeKinds.mention),
    sources: refs(changeKinds.source),
    position,
    tooOld,
  };
}

function merge(earlier: Pending, later: Pending): Pending {
  const both = (a: Set<number>, b: Set<number>) => new Set([...a, ...b]);
  return {
    threads: both(earlier.threads, later.threads),
    mentions: both(earlier.mentions, later.mentions),
    sources: both(earlier.sources, later.sources),
    position: later.position,
    tooOld: earlier.tooOld || later.tooOld,
  };
}

const audienceKey = ({ key, circles }: Viewer) => `${key} ${circles.join()}`;
