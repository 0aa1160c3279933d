import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AuditLine } from '../api-people.ts';
import { en } from '../words/en.ts';
import { nl } from '../words/nl.ts';
import { auditFilterOf } from './audit-filter.ts';
import { auditSentence } from './audit-words.ts';

const person = (name: string) => ({ id: `p_${name}`, name, badges: [], guest: false });
const line = (more: Partial<AuditLine>): AuditLine => ({
  at: '2026-11-23T09:00:00Z',
  by: person('Henk'),
  action: 'member.added',
  circle: { id: 'c_', kind: 'closed', name: 'Balie' },
  subject: person('Ilse'),
  detail: {},
  ...more,
});
const now = { language: 'nl' as const, today: '2026-11-23' };

test('a line says who did what to whom, where and until when', () => {
  expect(auditSentence(line({}), nl, now)).toBe('Henk nam Ilse op in de kring Balie.');
  const came = line({ action: 'guest.came', by: person('Ilse'), detail: { until: '2026-12-24' } });
  expect(auditSentence(came, nl, now)).toBe('Ilse kwam als gast in de kring Balie, tot en met 24 december.');
  const role = line({ action: 'person.role', detail: { from: 'employee', to: 'manager' } });
  expect(auditSentence(role, en, { ...now, language: 'en' })).toBe(
    'Henk changed the role of Ilse from employee to manager.',
  );
});

test('what somebody did to themselves is not said as if they were two', () => {
  const own = { by: person('Henk'), subject: person('Henk') };
  expect(auditSentence(line(own), nl, now)).toBe('Henk werd lid van de kring Balie.');
  const left = line({ ...own, action: 'member.left' });
  expect(auditSentence(left, nl, now)).toBe('Henk verliet de kring Balie.');
  const changed = line({ ...own, action: 'relation.changed' });
  expect(auditSentence(changed, nl, now)).toBe('Henk veranderde de relaties van zichzelf.');
});

test('an action without a sentence is said by its own word', () => {
  expect(auditSentence(line({ action: 'moon.landed' }), nl, now)).toContain('moon.landed');
});

test('every action that is written to the log has a sentence', () => {
  const written = ['storage', 'api'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('integration'))
      .flatMap((name) => [
        ...readFileSync(`${folder}/${name}`, 'utf8').matchAll(
          /'((?:person|relation|circle|member|guest|access|author|thread|reply)\.[a-z-]+)'/g,
        ),
      ])
      .map(([, action]) => action!),
  );
  expect(new Set(written).size).toBeGreaterThan(20);
  expect([...new Set(written)].filter((action) => !(action in nl.audit.actions))).toEqual([]);
});

test('what cannot be looked for is not asked', () => {
  expect(auditFilterOf('action=member&from=2026-13&person=p_x&circle=c_Gm4xP7dRb1uY6tN3kJ9fAg')).toEqual({
    action: 'member',
    circle: 'c_Gm4xP7dRb1uY6tN3kJ9fAg',
  });
});
