import { accessChanged, accessMembersChanged, threadsToldBefore, type Viewer } from '#api/access.ts';
import type { Ids, Seal } from '#api/ids.ts';
import type { Log } from '#platform/log.ts';
import { peopleChannel } from '#storage/accounts.ts';
import { type Change, type ChangePosition, newestPosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { tellOfDay, untilNextDay } from '#storage/day-changes.ts';
import { listen } from '#storage/listen.ts';
import { deskCircle } from '#storage/schema.ts';
import { type Batch, collect, merge, sizeOf } from './batch.ts';
import { createLiveClient, type LiveClient } from './client.ts';
import { startDays } from './days.ts';
import {
  changeData,
  changeFrame,
  closePosition,
  idleFrame,
  isAfter,
  openingFrame,
  openPosition,
  resyncFrame,
} from './frames.ts';
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

/** Everyone who may see the same, whoever they are: what changed is looked up and written down once for all of them. */
type Audience = { reach: Reach; streams: Set<Stream>; delivered: ChangePosition };
type Reach = Pick<Viewer, 'colleague' | 'circles'>;
type Stream = Pick<LiveRequest, 'address' | 'isStillThere'> & {
  audience: Audience;
  personId: number;
  /** Under which its places are closed. */
  key: string;
  client: LiveClient;
  sentAt: number;
  checkedAt: number;
  held: Uint8Array[] | null;
};

/**
 * The live stream of one process: one reader of the change table, at most ten frames a second, each made once per audience
 * and written to everyone in it, in commit order. Only its place is closed for each viewer apart: what one was given tells another
 * nothing, not even that both were told of the same change.
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

  const idAt = (key: string, position: ChangePosition) => closePosition(seal, key, position, Date.now());

  const byPerson = new Map<number, Set<Stream>>();
  const byAddress = new Map<string, number>();
  const everyStream = () => [...audiences.values()].flatMap(({ streams }) => [...streams]);

  const audienceOf = ({ colleague, circles }: Viewer): Audience => {
    const name = audienceName({ colleague, circles });
    const known = audiences.get(name);
    if (known) return known;
    const made: Audience = { reach: { colleague, circles }, streams: new Set(), delivered };
    audiences.set(name, made);
    return made;
  };

  const join = (stream: Stream) => {
    stream.audience.streams.add(stream);
    byAddress.set(stream.address, (byAddress.get(stream.address) ?? 0) + 1);
    byPerson.set(stream.personId, (byPerson.get(stream.personId) ?? new Set()).add(stream));
  };

  const leave = (stream: Stream) => {
    const { audience, personId, address } = stream;
    audience.streams.delete(stream);
    if (audience.streams.size === 0) audiences.delete(audienceName(audience.reach));
    const left = byAddress.get(address)! - 1;
    if (left === 0) byAddress.delete(address);
    else byAddress.set(address, left);
    const own = byPerson.get(personId)!;
    own.delete(stream);
    if (own.size === 0) byPerson.delete(personId);
  };

  const send = (stream: Stream, frame: Uint8Array) => {
    stream.sentAt = Date.now();
    if (stream.held) stream.held.push(frame);
    else stream.client.write(frame);
  };

  const accessed = async (batch: Batch) => ({
    threads:
      batch.threads.size + batch.mentions.size > 0
        ? await accessChanged(db, { threads: [...batch.threads.values()], mentions: [...batch.mentions] })
        : () => [],
    members: batch.members.size > 0 ? await accessMembersChanged(db, [...batch.members]) : () => [],
  });
  type Seen = Awaited<ReturnType<typeof accessed>>;

  /** Whether it is told as a resync whatever it is: then nothing is looked up. */
  const isTooMuch = (reach: Reach, batch: Batch) => batch.tooOld || (reach.colleague && sizeOf(batch) > mostPerFrame);

  /**
   * Writes down a batch for one audience: answers how to tell one of its people, who is closed a place of their own; null when
   * nothing they may see has changed.
   */
  function telling(reach: Reach, batch: Batch, seen: Seen | null, { isNew }: Newcomers) {
    const resync = (_personId: number, key: string) => resyncFrame(idAt(key, batch.position));
    if (isTooMuch(reach, batch)) return resync;
    const threads = seen?.threads(reach) ?? [];
    // How much happens elsewhere, and what we listen to, is not a guest's to notice.
    if (threads.length > mostPerFrame) return resync;
    const news = reach.circles.includes(deskCircle) ? batch.sourceNews : [];
    const sources = reach.colleague ? new Set([...batch.sources, ...news]) : [];
    const circles = reach.circles.filter((id) => batch.circles.has(id));
    const change = {
      threads: threads.map(({ id }) => ids.encode('thread', id)),
      newThreads: threads.filter(isNew).length,
      sources: Array.from(sources, (id) => ids.encode('source', id)),
      circles: circles.map((id) => ids.encode('circle', id)),
    };
    const isNothing = [threads, change.sources, circles].every(({ length }) => length === 0);
    const data = changeData({ ...change, attention: false });
    return (personId: number, key: string) => {
      const attention = batch.people.has(personId);
      // Of one circle, who is in it is not for all who see it.
      const members = (seen?.members({ personId, ...reach }) ?? []).filter((id) => !batch.circles.has(id));
      if (!attention && members.length === 0) return isNothing ? null : changeFrame(idAt(key, batch.position), data);
      const own = members.map((id) => ids.encode('circle', id));
      const told = changeData({ ...change, circles: [...change.circles, ...own], attention });
      return changeFrame(idAt(key, batch.position), told);
    };
  }

  /** False when it failed: the batch waits with what came after it. */
  async function flush(): Promise<boolean> {
    if (!pending) return true;
    const batch = pending;
    pending = null;
    try {
      const isAsked =
        batch.threads.size + batch.mentions.size + batch.members.size > 0 &&
        [...audiences.values()].some(({ reach }) => !isTooMuch(reach, batch));
      const seen = isAsked ? await accessed(batch) : null;
      // From here on nothing waits: who came meanwhile began at `delivered`, and is told as well.
      for (const audience of audiences.values()) {
        const tell = telling(audience.reach, batch, seen, newcomers);
        for (const stream of audience.streams) {
          const frame = tell(stream.personId, stream.key);
          if (frame) send(stream, frame);
        }
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
      const touched = personId === null ? everyStream() : (byPerson.get(personId) ?? []);
      for (const stream of touched) check(stream).catch(notChecked);
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
        if (now - stream.sentAt >= heartbeatMs) send(stream, idleFrame(idAt(stream.key, audience.delivered)));
      }
    }
  }, sweepMs);
  sweep.unref();

  /** What a returning client missed: one frame, or a resync when that is too much or cannot be known. */
  async function missed(viewer: Viewer, lastEventId: string, until: ChangePosition): Promise<Uint8Array> {
    const resync = () => resyncFrame(idAt(viewer.key, until));
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
    const seen = isTooMuch(viewer, batch) ? null : await accessed(batch);
    return telling(viewer, batch, seen, unknown)(viewer.personId, viewer.key) ?? idleFrame(idAt(viewer.key, until));
  }

  return {
    open({ viewer, address, lastEventId, isStillThere, abort }) {
      const { personId, key } = viewer;
      const own = byPerson.get(personId)?.size ?? 0;
      if (closed || own >= streamsPerPerson || (byAddress.get(address) ?? 0) >= streamsPerAddress) return null;
      const now = Date.now();
      const audience = audienceOf(viewer);
      const client = createLiveClient(() => leave(stream), abort);
      const stream: Stream = {
        audience,
        personId,
        key,
        address,
        isStillThere,
        client,
        sentAt: now,
        checkedAt: now,
        held: null,
      };
      join(stream);
      const until = audience.delivered;
      client.write(openingFrame);
      if (!lastEventId) {
        send(stream, idleFrame(idAt(key, until)));
        return client.body;
      }
      // Frames of after this moment wait until what was missed before it has gone out.
      stream.held = [];
      missed(viewer, lastEventId, until)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'live stream not resumed');
          return resyncFrame(idAt(key, until));
        })
        .then((frame) => {
          for (const next of [frame, ...(stream.held ?? [])]) client.write(next);
          stream.held = null;
        })
        .catch((error: unknown) => log.error({ err: error }, 'live stream failed'));
      return client.body;
    },
    async close() {
      closed = true;
      clearInterval(sweep);
      clearTimeout(flushTimer);
      for (const timer of settling) clearTimeout(timer);
      await people.close();
      await days.close();
      for (const stream of everyStream()) stream.client.end();
      await reader.close();
      await flushing;
    },
  };
}

const audienceName = ({ colleague, circles }: Reach) => `${colleague ? 'colleague' : 'guest'} ${circles.join()}`;
