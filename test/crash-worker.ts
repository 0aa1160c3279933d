import { parseFetchAllow } from '#platform/address.ts';
import type { Config } from '#platform/config.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { openDatabase } from '#storage/database.ts';
import { startWorkers } from '#workers/workers.ts';

/** A worker process as `npm run workers` starts one, on the database of a test; it is there to be killed. */
const [databaseUrl] = process.argv.slice(2) as [string];
const allow = parseFetchAllow('127.0.0.1');
const log = createLog('error');
const { db } = openDatabase(databaseUrl, { max: 5, name: 'crash test', onError: () => undefined });
const http = createHttp({ contact: null, version: '0', allow });
await startWorkers({ databaseUrl, db, http, config: { fetchAllow: allow } as Config, log });
process.stdout.write('ready\n');
