// Saves new stories from outside at an even pace, through what the workers save with, until it is told to stop.
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { ensurePartitions } from '#storage/partitions.ts';
import { addedSource, aMention } from '#test/builders.ts';
import { saved } from '#test/saving.ts';

const [url, perSecond] = process.argv.slice(2) as [string, string];
const each = 5;
const everyMs = (1_000 * each) / Number(perSecond);

const { db } = openDatabase(url, { max: 2, name: 'bench writer', onError: () => undefined });
await ensurePartitions(db, new Date());
const keys = createKeys(await installationSecret(db));
const sourceId = await addedSource(db);
process.on('SIGTERM', () => process.exit(0));
process.send?.('writing');
let count = 0;
for (let due = Date.now(); ; due += everyMs) {
  await sleep(Math.max(0, due - Date.now()));
  const mentions = Array.from({ length: each }, () => aMention({ externalId: `live-${count++}` }));
  await saved(db, keys, sourceId, mentions);
}
