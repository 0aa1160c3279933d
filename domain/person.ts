import { z } from 'zod';

/** What somebody may do here; who may read what is a matter of circles. */
export const roles = ['employee', 'communication', 'manager', 'administrator'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/**
 * The rights there are, and which roles have them. `member` is everyone who signed in, guests too; `colleague` who works here; `desk` takes and answers what is
 * said outside; `sources` decides what is followed and erases authors; `topics` makes and changes the standing questions, and
 * says what is about us; `figures` reads the figures; `people` lets people in.
 */
export const rights = {
  member: roles,
  colleague: roles,
  desk: ['communication', 'administrator'],
  sources: ['communication', 'administrator'],
  topics: ['communication', 'administrator'],
  figures: ['communication', 'manager', 'administrator'],
  people: ['administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof rights;

/** Whether a role has a right; it counts only for who works here (`rightsOf`). */
export function hasRight(role: Role, right: Right): boolean {
  return (rights[right] as readonly Role[]).includes(role);
}

/** The rights of a person: who does not work here has none but taking part, whatever their role was. */
export function rightsOf({ role, colleague }: { role: Role; colleague: boolean }): Right[] {
  if (!colleague) return ['member'];
  return (Object.keys(rights) as Right[]).filter((right) => hasRight(role, right));
}
