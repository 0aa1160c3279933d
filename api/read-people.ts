import { type Role, roles } from '#domain/person.ts';
import { type RelationKind, relationKinds } from '#domain/relation.ts';
import type { ImportedPerson } from '#storage/people-import.ts';
import { type CsvLine, readCsv } from './csv.ts';
import type { ImportMistake } from './import-mistakes.ts';
import { AddPerson, Day } from './schema-people.ts';

/** A line of a file of people as it was read; `person` null where there are mistakes. */
export type ReadPerson = {
  line: number;
  name: string;
  email: string;
  mistakes: { column: string; code: ImportMistake }[];
  person: ImportedPerson | null;
};

const columns = ['name', 'email', 'role', 'relation', 'since', 'until', 'department'] as const;
type Column = (typeof columns)[number];
const mostLines = 2_000;

/**
 * Reads a file of people: every line with what is wrong in it. Empty means: employee for role and relation, `today` for the beginning,
 * no end, no department.
 */
export function readPeople(bytes: Uint8Array, today: string): ReadPerson[] {
  // One more: the names of the columns.
  const lines = readCsv(bytes, mostLines + 1);
  if (!Array.isArray(lines)) return [wrongLine(lines.line, '', lines.reason)];
  const [head, ...rest] = lines;
  if (!head) return [wrongLine(1, '', 'empty')];
  const names = head.fields.map((name) => name.toLowerCase());
  const unknown = names.filter((name, at) => !isColumn(name) || names.indexOf(name) !== at);
  const missing = (['name', 'email'] as const).filter((name) => !names.includes(name));
  if (unknown.length + missing.length > 0)
    return [
      ...missing.map((name) => wrongLine(head.line, name, 'column-missing')),
      ...unknown.map((name) => wrongLine(head.line, name, 'column-unknown')),
    ];
  if (rest.length === 0) return [wrongLine(head.line, '', 'empty')];
  const seen = new Set<string>();
  return rest.map((line) => readLine(line, names as Column[], today, seen));
}

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);

function readLine({ line, fields }: CsvLine, names: readonly Column[], today: string, seen: Set<string>): ReadPerson {
  const of = (column: Column) => fields[names.indexOf(column)] ?? '';
  const email = of('email').toLowerCase();
  const read: ReadPerson = { line, name: of('name'), email, mistakes: [], person: null };
  if (fields.length !== names.length) return { ...read, mistakes: [{ column: '', code: 'fields' }] };
  const wrong = (column: Column, code: ImportMistake) => read.mistakes.push({ column, code });

  const name = AddPerson.shape.name.safeParse(of('name'));
  if (!name.success) wrong('name', 'name');
  if (!AddPerson.shape.email.safeParse(email).success) wrong('email', 'email');
  else if (seen.has(email)) wrong('email', 'email-twice');
  seen.add(email);
  const role = (of('role').toLowerCase() || 'employee') as Role;
  if (!roles.includes(role)) wrong('role', 'role');
  const kind = (of('relation').toLowerCase() || 'employee') as RelationKind;
  if (!relationKinds.includes(kind)) wrong('relation', 'relation');
  const since = of('since') || today;
  const until = of('until') || null;
  const isSince = Day.safeParse(since).success;
  const isUntil = until === null || Day.safeParse(until).success;
  if (!isSince) wrong('since', 'day');
  if (!isUntil) wrong('until', 'day');
  if (isSince && isUntil && until !== null && until < since) wrong('until', 'until-before-since');
  const department = AddPerson.shape.department.safeParse(of('department') || null);
  if (!department.success) wrong('department', 'department');

  if (read.mistakes.length > 0 || !name.success || !department.success) return read;
  const person = { name: name.data, email, role, relation: { kind, since, until }, department: department.data };
  return { ...read, person };
}

const wrongLine = (line: number, column: string, code: ImportMistake): ReadPerson => ({
  line,
  name: '',
  email: '',
  mistakes: [{ column, code }],
  person: null,
});
