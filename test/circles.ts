import { randomUUID } from 'node:crypto';
import type { Asked, TestApp } from './api-app.ts';
import type { SeededPerson } from './people.ts';
import { begin, say } from './talk.ts';

/** A frame that says everything. */
export const aFrame = {
  question: 'Hoe blijft de binnenstad bereikbaar?',
  inScope: 'Fietsers en bevoorrading.',
  outOfScope: 'De planning van de aannemer.',
  result: 'Het college krijgt een advies.',
  houseRule: 'Geen namen van winkeliers.',
  endsOn: '2099-01-31',
  afterEnd: 'gone',
};

export type Opened = {
  kind?: 'internal' | 'closed';
  name?: string;
  frame?: Record<string, unknown>;
  hosts: readonly SeededPerson[];
  deputies: readonly SeededPerson[];
  members?: readonly SeededPerson[];
};

let counter = 0;

/** Opens a circle as the first host, or as `by`; answers whatever came. */
export async function openCircle(
  app: TestApp,
  { kind = 'closed', name = `Kring ${++counter}`, frame = aFrame, hosts, deputies, members = [] }: Opened,
  by: SeededPerson = hosts[0]!,
  key: string = randomUUID(),
): Promise<Asked> {
  const ids = (people: readonly SeededPerson[]) => people.map(({ id }) => app.ids.encode('person', id));
  const body = { kind, name, frame, hosts: ids(hosts), deputies: ids(deputies), members: ids(members) };
  return await app.as(by)('POST', '/api/circles', body, { 'idempotency-key': key });
}

/** The number of a circle that was opened. */
export function numberOf(app: TestApp, { status, text, json }: Asked): number {
  if (status !== 201) throw new Error(`Not opened: ${status} ${text}`);
  return app.ids.decode('circle', json.id)!;
}

/** The audience a person is shown for a circle, whose frame they say to have read. */
export async function audienceIn(app: TestApp, person: SeededPerson, circle: string) {
  const { json } = await app.as(person)('GET', `/api/circles/${circle}`);
  if (json.frame)
    await app.as(person)('POST', `/api/circles/${circle}/frame/acknowledge`, { version: json.frame.version });
  const { audiences } = (await app.as(person)('GET', '/api/audiences')).json;
  const found = audiences.find((one: { circle: { id: string } }) => one.circle.id === circle);
  return { circle, token: found?.token as string };
}

/** Begins a conversation in a circle; answers whatever came. */
export async function beginIn(
  app: TestApp,
  person: SeededPerson,
  circle: string,
  said: { title?: string; text?: string } = {},
): Promise<Asked> {
  return await begin(app, person, { ...said, audience: await audienceIn(app, person, circle) });
}

/** Replies in a circle; answers whatever came. */
export async function sayIn(
  app: TestApp,
  person: SeededPerson,
  circle: string,
  threadId: string,
  text = 'Dat klopt.',
): Promise<Asked> {
  return await say(app, person, threadId, { text, audience: await audienceIn(app, person, circle) });
}
