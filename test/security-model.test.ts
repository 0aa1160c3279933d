import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CircleAct, circleKinds, circlePolicy, mostGuestDays } from '#domain/circle.ts';
import { hasRight, type Right, rights, roles } from '#domain/person.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/security-model.md'), 'utf8');

/** The rows of the table that begins with a column, each as its cells. */
function tableOf(first: string): string[][] {
  const lines = page.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('|'));
  return lines.slice(at, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('docs/security-model.md says of every circle what the policy says', () => {
  const acts: CircleAct[] = ['see', 'people', 'write', 'join', 'add', 'invite', 'host'];
  const [head, , ...rows] = tableOf('Circle');
  expect(head!.slice(2).map((act) => act.toLowerCase())).toEqual(acts);
  const policy = circleKinds.flatMap((kind) =>
    Object.entries(circlePolicy[kind]).map(([who, may]) => [
      kind,
      who,
      ...acts.map((act) => (may.includes(act) ? 'yes' : '')),
    ]),
  );
  expect(rows).toEqual(policy);
  expect(page).toContain(`at most ${mostGuestDays} days ahead`);
});

test('docs/security-model.md says of every role what it may', () => {
  const [, , ...rows] = tableOf('Role');
  const everybodys: Right[] = ['member', 'colleague'];
  const beside = (Object.keys(rights) as Right[]).filter((right) => !everybodys.includes(right));
  expect(rows).toEqual(roles.map((role) => [role, beside.filter((right) => hasRight(role, right)).join(', ')]));
});
