import { sql } from 'kysely';
import type { Database } from '#storage/database.ts';
import { type DemoCircle, type GuestKey, guests, type PersonKey } from './circles.ts';
import type { Colleague } from './client.ts';
import { type ColleagueKey, demoPassword, emailOf } from './people.ts';

const dayMs = 24 * 60 * 60_000;
type Circle = { id: string; acknowledged: number };
export type OpenedCircle = { id: string; number: number; host: ColleagueKey };

/** Opens a circle of the demo as its host would, and invites who belongs in it. What is there already stays as it is. */
export async function openCircle(
  demo: DemoCircle,
  {
    db,
    url,
    people,
    keyOf,
  }: {
    db: Database;
    url: string;
    people: ReadonlyMap<ColleagueKey, Colleague>;
    keyOf: (words: string) => string;
  },
): Promise<OpenedCircle> {
  const host = people.get(demo.host)!;
  const { days, ...words } = demo.frame;
  const { mine } = (await host.ask('GET', '/circles')) as { mine: { id: string; name: string }[] };
  const known = mine.find(({ name }) => name === demo.name);
  const circle =
    known ??
    ((await host.ask(
      'POST',
      '/circles',
      {
        kind: demo.kind,
        name: demo.name,
        frame: { ...words, endsOn: dayAfter(days), afterEnd: 'read' },
        hosts: [host.id],
        deputies: [people.get(demo.deputy)!.id],
        members: demo.kind === 'closed' ? demo.members.map((key) => people.get(key)!.id) : [],
      },
      keyOf(`circle ${demo.name}`),
    )) as Circle);
  const path = `/circles/${circle.id}`;
  if (!known && demo.state) await host.ask('PUT', `${path}/state`, { after: 0, text: demo.state });
  const { invitations } =
    demo.kind === 'closed'
      ? ((await host.ask('GET', `${path}/invitations`)) as { invitations: { name: string; state: string }[] })
      : { invitations: [] };
  const isInvited = (name: string) => invitations.some((one) => one.name === name);
  for (const { key, reason, days: left } of demo.guests) {
    const { name, relation, email } = guests.find((guest) => guest.key === key)!;
    if (isInvited(name) && (await isHere(db, email))) continue;
    const link = await invite(host, path, { name, relation, reason, until: dayAfter(left) });
    await comeIn(url, link, { name, email });
  }
  if (demo.waiting && !isInvited(demo.waiting.name)) {
    const { days: left, ...waiting } = demo.waiting;
    await invite(host, path, { ...waiting, until: dayAfter(left) });
  }
  const { rows } = await sql<{ id: number }>`select id from circles where name = ${demo.name}`.execute(db);
  return { id: circle.id, number: rows[0]!.id, host: demo.host };
}

/** Everybody who speaks in a circle read its frame first. */
export async function readFrame(circle: OpenedCircle, speakers: Iterable<Colleague>): Promise<void> {
  for (const speaker of speakers) {
    const { frame, acknowledged } = (await speaker.ask('GET', `/circles/${circle.id}`)) as {
      frame: { version: number };
      acknowledged: number;
    };
    if (acknowledged < frame.version)
      await speaker.ask('POST', `/circles/${circle.id}/frame/acknowledge`, { version: frame.version });
  }
}

/** Who has something to say in a circle. */
export const speakersIn = ({ talks, under }: DemoCircle): Set<PersonKey> =>
  new Set([...talks, ...under].flatMap(({ said }) => said.map(({ by }) => by)));

/** Where people of the demo sign in. */
export const addressOf = (key: PersonKey): string =>
  guests.find((guest) => guest.key === (key as GuestKey))?.email ?? emailOf(key as ColleagueKey);

type Invited = { name: string; relation: string; reason: string; until: string };

async function invite(host: Colleague, path: string, invited: Invited): Promise<string> {
  const { link } = (await host.ask('POST', `${path}/invitations`, invited)) as { link: { url: string } };
  return link.url.slice(link.url.lastIndexOf('/') + 1);
}

async function comeIn(url: string, token: string, { name, email }: { name: string; email: string }): Promise<void> {
  const answer = await fetch(`${url}/api/invitations/by-token/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'new', name, email, password: demoPassword }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok) throw new Error(`${name} did not come in: ${answer.status} ${await answer.text()}`);
}

async function isHere(db: Database, email: string): Promise<boolean> {
  const { rows } = await sql`select from auth."user" where "email" = ${email}`.execute(db);
  return rows.length > 0;
}

/** A day so many days from now, as YYYY-MM-DD. */
const dayAfter = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
