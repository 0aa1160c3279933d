/** What somebody can be to the organisation; several at once, each from a day until a day. */
export const relationKinds = [
  'employee',
  'freelancer',
  'alumnus',
  'customer',
  'ex-customer',
  'expert',
  'panel-member',
  'partner',
] as const;
export type RelationKind = (typeof relationKinds)[number];

/** Who is one of these today works here: a colleague. Everybody else comes from outside. */
export const colleagueRelations: readonly RelationKind[] = ['employee', 'freelancer'];
/** What somebody who is invited from outside can be. */
export const outsiderRelations: readonly RelationKind[] = relationKinds.filter(
  (kind) => !colleagueRelations.includes(kind),
);

/** A relation as it shows beside a name. */
export type Badge = { kind: RelationKind; former: boolean };

/** The badges that say something: a former colleague is an alumnus, and an alumnus who is back a colleague. */
export function saidOnce(badges: readonly Badge[], guest: boolean): Badge[] {
  const isAlumnus = badges.some(({ kind, former }) => kind === 'alumnus' && !former);
  return badges.filter(({ kind, former }) => {
    if (!former) return true;
    return kind === 'alumnus' ? guest : !(colleagueRelations.includes(kind) && (isAlumnus || !guest));
  });
}
