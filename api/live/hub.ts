import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import type { Viewer } from '#api/access.ts';
import type { Ids, Seal } from '#api/ids.ts';
import type { Log } from '#platform/log.ts';
import { peopleChannel } from '#storage/accounts.ts';
import { newestPosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { tellOfDay, untilNextDay } from '#storage/day-changes.ts';
import { listen } from '#storage/listen.ts';
import { type Batch, collect, merge } from './batch.ts';
import { createLiveClient, type LiveClient } from './client.ts';
import { startDays } from './days.ts';
import { closePlace, idleFrame, openingFrame, openPlace, type Place, resyncFrame } from './frames.ts';
import { startReader } from './reader.ts';
import { createResponseClient } from './response.ts';
import { missedBetween, newcomersAfter } from './returning.ts';
import { type Reach, telling } from './telling.ts';

export type Live = {
  /** A stream for one viewer; null when this person or this address has too many open. */
  open: (request: LiveRequest) => ReadableStream<Uint8Array> | null;
  /** The same on a connection of Node, whose head is sent with these headers; false, and nothing sent, when there are too many. */
  openOn: (response: ServerResponse, headers: OutgoingHttpHeaders, request: LiveRequest) => boolean;
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
/** Ten frames a second for many, of which three may come at once after a lull; what is for one person alone comes sooner. */
const tickMs = 100;
const burstMs = 2 * tickMs;
const ownTickMs = 10;
const sweepMs = 1_000;
const heartbeatMs = 25_000;
/** A session that ends by itself is told by nobody; all others are looked at when it is told. */
const recheckMs = 15 * 60_000;
/** Who remembers viewers hears of a change at the same moment as we do: asked a little later, it has forgotten them. */
const settleMs = 150;
const pageSize = 1_000;

/** Everyone who may see the same, whoever they are: what changed is looked up and written down once for all of them. */
type Audience = { reach: Reach; streams: Set<Stream> };
type Stream = Pick<LiveRequest, 'address' | 'isStillThere'> & {
  audience: Audience;
  personId: number;
  client: Omit<LiveClient, 'body'>;
  sentAt: number;
  checkedAt: number;
  /** What waits until it has caught up. */
  held: Uint8Array[] | null;
};
/** Who came back, and the place they gave; null when it is not one of ours. */
type Returned = { stream: Stream; from: Place | null };

/**
 * The live stream of one process: one reader of the change table, at most ten frames a second, each made once per audience
 * and written to everyone in it, in commit order. Each audience is given a place of its own: it tells others nothing, not even that
 * both were told of the same change.
 */
export async function startLive(deps: {
  db: Database;
  databaseUrl: string;
  ids: Ids;
  seal: Seal;
  log: Log;
}): Promise<Live> {
  const { db, databaseUrl, seal, log } = deps;
  const audiences = new Map<string, Audience>();
  /** Up to here everyone was told. */
  let here: Place = { position: await newestPosition(db), at: Date.now() };
  const newcomers = await newcomersAfter(db, here);
  let pending: Batch | null = null;
  let flushing: Promise<void> | null = null;
  let nextFlushAt = 0;
  /** Until when the frames that went out would have lasted, ten a second. */
  let spentUntil = 0;
  let flushTimer: NodeJS.Timeout | undefined;
  let closed = false;

  const idle = () => idleFrame(closePlace(seal, here));

  const byPerson = new Map<number, Set<Stream>>();
  const byAddress = new Map<string, number>();
  const everyStream = () => [...audiences.values()].flatMap(({ streams }) => [...streams]);

  const audienceOf = ({ colleague, circles }: Viewer): Audience => {
    const name = audienceName({ colleague, circles });
    const known = audiences.get(name);
    if (known) return known;
    const made: Audience = { reach: { colleague, circles }, streams: new Set() };
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

  /** Answers from when the next may go; what failed waits with what came after it. */
  async function flush(batch: Batch): Promise<number> {
    try {
      const reaches = Array.from(audiences.values(), ({ reach }) => reach);
      const at = Date.now();
      const toldTo = await telling(deps, batch, newcomers, { at, reaches });
      // From here on nothing waits: who came meanwhile began at `here`, and is told as well.
      const began = Date.now();
      let isForMany = false;
      for (const { reach, streams } of audiences.values()) {
        const { forAll, forOne } = toldTo(reach);
        isForMany ||= forAll !== null;
        for (const stream of streams) {
          const frame = forOne(stream.personId);
          if (frame) send(stream, frame);
        }
      }
      here = { position: batch.position, at };
      newcomers.note(Array.from(batch.threads.values(), ({ id }) => id));
      // The connections take what was written after this turn.
      await turn();
      if (isForMany) spentUntil = Math.max(spentUntil, began) + tickMs;
      // A crowd takes long to write to: a quarter of that time is left to requests.
      const ended = Date.now();
      return Math.max(isForMany ? spentUntil - burstMs : began + ownTickMs, ended + (ended - began) / 4);
    } catch (error) {
      log.warn({ err: error }, 'changes not published yet');
      pending = pending ? merge(batch, pending) : batch;
      return Date.now() + sweepMs;
    }
  }

  /** One flush at a time, and none before the one before allows it. */
  function schedule() {
    if (flushing || flushTimer || closed) return;
    flushTimer = setTimeout(
      () => {
        flushTimer = undefined;
        const batch = pending!;
        pending = null;
        flushing = flush(batch).then((nextAt) => {
          nextFlushAt = nextAt;
          flushing = null;
          if (pending) schedule();
        });
      },
      Math.max(0, nextFlushAt - Date.now()),
    );
  }

  const reader = startReader({
    databaseUrl,
    log,
    pageSize,
    from: here.position,
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
    for (const { streams } of audiences.values()) {
      let frame: Uint8Array | undefined;
      for (const stream of streams) {
        stream.client.checkDeadline(now);
        if (now - stream.checkedAt >= recheckMs) check(stream).catch(notChecked);
        if (now - stream.sentAt >= heartbeatMs) {
          frame ??= idle();
          send(stream, frame);
        }
      }
    }
  }, sweepMs);
  sweep.unref();

  let returned: Returned[] = [];
  let catchingUp: Promise<void> | null = null;

  /** Who came back is told what they missed, everyone who was told up to the same place at once; others wait for the next round. */
  async function catchUp() {
    while (returned.length > 0) {
      await turn();
      const until = here;
      const round = Map.groupBy(returned, ({ from }) => JSON.stringify(from));
      // What they were told of until now is among what they missed.
      for (const { stream } of returned) stream.held = [];
      returned = [];
      for (const group of round.values()) {
        const { from } = group[0]!;
        const reaches = [...new Set(group.map(({ stream }) => stream.audience.reach))];
        const toldTo = from && (await missedBetween(deps, from, until, reaches).catch(notCaughtUp));
        const told = new Map(reaches.map((reach) => [reach, toldTo?.(reach)]));
        for (const { stream } of group) {
          const missed = told.get(stream.audience.reach);
          const place = () => closePlace(seal, until);
          const first = missed ? (missed.forOne(stream.personId) ?? idleFrame(place())) : resyncFrame(place());
          for (const frame of [first, ...stream.held!]) stream.client.write(frame);
          stream.held = null;
        }
      }
    }
  }
  const notCaughtUp = (error: unknown) => {
    log.warn({ err: error }, 'live streams not resumed');
    return null;
  };

  function hasRoom({ viewer, address }: LiveRequest): boolean {
    const own = byPerson.get(viewer.personId)?.size ?? 0;
    return !closed && own < streamsPerPerson && (byAddress.get(address) ?? 0) < streamsPerAddress;
  }

  /** Begins a stream; `connect` answers who takes its frames, and is given whom to tell when they are gone. */
  function begin<Client extends Stream['client']>(
    request: LiveRequest,
    connect: (onGone: () => void) => Client,
  ): Client {
    const { viewer, address, lastEventId, isStillThere } = request;
    const now = Date.now();
    const client = connect(() => leave(stream));
    const stream: Stream = {
      audience: audienceOf(viewer),
      personId: viewer.personId,
      address,
      isStillThere,
      client,
      sentAt: now,
      // A crowd that came at once is not looked at again at once.
      checkedAt: now - Math.random() * recheckMs,
      // Who comes back is told what happens from now on after what they missed.
      held: lastEventId ? [] : null,
    };
    join(stream);
    client.write(openingFrame);
    if (lastEventId) {
      returned.push({ stream, from: openPlace(seal, lastEventId) });
      catchingUp ??= catchUp().finally(() => {
        catchingUp = null;
      });
    } else send(stream, idle());
    return client;
  }

  return {
    open(request) {
      return hasRoom(request) ? begin(request, (onGone) => createLiveClient(onGone, request.abort)).body : null;
    },
    openOn(response, headers, request) {
      if (!hasRoom(request)) return false;
      // Who left in the meantime says so no more.
      if (response.destroyed) return true;
      response.writeHead(200, headers);
      begin(request, (onGone) => createResponseClient(response, onGone));
      return true;
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
      await catchingUp;
    },
  };
}

const audienceName = ({ colleague, circles }: Reach) => `${colleague ? 'colleague' : 'guest'} ${circles.join()}`;
