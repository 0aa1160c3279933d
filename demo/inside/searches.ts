import type { Colleague } from './client.ts';
import type { ColleagueKey } from './people.ts';

type DemoSearch = { by: ColleagueKey; name: string; query: string; shared: boolean };

/** Questions that colleagues kept: one for all of them, and one of the desk's own. */
export const demoSearches: DemoSearch[] = [
  {
    by: 'sanne',
    name: 'Boos over afval',
    query: '(afval* OF container* OF afvalpas) sentiment:negatief',
    shared: true,
  },
  { by: 'ravi', name: 'Sluisbrug wacht nog op antwoord', query: 'sluisbrug is:open', shared: false },
];

/** Keeps the searches; those that are there stay as they are. */
export async function keepSearches(
  people: ReadonlyMap<ColleagueKey, Colleague>,
  keyOf: (words: string) => string,
): Promise<void> {
  for (const { by, ...search } of demoSearches) {
    const colleague = people.get(by)!;
    const { searches } = (await colleague.ask('GET', '/searches')) as { searches: { name: string }[] };
    if (searches.some(({ name }) => name === search.name)) continue;
    await colleague.ask('POST', '/searches', search, keyOf(search.name));
  }
}
