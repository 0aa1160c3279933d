import type { Asked, TestApp } from './api-app.ts';
import type { SeededPerson } from './people.ts';

/** What a move would do, for a person who might make it; answers whatever came. */
export async function previewOf(
  app: TestApp,
  person: SeededPerson,
  threadId: string,
  where: { from: string; to: string },
): Promise<Asked> {
  return await app.as(person)('POST', `/api/threads/${threadId}/moves?dry=true`, where);
}

/** Looks what a move would do and asks for it, as the dialog does; answers the second. */
export async function askToMove(
  app: TestApp,
  person: SeededPerson,
  threadId: string,
  where: { from: string; to: string },
): Promise<Asked> {
  const { status, json, text } = await previewOf(app, person, threadId, where);
  if (status !== 200) throw new Error(`No preview: ${status} ${text}`);
  return await app.as(person)('POST', `/api/threads/${threadId}/moves`, { ...where, audience: json.audience.token });
}

/** Says yes or no as somebody who was asked, to what they see of it now. */
export async function answer(
  app: TestApp,
  person: SeededPerson,
  moveId: string,
  said: { agrees: boolean; replies?: string[]; title?: true },
): Promise<Asked> {
  const { json } = await app.as(person)('GET', `/api/moves/${moveId}`);
  return await app.as(person)('POST', `/api/moves/${moveId}/answers`, { ...said, audience: json.to?.audience ?? '' });
}

/** Carries a move out, under the audience its mover sees now. */
export async function apply(app: TestApp, person: SeededPerson, moveId: string): Promise<Asked> {
  const { json } = await app.as(person)('GET', `/api/moves/${moveId}`);
  return await app.as(person)('POST', `/api/moves/${moveId}/apply`, { audience: json.to?.audience ?? '' });
}
