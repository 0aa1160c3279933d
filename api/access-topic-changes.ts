import type { z } from '@hono/zod-openapi';
import type { MissingPart } from '#domain/topic.ts';
import { activePerson } from '#storage/people.ts';
import {
  type Check,
  changeTopic as changeStored,
  makeTopic as makeStored,
  type NotSaved,
  pauseTopic as pauseStored,
  removeTopic as removeStored,
  type Saved,
  saveVersion as saveStored,
  startTopic as startStored,
} from '#storage/topic-changes.ts';
import { undoTopicRun } from '#storage/topic-runs.ts';
import { readRuns } from '#storage/topics.ts';
import type { Viewer } from './access.ts';
import { followName } from './access-follow-names.ts';
import { refuseUnaskable, sourcesCalled } from './access-topic-query.ts';
import { accessTopic, topicCalled } from './access-topics.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import { presentRun } from './present-topics.ts';
import { ProblemError } from './problem.ts';
import type {
  Apply,
  ChangeTopic,
  GoBack,
  NewTopic,
  NewVersion,
  SavedVersion,
  StartTopic,
  Topic,
  TopicRun,
} from './schema-topics.ts';

type Changing = Pick<Deps, 'db' | 'ids' | 'timeZone'>;

/** Makes a draft; whoever makes it owns it until somebody else does. */
export async function makeTopic(
  deps: Changing,
  viewer: Viewer,
  asked: z.infer<typeof NewTopic>,
): Promise<z.infer<typeof Topic>> {
  const ownerId = asked.owner === undefined ? viewer.personId : await personCalled(deps, asked.owner);
  const made = await makeStored(
    deps.db,
    {
      ...asked,
      ownerId,
      by: viewer.personId,
      first: asked.query === undefined ? null : await versionOf(deps, { ...asked, query: asked.query }),
    },
    askable(deps),
  );
  if (made === 'exists') throw new ProblemError('topic_exists');
  if (made === 'full') throw new ProblemError('too_many_topics');
  return await accessTopic(deps, viewer, deps.ids.encode('topic', made.id));
}

/** Changes what a topic is called and why it is there. Queries that name it follow. */
export async function changeTopic(
  deps: Changing,
  viewer: Viewer,
  publicId: string,
  asked: z.infer<typeof ChangeTopic>,
  language: Language,
): Promise<z.infer<typeof Topic>> {
  const { id } = await topicCalled(deps, viewer, publicId);
  const { owner, ...change } = asked;
  const ownerId = owner === undefined ? undefined : await personCalled(deps, owner);
  const changed = await changeStored(deps.db, id, { ...change, ownerId }, async (trx, was) => {
    await followName(trx, { kind: 'topic', was, is: asked.name!, by: viewer.personId, language });
    // Its new name may be one that a broken query waited for.
    await refuseUnaskable({ db: trx, timeZone: deps.timeZone }, id, 'ring');
  });
  if (changed === 'missing') throw new ProblemError('not_found');
  if (changed === 'exists') throw new ProblemError('topic_exists');
  if (changed === 'incomplete') throw incomplete(['legal-basis']);
  return await accessTopic(deps, viewer, publicId);
}

/** Takes a topic away: it stops collecting, and its stream is gone. */
export async function removeTopic(deps: Changing, viewer: Viewer, publicId: string): Promise<void> {
  const { id } = await topicCalled(deps, viewer, publicId);
  if (!(await removeStored(deps.db, id))) throw new ProblemError('not_found');
}

/** Lets a topic collect; refused with the names of what is missing. */
export async function startTopic(
  deps: Changing,
  viewer: Viewer,
  publicId: string,
  { apply }: z.infer<typeof StartTopic>,
): Promise<z.infer<typeof SavedVersion>> {
  const { id } = await topicCalled(deps, viewer, publicId);
  const started = await startStored(deps.db, id, { days: daysOf(apply), by: viewer.personId });
  if (started.kind === 'incomplete') throw incomplete(started.missing);
  return await saved(deps, viewer, publicId, started);
}

