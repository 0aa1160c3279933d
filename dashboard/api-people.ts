import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, within } from './api.ts';

export type Person = Ok<typeof api.people.$get>['people'][number];
export type PersonLink = { url: string; expiresAt: string };
export type NewPerson = InferRequestType<typeof api.people.$post>['json'];
export type PersonChange = InferRequestType<(typeof api.people)[':personId']['$patch']>['json'];

export async function fetchPeople(signal?: AbortSignal): Promise<Person[]> {
  const response = await api.people.$get({}, within(signal));
  if (!response.ok) throw await refusal(response);
  return (await response.json()).people;
}

/** The colleague, with the link they come in by: it is answered this once. */
export async function addPerson(json: NewPerson): Promise<{ person: Person; link: PersonLink }> {
  const response = await api.people.$post({ json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

export async function changePerson(personId: string, json: PersonChange): Promise<Person> {
  const response = await api.people[':personId'].$patch({ param: { personId }, json });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** A new link; earlier ones of this person stop working. */
export async function makeLink(personId: string): Promise<PersonLink> {
  const response = await api.people[':personId'].link.$post({ param: { personId } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
