import type { InferRequestType } from 'hono/client';
import { api, type Ok, refusal, send, within } from './api.ts';
import { preferences } from './preferences.ts';

type PersonCall = (typeof api.people)[':personId'];
export type PeopleList = Ok<typeof api.people.$get>;
export type Person = PeopleList['people'][number];
export type PersonLink = { url: string; expiresAt: string };
export type NewPerson = InferRequestType<typeof api.people.$post>['json'];
export type PersonChange = InferRequestType<PersonCall['$patch']>['json'];
export type PeopleFilter = Pick<
  InferRequestType<typeof api.people.$get>['query'],
  'search' | 'department' | 'relation' | 'state' | 'who'
>;
export type Relations = Ok<PersonCall['relations']['$get']>;
export type Relation = Relations['relations'][number];
export type OffBoarding = InferRequestType<PersonCall['off-board']['$post']>['json'];
export type Leaving = Ok<PersonCall['off-board']['$post']>;
export type Returned = Ok<PersonCall['return']['$post']>;
export type ImportAnswer = Ok<typeof api.people.import.$post>;
export type AuditPage = Ok<typeof api.audit.$get>;
export type AuditLine = AuditPage['lines'][number];
export type AuditFilter = Pick<
  InferRequestType<typeof api.audit.$get>['query'],
  'action' | 'person' | 'circle' | 'from' | 'to'
>;

/** A page of the people that fit a filter, by name. */
export async function fetchPeople(
  filter: PeopleFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<PeopleList> {
  const response = await api.people.$get({ query: { ...filter, ...(cursor ? { cursor } : {}) } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
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

/** What somebody is and was to the organisation, by first day. */
export async function fetchRelations(personId: string, signal?: AbortSignal): Promise<Relations> {
  const response = await api.people[':personId'].relations.$get({ param: { personId } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Replaces all of them. */
export async function setRelations(personId: string, relations: Relation[]): Promise<Relations> {
  const response = await api.people[':personId'].relations.$put({ param: { personId }, json: { relations } });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Lets somebody leave on a day; `dry`: says what would happen, and changes nothing. */
export async function offBoard(personId: string, json: OffBoarding, dry: boolean): Promise<Leaving> {
  const response = await api.people[':personId']['off-board'].$post({
    param: { personId },
    query: { dry: String(dry) },
    json,
  });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Takes somebody back today; `dry` as with leaving. */
export async function takeBack(personId: string, dry: boolean): Promise<Returned> {
  const response = await api.people[':personId'].return.$post({
    param: { personId },
    query: { dry: String(dry) },
    json: {},
  });
  if (!response.ok) throw await refusal(response);
  return await response.json();
}

/** Sends the file as it is: the typed client would turn a body of CSV into JSON. */
export async function importPeople(file: File, dry: boolean): Promise<ImportAnswer> {
  const response = await send(`/api/people/import?dry=${dry}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/csv', 'accept-language': preferences().language },
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as ImportAnswer;
}

/** A page of what was done to people's access, newest first. */
export async function fetchAudit(filter: AuditFilter, cursor: string | null, signal?: AbortSignal): Promise<AuditPage> {
  const response = await api.audit.$get({ query: { ...filter, ...(cursor ? { cursor } : {}) } }, within(signal));
  if (!response.ok) throw await refusal(response);
  return await response.json();
}
