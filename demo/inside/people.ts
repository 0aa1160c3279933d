import type { Role } from '#domain/person.ts';

export type Colleague = { key: string; name: string; role: Role; language: 'nl' | 'en' | null };

/** Everybody's, and said on the terminal: the demo answers on this machine only. */
export const demoPassword = 'lindewaard';

/** Six people at the town hall; the first of each role is who the terminal invites you to be. */
export const colleagues = [
  { key: 'sanne', name: 'Sanne de Wit', role: 'communication', language: null },
  { key: 'ravi', name: 'Ravi Ramdin', role: 'communication', language: null },
  { key: 'fatima', name: 'Fatima El Idrissi', role: 'manager', language: null },
  { key: 'joris', name: 'Joris Aalbers', role: 'employee', language: null },
  { key: 'marja', name: 'Marja Kuipers', role: 'employee', language: null },
  { key: 'henk', name: 'Henk Postma', role: 'administrator', language: null },
] as const satisfies Colleague[];

export type ColleagueKey = (typeof colleagues)[number]['key'];

/** Where a colleague signs in. */
export const emailOf = (key: ColleagueKey): string => `${key}@lindewaard.example`;
