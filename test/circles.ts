import { randomUUID } from 'node:crypto';
import type { Asked, TestApp } from './api-app.ts';
import type { SeededPerson } from './people.ts';

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
