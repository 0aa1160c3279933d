import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readTipAddress } from '#ingest/tip.ts';
import { addressRefusal, isAllowedHost, portOf } from '#platform/address.ts';
import { countWaitingTips, keepTip, readTip, readTips } from '#storage/tips.ts';
import { readerOf, type Viewer } from './access.ts';
import type { Deps, Env } from './env.ts';
import { digestOf, once } from './idempotency.ts';
import { languageOf } from './language.ts';
import { presentTip } from './present-desk.ts';
import { ProblemError } from './problem.ts';
import type { NewTip, Tip, TipList } from './schema-desk.ts';

/** The newest of what somebody handed in. */
const mostTips = 100;
/** More than this waiting of one person, and they wait too. */
const mostWaiting = 50;

type Reading = Pick<Deps, 'db' | 'ids'>;

const languageFor = (c: Context<Env>) => languageOf(c.req.header('accept-language'));

/** What the viewer handed in, and nobody else did. */
export async function accessTips(
  { db, ids }: Reading,
  viewer: Viewer,
  c: Context<Env>,
): Promise<z.infer<typeof TipList>> {
  const tips = await readTips(db, readerOf(viewer), mostTips);
  return { tips: tips.map((tip) => presentTip(ids, tip, languageFor(c))) };
}

/** One tip of the viewer's own. */
export async function accessTip(
  { db, ids }: Reading,
  viewer: Viewer,
  c: Context<Env>,
  publicId: string,
): Promise<z.infer<typeof Tip>> {
  const id = ids.decode('tip', publicId);
  const tip = id === null ? null : await readTip(db, readerOf(viewer), id);
  if (!tip) throw new ProblemError('not_found');
  return presentTip(ids, tip, languageFor(c));
}

/**
 * Keeps what somebody hands in; the workers look it up. What can be said without asking anyone is said at once: no address, one that
 * is never fetched, or that we may not fetch yet.
 */
export async function handIn(
  deps: Reading & Pick<Deps, 'allow' | 'contact'>,
  viewer: Viewer,
  c: Context<Env>,
  key: string,
  given: z.infer<typeof NewTip>,
): Promise<z.infer<typeof Tip>> {
  const { db, ids } = deps;
  const { personId } = viewer;
  const digest = digestOf('tip', given);
  return await once(
    deps,
    { personId, key, digest },
    async () => {
      const text = given.text || null;
      const address = given.address === undefined ? null : addressOf(deps, given.address, text === null);
      if ((await countWaitingTips(db, personId)) >= mostWaiting) throw new ProblemError('busy');
      const id = await keepTip(db, { personId, key, digest, address, text, note: given.note || null });
      return id === null ? null : await accessTip(deps, viewer, c, ids.encode('tip', id));
    },
    ({ ref }) => accessTip(deps, viewer, c, ids.encode('tip', ref)),
  );
}

function addressOf({ allow, contact }: Pick<Deps, 'allow' | 'contact'>, written: string, isFetched: boolean): string {
  const address = readTipAddress(written);
  const url = address === null ? null : new URL(address);
  const hasScheme = /^\s*[a-z][a-z0-9+.-]*:/i.test(written) && !/^\s*https?:/i.test(written);
  const reason = url === null ? (hasScheme ? 'scheme' : 'invalid-url') : addressRefusal(url, allow);
  if (url === null || reason !== null) throw new ProblemError('address_refused', { facts: { reason: reason! } });
  if (isFetched && !contact && !isAllowedHost(allow, url.hostname, portOf(url)))
    throw new ProblemError('contact_missing');
  return address!;
}
