import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

export type Session = Ok<typeof api.session.$get>;
export type Me = NonNullable<Session['me']>;
export type FirstPerson = InferRequestType<(typeof api)['first-person']['$post']>['json'];
export type LinkFacts = Ok<(typeof api.links)[':token']['$get']>;
export type MeChange = InferRequestType<typeof api.me.$patch>['json'];

export async function fetchSession(signal?: AbortSignal): Promise<Session> {
  const response = await api.session.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function signIn(json: { email: string; password: string }): Promise<Session> {
  const response = await api.session.$post({ json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function signOut(): Promise<void> {
  const response = await api.session.$delete();
  if (!response.ok) throw await refusal(response);
}

/** Ends every session of whoever is signed in, this one included. */
export async function signOutEverywhere(): Promise<void> {
  const response = await api.me.sessions.$delete();
  if (!response.ok) throw await refusal(response);
}

export async function makeFirstPerson(json: FirstPerson): Promise<Session> {
  const response = await api['first-person'].$post({ json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Whose link it is; refused when it was used, expired or never was. */
export async function fetchLink(token: string, signal?: AbortSignal): Promise<LinkFacts> {
  const response = await api.links[':token'].$get({ param: { token } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function choosePassword(token: string, password: string): Promise<Session> {
  const response = await api.links[':token'].$post({ param: { token }, json: { password } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function changeMe(json: MeChange): Promise<Me> {
  const response = await api.me.$patch({ json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** The other sessions of whoever is signed in end with it. */
export async function changePassword(json: { current: string; next: string }): Promise<void> {
  const response = await api.me.password.$post({ json });
  if (!response.ok) throw await refusal(response);
}

/** Where everything that one wrote is fetched, as a file. */
export const exportAddress = '/api/me/export';
