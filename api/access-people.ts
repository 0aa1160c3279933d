import type { z } from '@hono/zod-openapi';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type {
  AddedPerson,
  AddPerson,
  ChangeMe,
  ChangePerson,
  Me,
  Names,
  PeopleList,
  Person,
  PersonLink,
} from './schema-people.ts';

const notBuilt = (): never => {
  throw new ProblemError('internal');
};
export async function accessMe(_deps: Deps, _viewer: Viewer): Promise<z.infer<typeof Me>> {
  return notBuilt();
}
export async function changeMe(
  _deps: Deps,
  _viewer: Viewer,
  _change: z.infer<typeof ChangeMe>,
): Promise<z.infer<typeof Me>> {
  return notBuilt();
}
export async function accessPeople(_deps: Deps): Promise<z.infer<typeof PeopleList>> {
  return notBuilt();
}
export async function accessNames(
  _deps: Deps,
  _query: { q: string; right?: 'desk' | undefined },
): Promise<z.infer<typeof Names>> {
  return notBuilt();
}
export async function accessNewPerson(
  _deps: Deps,
  _viewer: Viewer,
  _given: z.infer<typeof AddPerson>,
): Promise<z.infer<typeof AddedPerson>> {
  return notBuilt();
}
export async function accessPersonChange(
  _deps: Deps,
  _viewer: Viewer,
  _personId: string,
  _change: z.infer<typeof ChangePerson>,
): Promise<z.infer<typeof Person>> {
  return notBuilt();
}
export async function accessPersonLink(
  _deps: Deps,
  _viewer: Viewer,
  _personId: string,
): Promise<z.infer<typeof PersonLink>> {
  return notBuilt();
}
