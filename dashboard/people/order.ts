import type { Person } from '../api-people.ts';

/** The people in the order of `ids`; those that are not in it come first. */
export function inOrderOf(ids: readonly string[], people: readonly Person[]): Person[] {
  return [...people].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
