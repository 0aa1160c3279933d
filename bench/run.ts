import { apiBenches } from './api.ts';
import type { Bench, Size } from './harness.ts';
import { runBench } from './harness.ts';
import { idleBench } from './idle.ts';
import { indexBenches, indexOthers } from './index.ts';
import { ingestCold, ingestTopics, ingestTrickle } from './ingest.ts';
import { liveCrowdBench } from './live-crowd.ts';
import { liveSeenBench } from './live-seen.ts';
import { matchBench, matchGrowthBench } from './match.ts';
import { pollUnchangedBench } from './poll-unchanged.ts';
import { searchBenches } from './search.ts';
import { startBenches } from './start.ts';
import { streamCirclesBench } from './stream-circles.ts';
import { streamPagesBench } from './stream-pages.ts';

const benches: Bench[] = [
  ingestCold,
  ingestTrickle,
  ingestTopics,
  pollUnchangedBench,
  matchBench,
  ...startBenches,
  ...apiBenches,
  ...indexBenches,
];
/** No races: they have figures of their own. */
const others = [
  { id: 'P10-growth', title: 'standing queries, from 100 to 100,000', run: matchGrowthBench },
  { id: 'P17', title: 'live streams of a crowd in many circles', run: liveCrowdBench },
  { id: 'P19', title: 'idle, 1,000 sources', run: idleBench },
  { id: 'live-seen', title: 'a reply at another live client', run: liveSeenBench },
  { id: 'stream-pages', title: 'a late page of the stream against the first', run: streamPagesBench },
  { id: 'stream-circles', title: 'the stream of viewers in few and many circles', run: streamCirclesBench },
  ...indexOthers,
  ...searchBenches,
];
const all = [...benches, ...others];

/** npm run bench -- [ids] [--size smoke|std] */
const args = process.argv.slice(2);
const sizeAt = args.indexOf('--size');
const size = (sizeAt >= 0 ? args.splice(sizeAt, 2)[1] : 'smoke') as Size;
const wanted = args.map((id) => id.toLowerCase());
const unknown = wanted.filter((id) => !all.some((bench) => bench.id.toLowerCase() === id));
if (unknown.length > 0 || !['smoke', 'std'].includes(size)) {
  const known = all.map(({ id, title }) => `  ${id}  ${title}`).join('\n');
  process.stderr.write(`Usage: npm run bench -- [ids] [--size smoke|std]\n${known}\n`);
  process.exit(1);
}
let met = true;
for (const bench of benches) {
  if (wanted.length === 0 || wanted.includes(bench.id.toLowerCase())) met = (await runBench(bench, size)) && met;
}
for (const { id, run } of others) {
  if (wanted.length === 0 || wanted.includes(id.toLowerCase())) met = (await run(size)) && met;
}
// At the smoke size figures are for reading, not for judging.
process.exitCode = met || size === 'smoke' ? 0 : 1;
