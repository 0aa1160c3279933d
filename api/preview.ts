import type { z } from '@hono/zod-openapi';
import type { ErrorCode } from '#domain/errors.ts';
import { type Discovery, discover, type Candidate as Found } from '#ingest/discover.ts';
import { SourceError } from '#ingest/errors.ts';
import { HttpError } from '#platform/http.ts';
import { sourcesAtPlaces } from '#storage/source-list.ts';
import type { Deps } from './env.ts';
import { webAddress } from './present.ts';
import { ProblemError } from './problem.ts';
import type { Candidate, Preview } from './schema.ts';

const withinMs = 20_000;
const mostAtOnce = 4;

type Previewing = Pick<Deps, 'db' | 'ids' | 'http' | 'readFeed'>;

/**
 * Makes the function that looks behind a pasted address. Four at most are under way: a slow site keeps its place until it
 * is really done with, also when the one who asked has had their answer.
 */
export function createPreview(deps: Previewing): (address: string) => Promise<z.infer<typeof Preview>> {
  let underWay = 0;
  return async (address) => {
    if (underWay >= mostAtOnce) throw new ProblemError('busy');
    underWay += 1;
    const finding = discover(address, deps).finally(() => {
      underWay -= 1;
    });
    return present(deps, await withDeadline(finding));
  };
}

async function withDeadline(finding: Promise<Discovery>): Promise<Discovery> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HttpError('timeout', 'Looking took too long')), withinMs);
  });
  try {
    return await Promise.race([finding, late]);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    clearTimeout(timer);
  }
}

const codeOfHttp: Partial<Record<HttpError['reason'], ErrorCode>> = {
  'invalid-url': 'address_refused',
  scheme: 'address_refused',
  port: 'address_refused',
  'private-address': 'address_refused',
  'contact-missing': 'contact_missing',
  busy: 'busy',
};

/** What the outside did, as a refusal with the facts for its sentence; anything else is a bug and stays one. */
function refusalOf(error: unknown): unknown {
  if (error instanceof HttpError) {
    const facts = { reason: error.reason, ...(error.hostname === undefined ? {} : { hostname: error.hostname }) };
    return new ProblemError(codeOfHttp[error.reason] ?? 'unreachable', { facts }, { cause: error });
  }
  if (error instanceof SourceError) {
    const { reason = error.kind, status, hostname } = error.detail;
    const facts = {
      reason,
      ...(status === undefined ? {} : { status }),
      ...(hostname === undefined ? {} : { hostname }),
    };
    const code = error.kind === 'unreadable' ? 'not_a_feed' : 'unreachable';
    return new ProblemError(code, { facts }, { cause: error });
  }
  return error;
}

async function present({ db, ids }: Previewing, discovery: Discovery): Promise<z.infer<typeof Preview>> {
  const existing = await sourcesAtPlaces(
    db,
    discovery.candidates.map(({ place }) => place),
  );
  return {
    found: discovery.found,
    pageTitle: discovery.pageTitle,
    candidates: discovery.candidates.map((found) => {
      const id = existing.get(found.place);
      return presentCandidate(found, id === undefined ? null : ids.encode('source', id));
    }),
    refused: discovery.refused,
  };
}

const longestTitle = 300;

function presentCandidate({ place: _, ...found }: Found, existingId: string | null): z.infer<typeof Candidate> {
  return {
    ...found,
    title: found.title.slice(0, longestTitle),
    homeUrl: webAddress(found.homeUrl),
    newestAt: found.newestAt?.toISOString() ?? null,
    // What a page says about itself is not ours: nothing but a web address becomes a link.
    samples: found.samples.map(({ title, publishedAt, url }) => ({
      title: title.slice(0, longestTitle),
      publishedAt: publishedAt?.toISOString() ?? null,
      url: webAddress(url),
    })),
    existingId,
  };
}
