import type { Audience } from '../api-talk.ts';
import type { Words } from '../words/nl.ts';

/** The name of a circle; the one of all colleagues has none of its own. */
export function circleName({ kind, name }: Audience['circle'], talk: Words['talk']): string {
  return kind === 'internal' && name === 'everyone' ? talk.everyone : name;
}

/** Who hears what is said in a circle, with how many they are. */
export function circlePeople(audience: Audience, talk: Words['talk']): string {
  const { circle } = audience;
  const people = readersOf(audience);
  if (people === null) return circle.name;
  const isEveryone = circle.kind === 'internal' && circle.name === 'everyone';
  return isEveryone ? talk.allPeople(people) : talk.people(circle.name, people);
}

/** How many read along; null for a guest, who is told no numbers. */
export function readersOf({ colleagues, outsiders }: Audience): number | null {
  return colleagues === null || outsiders === null ? null : colleagues + outsiders;
}
