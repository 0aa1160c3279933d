import { z } from '@hono/zod-openapi';
import { Role, rights } from '#domain/person.ts';
import { Badge, CircleId, CircleRef, PersonId, PersonRef, RelationKind, When } from './schema-ids.ts';
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

/** A day as YYYY-MM-DD, of this century: what is meant otherwise is a slip. */
export const Day = z.iso.date().refine((day) => day.startsWith('20'));
const Department = Storable.trim().max(100).refine(isLine);

/** What somebody is to the organisation, from a day until a day, both included; `until` null: no end. */
export const Relation = z
  .object({ kind: RelationKind, since: Day, until: Day.nullable() })
  .refine(({ since, until }) => until === null || until >= since, { path: ['until'] })
  .openapi('Relation');

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
    department: z.string().nullable(),
    badges: z.array(Badge),
    /** Works here today; the role counts only then. */
    colleague: z.boolean(),
    /** The last day on which they work here, where one is known; also of who left. */
    leavesOn: z.iso.date().nullable(),
    /** Who left reads the conversations they took part in until this day. */
    ownThreadsUntil: z.iso.date().nullable(),
  })
  .openapi('Person');
/** By name. `cursor`: null on the last page; `total`: how many fit the search in all. */
export const PeopleList = z
  .object({
    people: z.array(Person),
    cursor: z.string().nullable(),
    total: z.number().int(),
    /** Every department anybody is in, to choose from. */
    departments: z.array(z.string()),
  })
  .openapi('PeopleList');
export const PeopleQuery = z.object({
  /** Every word begins a word of the name, the address or the department. */
  search: z.string().max(100).default(''),
  department: z.string().max(100).optional(),
  /** Who is this today. */
  relation: RelationKind.optional(),
  state: z.enum(['invited', 'active', 'deactivated']).optional(),
  who: z.enum(['colleague', 'outsider']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
/** Without `relation` an employee; `since` today; `until` no end. */
export const AddPerson = z.object({
  name: Name,
  email: Email,
  role: Role,
  relation: RelationKind.default('employee'),
  since: Day.optional(),
  until: Day.nullable().default(null),
  department: Department.nullable().default(null),
});
export const ChangePerson = z
  .object({ name: Name, role: Role, active: z.boolean(), department: Department.nullable() })
  .partial();

/** What somebody is and was, by first day; `role` counts only while they work here (`roleCounts`). */
export const Relations = z
  .object({ relations: z.array(Relation), colleague: z.boolean(), role: Role, roleCounts: z.boolean() })
  .openapi('Relations');
/** Replaces all of them; two of one kind may not overlap. */
export const SetRelations = z.object({ relations: z.array(Relation).min(1).max(50) });

/** With `dry=true` nothing is changed: the answer is what would happen. */
export const Dry = z.object({ dry: z.stringbool().default(false) });

/** How somebody leaves. `agreed`: the closed and public circles they stay in as a guest, and until when; every other one ends with the last day. */
export const OffBoard = z.object({
  /** Their last day; left out: today. */
  on: Day.optional(),
  agreed: z
    .array(z.object({ circle: CircleId, until: Day }))
    .max(200)
    .default([]),
  /** Until when they read the conversations they took part in; null: not at all. */
  ownThreadsUntil: Day.nullable().default(null),
});
/** What happens to one circle: `ends` with the last day, `stays` until `until` as a guest, `by-relation` ends by itself. */
export const LeavingCircle = z
  .object({
    circle: CircleRef,
    what: z.enum(['ends', 'stays', 'by-relation']),
    until: z.iso.date(),
    /** They host it, or stand in; `others`: how many others do. */
    hosts: z.boolean(),
    others: z.number().int(),
  })
  .openapi('LeavingCircle');
export const Leaving = z
  .object({
    /** Nothing was changed. */
    dry: z.boolean(),
    on: z.iso.date(),
    circles: z.array(LeavingCircle),
    /** Circles nobody else hosts: they are handed over first. Empty once done. */
    hostNeeded: z.array(CircleRef),
    /** What is the desk's again. */
    desk: z.number().int(),
    /** Feeds of searches that end. */
    feeds: z.number().int(),
    ownThreadsUntil: z.iso.date().nullable(),
    relations: z.array(Relation),
  })
  .openapi('Leaving');
/** Comes back on a day (left out: today), as what they were; memberships that leaving ended are back. */
export const Return = z.object({ on: Day.optional() });
export const Returned = z
  .object({
    dry: z.boolean(),
    on: z.iso.date(),
    circles: z.array(CircleRef),
    relations: z.array(Relation),
  })
  .openapi('Returned');

/** What becomes of one line of a file of people. `known`: the address is here already, and nothing changes. */
export const ImportLine = z
  .object({
    /** As an editor counts them; the names of the columns are line 1. */
    line: z.number().int(),
    outcome: z.enum(['add', 'known', 'wrong']),
    name: z.string(),
    email: z.string(),
    /** `column` as in the file; `code` is stable, `message` in the reader's language. */
    mistakes: z.array(z.object({ column: z.string(), code: z.string(), message: z.string() })),
  })
  .openapi('ImportLine');
export const ImportAnswer = z
  .object({
    dry: z.boolean(),
    lines: z.array(ImportLine),
    counts: z.object({ add: z.number().int(), known: z.number().int(), wrong: z.number().int() }),
    /** A CSV file of the links by which they come in: shown this once. null in a dry run, or when nobody was added. */
    links: z.string().nullable(),
  })
  .openapi('ImportAnswer');
/** Shown once, to copy; works once. */
export const PersonLink = z.object({ url: z.url(), expiresAt: When }).openapi('PersonLink');
export const AddedPerson = z.object({ person: Person, link: PersonLink }).openapi('AddedPerson');
/** For naming somebody and handing over: who works here; asked for a circle, who would see what is said in it. */
export const Names = z.object({ people: z.array(PersonRef.extend({ role: Role })) }).openapi('Names');
