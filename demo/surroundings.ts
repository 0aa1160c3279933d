import type { Surroundings } from '#launch.ts';
import type { FetchAllow } from '#platform/address.ts';
import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import { listSources } from '#storage/source-list.ts';
import { pollNow } from '#storage/sources.ts';
import { beginInside } from './inside/begin.ts';
import { hireColleagues } from './inside/people.ts';
import { startOutside } from './outside.ts';
import { addOutlets, findOutlets, moveOutlets } from './sources.ts';
import { type DemoState, readState, writeState } from './state.ts';
import { startTrickle } from './trickle.ts';
import { outlets } from './world/outlets.ts';

const dayMs = 86_400_000;

/** `sourceCount`: how many there are to follow, once it is ready; whoever tries the demo adds and removes some. */
export type OutsideWorld = Surroundings & { origin: string; sourceCount: () => number };

/**
 * The outside world round a demo. Its server stands before anything else, so that the guarded client can be told its
 * address. The first time everything is ready it is born: its sources are added and its thirty days lie before that moment.
 * A later start goes on where the last one stopped. Nothing is written down before the database is ours.
 */
export async function outsideWorld(config: Config, log: Log): Promise<OutsideWorld> {
  const saved = readState(config.dataDir);
  const state: DemoState = saved ?? { bornAt: new Date(), port: 0, talked: false, published: new Map() };
  const outside = await startOutside({ outlets, history: state, port: state.port });
  const fetchAllow = allowing(config.fetchAllow, outside.origin);
  let stopTrickle = () => {};
  let sourceCount = 0;
  const stopTalk = new AbortController();
  let talking: Promise<void> | null = null;
  return {
    origin: outside.origin,
    sourceCount: () => sourceCount,
    config: { ...config, fetchAllow },
    async ready({ db, url }) {
      if (!saved) {
        state.bornAt = new Date();
        await hireColleagues(db, new Date(state.bornAt.getTime() - 60 * dayMs));
        await addOutlets(db, outlets, outside.origin, fetchAllow);
      } else if (state.port !== outside.port) {
        await moveOutlets(db, outlets, `http://127.0.0.1:${state.port}`, outside.origin, fetchAllow);
      }
      state.port = outside.port;
      writeState(config.dataDir, state);
      sourceCount = (await listSources(db, 'desk')).length;
      if (!state.talked && url) {
        talking = beginInside({ db, url, bornAt: state.bornAt, log, signal: stopTalk.signal }).then(
          () => {
            state.talked = !stopTalk.signal.aborted;
            writeState(config.dataDir, state);
          },
          (err: unknown) => {
            if (!stopTalk.signal.aborted) log.warn({ err }, 'the colleagues of the demo fell silent');
          },
        );
      }
      const ids = await findOutlets(db, outlets, outside.origin, fetchAllow);
      stopTrickle = startTrickle({
        outlets,
        history: state,
        publish(id, at) {
          state.published.set(id, at);
          writeState(config.dataDir, state);
        },
        // What a hub's ping does for a site that has one: the source is due now.
        announce({ slug }) {
          const id = ids.get(slug);
          if (id !== undefined)
            pollNow(db, id).catch((err) => log.warn({ err, sourceId: id }, 'could not announce a new item'));
        },
      });
    },
    async close() {
      stopTrickle();
      stopTalk.abort();
      await talking;
      await outside.close();
    },
  };
}

function allowing(allow: FetchAllow, origin: string): FetchAllow {
  return { ...allow, names: new Set([...allow.names, new URL(origin).host]), isEmpty: false };
}