/** Stops collecting for now. */
export async function pauseTopic(deps: Changing, viewer: Viewer, publicId: string): Promise<z.infer<typeof Topic>> {
  const { id } = await topicCalled(deps, viewer, publicId);
  if (!(await pauseStored(deps.db, id))) throw new ProblemError('not_found');
  return await accessTopic(deps, viewer, publicId);
}

/** Saves a new version of what a topic asks. */
export async function saveVersion(
  deps: Changing,
  viewer: Viewer,
  publicId: string,
  asked: z.infer<typeof NewVersion>,
): Promise<z.infer<typeof SavedVersion>> {
  const { id } = await topicCalled(deps, viewer, publicId);
  const version = await versionOf(deps, asked);
  const request = { after: asked.after, days: daysOf(asked.apply), by: viewer.personId, version };
  return await saved(deps, viewer, publicId, await saveStored(deps.db, id, request, askable(deps)));
}

/** Makes a new version that asks what an earlier one asked. */
export async function goBack(
  deps: Changing,
  viewer: Viewer,
  publicId: string,
  asked: z.infer<typeof GoBack>,
): Promise<z.infer<typeof SavedVersion>> {
  const { id } = await topicCalled(deps, viewer, publicId);
  const request = {
    after: asked.after,
    days: daysOf(asked.apply),
    by: viewer.personId,
    version: { of: asked.version },
  };
  return await saved(deps, viewer, publicId, await saveStored(deps.db, id, request, askable(deps)));
}

/** Begins to undo a run: what it added goes, what it took away comes back. */
export async function undoRun(
  deps: Changing,
  viewer: Viewer,
  publicId: string,
  publicRunId: string,
): Promise<z.infer<typeof TopicRun>> {
  const { db, ids } = deps;
  const { id } = await topicCalled(deps, viewer, publicId);
  const runId = ids.decode('run', publicRunId);
  const undone = runId === null ? 'missing' : await undoTopicRun(db, id, runId);
  if (undone === 'missing') throw new ProblemError('not_found');
  if (undone === 'too-late') throw new ProblemError('not_undoable');
  const run = (await readRuns(db, id)).find((one) => one.id === runId);
  return presentRun(ids, run!);
}

const daysOf = (apply: z.infer<typeof Apply>) => (apply.from === 'days' ? apply.days : null);

/** Kept only when it can be asked; what it means is worked out again where it is. */
const askable =
  ({ timeZone }: Changing): Check =>
  (trx, id) =>
    refuseUnaskable({ db: trx, timeZone }, id);

async function versionOf(
  deps: Changing,
  asked: { query: string; sources: string[] | null; note?: string | undefined },
) {
  const sources = await sourcesCalled(deps, asked.sources);
  return { query: asked.query, sources, note: asked.note === undefined || asked.note === '' ? null : asked.note };
}

async function saved(
  deps: Changing,
  viewer: Viewer,
  publicId: string,
  answer: Saved | NotSaved,
): Promise<z.infer<typeof SavedVersion>> {
  switch (answer.kind) {
    case 'missing':
      throw new ProblemError('not_found');
    case 'changed':
      throw new ProblemError('topic_changed');
    case 'under-way':
      throw new ProblemError('run_under_way');
    case 'no-version':
      throw new ProblemError('invalid_request', { wrong: [{ path: 'version', part: 'version' }] });
    case 'idle':
      throw new ProblemError('invalid_request', { wrong: [{ path: 'apply', part: 'idleTopic' }] });
    case 'saved': {
      const topic = await accessTopic(deps, viewer, publicId);
      return { topic, run: answer.runId === null ? null : topic.run };
    }
  }
}

function incomplete(missing: readonly MissingPart[]): ProblemError {
  const wrong = missing.map((part) =>
    part === 'legal-basis'
      ? ({ path: 'legalBasis', part: 'legalBasis' } as const)
      : ({ path: 'query', part: 'topicQuery' } as const),
  );
  return new ProblemError('topic_incomplete', { wrong });
}

async function personCalled({ db, ids }: Changing, publicId: string | null): Promise<number | null> {
  if (publicId === null) return null;
  const id = ids.decode('person', publicId);
  const person = id === null ? null : await activePerson(db, id);
  if (!person) throw new ProblemError('invalid_request', { wrong: [{ path: 'owner', part: 'person' }] });
  return person.id;
}
