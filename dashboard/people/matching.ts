import type { Person } from '../api-people.ts';

/** Letters without their accents and in one case: "Jóris" is found by "joris". */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The people whose name or address has every word that is searched for; who left stands below. */
export function matching(people: readonly Person[], wanted: string): Person[] {
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  return people
    .filter(({ name, email }) => words.every((word) => plain(`${name} ${email}`).includes(word)))
    .sort((a, b) => Number(a.state === 'deactivated') - Number(b.state === 'deactivated'));
}

/** The people in the order of `ids`; those that are not in it come first. */
export function inOrderOf(ids: readonly string[], people: readonly Person[]): Person[] {
  return [...people].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
