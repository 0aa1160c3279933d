import { z } from 'zod';

/**
 * Kinds of circle. `outside`: the audience of what is said outside, all colleagues. `desk`: who answers it. `internal`: all
 * colleagues talk. `closed`: its members and guests; nobody else knows it is there. `public`: everyone who signed in.
 */
export const circleKinds = ['outside', 'desk', 'internal', 'closed', 'public'] as const;
export const CircleKind = z.enum(circleKinds);
export type CircleKind = z.infer<typeof CircleKind>;

/** Somebody works here today (domain/relation.ts), or comes from outside. */
export type Who = 'colleague' | 'outsider';
/** How somebody stands to one circle. `past`: their last day is over, and the frame leaves them to read. `host`: also a deputy. */
export type Standing = 'none' | 'past' | 'member' | 'host';

/**
 * What can be done in a circle. `see`: read what is said, and its frame. `people`: see who is in it. `write`: reply and begin;
 * what somebody wrote themselves they may change and withdraw as long as they see it. `join`: come in unasked. `add`: put
 * colleagues in. `invite`: let somebody from outside in. `host`: frame, state of the talk, pin, hide, close, mute, hand over, archive.
 */
export type CircleAct = 'see' | 'people' | 'write' | 'join' | 'add' | 'invite' | 'host';

const talk = ['see', 'people', 'write'] as const;
const hosting = [...talk, 'add', 'invite', 'host'] as const;
/** People from outside see what is said, never who else is there. */
const guest = ['see', 'write'] as const;

/**
 * Who may do what: the one table (docs/security-model.md says it in words). Whoever is in no row may do nothing, and for them the circle
 * does not exist. A role gives nothing here, an administrator's neither; but for the desk, whose members are who has the right `desk`.
 */
export const circlePolicy: Readonly<
  Record<CircleKind, Readonly<Partial<Record<`${Who} ${Standing}`, readonly CircleAct[]>>>>
> = {
  outside: { 'colleague none': ['see', 'people'] },
  desk: { 'colleague member': talk },
  internal: {
    'colleague none': [...talk, 'join'],
    'colleague member': talk,
    'colleague host': [...talk, 'host'],
  },
  closed: {
    'colleague past': ['see'],
    'colleague member': talk,
    'colleague host': hosting,
    'outsider past': ['see'],
    'outsider member': guest,
  },
  public: {
    'colleague none': [...talk, 'join'],
    'colleague member': talk,
    'colleague host': hosting,
    'outsider none': ['see'],
    'outsider past': ['see'],
    'outsider member': guest,
  },
};

/** What may be done in a circle of a kind. */
export function circleActs(kind: CircleKind, who: Who, standing: Standing): readonly CircleAct[] {
  return circlePolicy[kind][`${who} ${standing}`] ?? [];
}

/** The rows of the table that hold an act, each as "kind who standing": so it is asked within a query. */
export function rowsWith(act: CircleAct): string[] {
  return circleKinds.flatMap((kind) =>
    Object.entries(circlePolicy[kind]).flatMap(([row, acts]) => (acts.includes(act) ? [`${kind} ${row}`] : [])),
  );
}

/** Longest time somebody from outside is let in for, in days. */
export const mostGuestDays = 180;

/** How much somebody wants to hear of a circle or a thread. */
export const noticeLevels = ['all', 'mentions', 'nothing'] as const;
export const NoticeLevel = z.enum(noticeLevels);
export type NoticeLevel = z.infer<typeof NoticeLevel>;
