import { randomUUID } from 'node:crypto';
import type { TestApp } from './api-app.ts';
import type { SeededPerson } from './people.ts';

/** What a test needs to say something: who, where, what. Audiences are asked for as a composer does. */
export type Said = {
  text?: string;
  references?: unknown[];
  key?: string;
  audience?: { circle: string; token: string };
};

/** The audience a person is shown for the circle of all colleagues. */
export async function audienceOf(app: TestApp, person: SeededPerson): Promise<{ circle: string; token: string }> {
  const { json } = await app.as(person)('GET', '/api/audiences');
  return { circle: json.audiences[0].circle.id, token: json.audiences[0].token };
}

/** Replies as a person; answers whatever came. */
export async function say(app: TestApp, person: SeededPerson, threadId: string, said: Said = {}) {
  const { circle, token } = said.audience ?? (await audienceOf(app, person));
  const { text = 'Dat klopt.', references = [], key = randomUUID() } = said;
  return await app.as(person)(
    'POST',
    `/api/threads/${threadId}/replies`,
    { circle, audience: token, text, references },
    { 'idempotency-key': key },
  );
}

/** Puts other words in a reply of theirs as its editor does: with who reads along now, where they write. Answers whatever came. */
export async function edit(
  app: TestApp,
  person: SeededPerson,
  reply: { id: string; threadId: string; circle: { id: string } },
  words: { text: string; references?: unknown[]; version?: number; audience?: string },
) {
  const { json } = await app.as(person)('GET', `/api/threads/${reply.threadId}`);
  const shown = (json.audiences as { circle: { id: string }; token: string }[] | undefined)?.find(
    ({ circle }) => circle.id === reply.circle.id,
  );
  const body = { version: 1, audience: shown?.token ?? '', ...words };
  return await app.as(person)('PATCH', `/api/replies/${reply.id}`, body);
}

/** Begins a conversation as a person; answers whatever came. */
export async function begin(app: TestApp, person: SeededPerson, said: Said & { title?: string } = {}) {
  const { circle, token } = said.audience ?? (await audienceOf(app, person));
  const { title = 'Wie kan zaterdag?', text = 'De stand moet bemand.', references = [], key = randomUUID() } = said;
  return await app.as(person)(
    'POST',
    '/api/threads',
    { circle, audience: token, title, text, references },
    { 'idempotency-key': key },
  );
}
