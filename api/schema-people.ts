import { z } from '@hono/zod-openapi';
import { Role, rights } from '#domain/person.ts';
import { PersonId, PersonRef, When } from './schema-ids.ts';
import { isLine, Storable } from './schema-text.ts';

const Language = z.enum(['nl', 'en']);
const Theme = z.enum(['light', 'dark']);
const rightNames = Object.keys(rights) as [keyof typeof rights, ...(keyof typeof rights)[]];

/** The person who signed in; `rights` decide which buttons there are. */
export const Me = z
  .object({
    id: PersonId,
    name: z.string(),
    email: z.string(),
    role: Role,
    /** Works here today; a guest does not. */
    colleague: z.boolean(),
    rights: z.array(z.enum(rightNames)),
    /** null follows the browser. */
    language: Language.nullable(),
    theme: Theme.nullable(),
  })
  .openapi('Me');

export const Session = z
  .object({
    me: Me.nullable(),
    /** What the installation calls itself; null until the first person said so. */
    organisation: z.string().nullable(),
    /** Nobody is here yet: the first person can be made. `needsCode`: with the code that the log shows. */
    firstPerson: z.object({ needsCode: z.boolean() }).nullable(),
    /** IANA name, in which days are counted. */
    timeZone: z.string(),
  })
  .openapi('Session');

export const Email = z.email().max(200);
/** NIST 800-63B: length decides, no rules of composition; at most what hashing takes. */
export const Password = z.string().min(10).max(128);
export const Name = Storable.trim().min(1).max(100).refine(isLine);

export const SignIn = z.object({ email: Storable.max(200), password: z.string().max(200) });
export const FirstPerson = z.object({
  name: Name,
  email: Email,
  password: Password,
  organisation: Name,
  code: z.string().max(100).optional(),
});
export const LinkFacts = z
  .object({ purpose: z.enum(['invite', 'reset']), name: z.string(), email: z.string(), expiresAt: When })
  .openapi('LinkFacts');
export const UseLink = z.object({ password: Password });
export const ChangeMe = z.object({ name: Name, language: Language.nullable(), theme: Theme.nullable() }).partial();
export const ChangePassword = z.object({ current: z.string().max(200), next: Password });

export const Person = z
  .object({
    id: PersonId,
    name: z.string(),
    email: z.string(),
    role: Role,
    /** `invited`: has not used the link yet. */
    state: z.enum(['invited', 'active', 'deactivated']),
    joinedAt: When,
    /** Rounded to the day: this is no time clock. */
    lastSeenOn: z.iso.date().nullable(),
  })
  .openapi('Person');
export const PeopleList = z.object({ people: z.array(Person) }).openapi('PeopleList');
export const AddPerson = z.object({ name: Name, email: Email, role: Role });
export const ChangePerson = z.object({ name: Name, role: Role, active: z.boolean() }).partial();
/** Shown once, to copy; works once. */
export const PersonLink = z.object({ url: z.url(), expiresAt: When }).openapi('PersonLink');
export const AddedPerson = z.object({ person: Person, link: PersonLink }).openapi('AddedPerson');
/** For naming somebody and handing over: active colleagues only. */
export const Names = z.object({ people: z.array(PersonRef.extend({ role: Role })) }).openapi('Names');
