import { randomUUID } from 'node:crypto';
import { type APIRequestContext, request } from '@playwright/test';
import type { Role } from '#domain/person.ts';

/** Kinds of colleague, by their role. */
export type Kind = Role;
export type StorageState = Awaited<ReturnType<APIRequestContext['storageState']>>;

export const password = 'welkom-in-lindewaard';
export const firstName = 'Henk Postma';

/** Makes the first person of an empty installation; answers the cookies of their browser. */
export async function firstPerson(url: string): Promise<StorageState> {
  return await stateAfter(url, async (api) => {
    const data = { name: firstName, email: 'henk@lindewaard.example', password, organisation: 'Gemeente Lindewaard' };
    return await api.post('/api/first-person', { data });
  });
}

/** Adds a colleague as the administrator does, lets them in by their link, and answers the cookies of their browser. */
export async function signIn(
  url: string,
  administrator: StorageState,
  role: Kind,
  name = `Collega ${role}`,
): Promise<StorageState> {
  const api = await request.newContext({ baseURL: url, storageState: administrator });
  const added = await api.post('/api/people', { data: { name, email: `${randomUUID()}@lindewaard.example`, role } });
  if (!added.ok()) throw new Error(`${name} could not be added: ${await added.text()}`);
  const { link } = (await added.json()) as { link: { url: string } };
  await api.dispose();
  const token = link.url.slice(link.url.lastIndexOf('/') + 1);
  return await stateAfter(url, (stranger) => stranger.post(`/api/links/${token}`, { data: { password } }));
}

async function stateAfter(
  url: string,
  act: (api: APIRequestContext) => ReturnType<APIRequestContext['post']>,
): Promise<StorageState> {
  // In a test a new context would begin with the cookies of that test.
  const api = await request.newContext({ baseURL: url, storageState: { cookies: [], origins: [] } });
  const answer = await act(api);
  if (!answer.ok()) throw new Error(`Not signed in: ${answer.status()} ${await answer.text()}`);
  const state = await api.storageState();
  await api.dispose();
  return state;
}
