import type { z } from '@hono/zod-openapi';
import { addPeople, knownAddresses } from '#storage/people-import.ts';
import { makeInvites } from '#storage/person-links.ts';
import { todayHere } from '#storage/relations.ts';
import type { Viewer } from './access.ts';
import { writeCsv } from './csv.ts';
import type { Deps } from './env.ts';
import { importMistakes } from './import-mistakes.ts';
import type { Language } from './language.ts';
import { ProblemError } from './problem.ts';
import { type ReadPerson, readPeople } from './read-people.ts';
import type { ImportAnswer } from './schema-people.ts';

type Importing = { bytes: Uint8Array; dry: boolean; language: Language; origin: string };

/**
 * Adds everybody in a file who is not here yet, with a link each; sent again it adds nobody. With one mistake in it nothing is changed, and
 * every mistake is told.
 */
export async function importPeople(
  { db }: Pick<Deps, 'db'>,
  viewer: Viewer,
  { bytes, dry, language, origin }: Importing,
): Promise<z.infer<typeof ImportAnswer>> {
  const read = readPeople(bytes, await todayHere(db));
  const known = await knownAddresses(
    db,
    read.map(({ email }) => email),
  );
  const lines = read.map((one) => told(one, known, language));
  const count = (outcome: Line['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const counts = { add: count('add'), known: count('known'), wrong: count('wrong') };
  if (dry) return { dry, lines, counts, links: null };
  if (counts.wrong > 0) {
    const errors = lines.flatMap(({ line, mistakes }) =>
      mistakes.map(({ column, message }) => ({ path: column ? `${line}.${column}` : `${line}`, message })),
    );
    throw new ProblemError('import_refused', { errors });
  }
  const people = read.flatMap(({ person }) => (person && !known.has(person.email) ? [person] : []));
  if (people.length === 0) return { dry, lines, counts, links: null };
  const invites = await db.transaction().execute(async (trx) => {
    const added = await addPeople(trx, people, viewer.personId);
    if (added === null) throw new ProblemError('changed_meanwhile');
    return await makeInvites(trx, added, viewer.personId);
  });
  const until = invites.expiresAt.toISOString();
  const links = people.map(({ name, email }, at) => [name, email, `${origin}/links/${invites.tokens[at]}`, until]);
  return { dry, lines, counts, links: writeCsv([['name', 'email', 'link', 'expires'], ...links]) };
}

type Line = z.infer<typeof ImportAnswer>['lines'][number];

function told({ line, name, email, mistakes }: ReadPerson, known: ReadonlySet<string>, language: Language): Line {
  const outcome = mistakes.length > 0 ? 'wrong' : known.has(email) ? 'known' : 'add';
  const said = mistakes.map((one) => ({ ...one, message: importMistakes[one.code][language] }));
  return { line, outcome, name, email, mistakes: said };
}
