import type { Client } from '@elastic/elasticsearch';
import { answerOf, statusOf } from './client.ts';
import { mappings, settings } from './mappings.ts';
import { indexNames } from './names.ts';

const withinMs = 10_000;
const patient = { requestTimeout: withinMs };

/** Our indices, oldest first, and which of them the aliases name. */
export type Indices = { every: string[]; living: string | null; building: string | null };

export async function listIndices(client: Client, prefix: string): Promise<Indices> {
  const names = indexNames(prefix);
  const found = await answerOf(client.indices.getAlias({ index: names.every }, patient));
  const every = Object.keys(found)
    .filter((index) => names.numberOf(index) !== null)
    .sort();
  const under = (alias: string) => every.find((index) => found[index]?.aliases[alias] !== undefined) ?? null;
  return { every, living: under(names.write), building: under(names.building) };
}

/** A new, empty index under an alias, numbered after those that are there; answers its name. */
export async function makeIndex(client: Client, prefix: string, as: 'building' | 'living'): Promise<string> {
  const names = indexNames(prefix);
  const { every } = await listIndices(client, prefix);
  const last = every.at(-1);
  const index = names.numbered((last ? names.numberOf(last)! : 0) + 1);
  const aliases = as === 'living' ? { [names.read]: {}, [names.write]: {} } : { [names.building]: {} };
  // Nobody reads what is being built: it becomes searchable at the end.
  const refresh = as === 'building' ? { refresh_interval: '-1' } : {};
  await answerOf(client.indices.create({ index, mappings, settings: { ...settings, ...refresh }, aliases }, patient));
  return index;
}

/** The index that was built becomes the living one, for readers and writers, in one step. */
export async function putInPlace(client: Client, prefix: string, index: string): Promise<void> {
  const names = indexNames(prefix);
  const { living } = await listIndices(client, prefix);
  await answerOf(
    client.indices.putSettings({ index, settings: { refresh_interval: settings.refresh_interval! } }, patient),
  );
  await refresh(client, index);
  const from = living === null || living === index ? [] : [names.read, names.write];
  await answerOf(
    client.indices.updateAliases(
      {
        actions: [
          ...from.map((alias) => ({ remove: { index: living!, alias } })),
          { remove: { index, alias: names.building } },
          { add: { index, alias: names.read } },
          { add: { index, alias: names.write } },
        ],
      },
      patient,
    ),
  );
}

/** Takes an index out of use that cannot be brought up to date: searches go elsewhere until another is in its place. */
export async function hideIndex(client: Client, prefix: string, index: string): Promise<void> {
  const { read, write } = indexNames(prefix);
  const actions = [read, write].map((alias) => ({ remove: { index, alias, must_exist: false } }));
  await answerOf(client.indices.updateAliases({ actions }, patient));
}

/** Makes everything that was sent searchable, and waits for it. */
export async function refresh(client: Client, index: string): Promise<void> {
  await answerOf(client.indices.refresh({ index }, { requestTimeout: 60_000 }));
}

export async function removeIndex(client: Client, index: string): Promise<void> {
  const removal = client.indices.delete({ index }, patient).catch((error: unknown) => {
    if (statusOf(error) !== 404) throw error;
  });
  await answerOf(removal);
}
