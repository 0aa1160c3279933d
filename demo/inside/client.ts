import { createIds, type Ids } from '#api/ids.ts';
import { placeholder } from '#domain/reply-text.ts';
import type { Database } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import type { Handled } from './desk.ts';
import { type ColleagueKey, demoPassword, emailOf } from './people.ts';

/** What a colleague of the demo does, as their browser would. Numbers are those of the database. */
export type Colleague = {
  /** The id under which others name them. */
  id: string;
  number: number;
  begin: (title: string, text: string, key: string) => Promise<{ threadId: number; replyId: number }>;
  reply: (threadId: number, text: string, key: string) => Promise<number>;
  act: (threadId: number, what: Handled) => Promise<void>;
  /** Anything else, as JSON. */
  ask: (method: string, path: string, body?: object, key?: string) => Promise<Answer>;
};

export type Answer = Record<string, unknown>;

/** The colleagues, signed in; they can name each other with `@key`. */
export async function signInAll(
  db: Database,
  url: string,
  keys: readonly ColleagueKey[],
): Promise<Map<ColleagueKey, Colleague>> {
  const ids = createIds(await installationSecret(db));
  const all = new Map<ColleagueKey, Colleague>();
  for (const key of keys) all.set(key, await signIn(url, ids, key, all));
  return all;
}

async function signIn(
  url: string,
  ids: Ids,
  who: ColleagueKey,
  all: ReadonlyMap<ColleagueKey, Colleague>,
): Promise<Colleague> {
  const credentials = { email: emailOf(who), password: demoPassword };
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
  const { audiences } = (await ask('GET', '/audiences')) as { audiences: { circle: { id: string }; token: string }[] };
  const heard = { circle: audiences[0]!.circle.id, audience: audiences[0]!.token };

  /** `@key` becomes a reference to that colleague, where there is one. */
  const words = (text: string) => {
    const references: { kind: 'person'; id: string }[] = [];
    const placed = text.replace(/@([a-z]+)\b/g, (name, key: ColleagueKey) => {
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
    async begin(title, text, key) {
      const { id, reply } = await ask('POST', '/threads', { title, ...words(text), ...heard }, key);
      return { threadId: numberOf('thread', id), replyId: numberOf('reply', (reply as Answer).id) };
    },
    async reply(threadId, text, key) {
      const path = `/threads/${ids.encode('thread', threadId)}/replies`;
      return numberOf('reply', (await ask('POST', path, { ...words(text), ...heard }, key)).id);
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
