import { createIds, type Ids } from '#api/ids.ts';
import { placeholder } from '#domain/reply-text.ts';
import type { Database } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import type { Handled } from './desk.ts';
import { demoPassword } from './people.ts';

/** What a colleague of the demo does, as their browser would. Numbers are those of the database. */
export type Colleague = {
  /** The id under which others name them. */
  id: string;
  number: number;
  begin: (title: string, text: string, key: string, circle?: string) => Promise<{ threadId: number; replyId: number }>;
  /** In a circle by its id; left out: in that of all colleagues. */
  reply: (threadId: number, text: string, key: string, circle?: string) => Promise<number>;
  /** Puts a story from outside in a circle, for who is in that. */
  place: (threadId: number, circle: string) => Promise<void>;
  act: (threadId: number, what: Handled) => Promise<void>;
  /** Anything else, as JSON. */
  ask: (method: string, path: string, body?: object, key?: string) => Promise<Answer>;
};

export type Answer = Record<string, unknown>;
type Audience = { circle: { id: string }; token: string };

/** People by their key, signed in; they can name each other with `@key`. */
export async function signInAll<Key extends string>(
  db: Database,
  url: string,
  people: readonly { key: Key; email: string }[],
): Promise<Map<Key, Colleague>> {
  const ids = createIds(await installationSecret(db));
  const all = new Map<Key, Colleague>();
  for (const { key, email } of people) all.set(key, await signIn(url, ids, email, all));
  return all;
}

async function signIn(url: string, ids: Ids, email: string, all: ReadonlyMap<string, Colleague>): Promise<Colleague> {
  const credentials = { email, password: demoPassword };
  const session = await send(`${url}/api/session`, 'POST', credentials, {});
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const { me } = (await session.json()) as { me: { id: string } };
  const ask = async (method: string, path: string, body?: object, key?: string): Promise<Answer> => {
    const headers = { cookie, ...(key === undefined ? {} : { 'idempotency-key': key }) };
    return (await (await send(`${url}/api${path}`, method, body, headers)).json()) as Answer;
  };
  /** Who would hear it, as the composer shows it. */
  const heard = async (circle?: string) => {
    const { audiences } = (await ask('GET', '/audiences')) as { audiences: Audience[] };
    const shown = audiences.find(({ circle: { id } }) => circle === undefined || id === circle);
    if (!shown) throw new Error(`${email} can say nothing there`);
    return { circle: shown.circle.id, audience: shown.token };
  };

  /** `@key` becomes a reference to that colleague, where there is one. */
  const words = (text: string) => {
    const references: { kind: 'person'; id: string }[] = [];
    const placed = text.replace(/@([a-z]+)\b/g, (name, key: string) => {
      const person = all.get(key);
      if (!person) return name;
      references.push({ kind: 'person', id: person.id });
      return placeholder;
    });
    return { text: placed, references };
  };
  const numberOf = (kind: 'thread' | 'reply' | 'person', id: unknown) => ids.decode(kind, String(id))!;

  return {
    id: me.id,
    number: numberOf('person', me.id),
    ask,
    async begin(title, text, key, circle) {
      const { id, reply } = await ask('POST', '/threads', { title, ...words(text), ...(await heard(circle)) }, key);
      return { threadId: numberOf('thread', id), replyId: numberOf('reply', (reply as Answer).id) };
    },
    async reply(threadId, text, key, circle) {
      const path = `/threads/${ids.encode('thread', threadId)}/replies`;
      return numberOf('reply', (await ask('POST', path, { ...words(text), ...(await heard(circle)) }, key)).id);
    },
    async place(threadId, circle) {
      await ask('PUT', `/circles/${circle}/threads/${ids.encode('thread', threadId)}`, {});
    },
    async act(threadId, what) {
      const path = `/threads/${ids.encode('thread', threadId)}`;
      const standing = (await ask('GET', path)).case as { state: string; version: number } | null;
      // Done already, in a start that was cut off.
      if (standing?.state === 'answered' || standing?.state === 'unanswered') return;
      const take =
        standing?.state === 'taken'
          ? standing
          : await ask('POST', `${path}/case/take`, { version: standing?.version ?? 0 });
      if (what.kind === 'taken') return;
      const { version } = take;
      if (what.kind === 'answered') await ask('POST', `${path}/case/answer`, { version, text: what.text });
      else await ask('POST', `${path}/case/no-answer`, { version, reason: what.reason, note: what.note });
    },
  };
}

async function send(
  address: string,
  method: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  const answer = await fetch(address, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok)
    throw new Error(
      `The demo’s ${method} ${new URL(address).pathname} was answered ${answer.status}: ${await answer.text()}`,
    );
  return answer;
}
