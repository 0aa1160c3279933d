import { expect, test } from 'vitest';
import type { Person } from '../api-people.ts';
import { inOrderOf } from './order.ts';

const aPerson = (name: string, more: Partial<Person> = {}): Person => ({
  id: `p_${name}`,
  name,
  email: `${name[0]!.toLowerCase()}@lindewaard.example`,
  role: 'employee',
  state: 'active',
  joinedAt: '2025-03-01T09:00:00Z',
  lastSeenOn: null,
  department: null,
  badges: [],
  colleague: true,
  leavesOn: null,
  ownThreadsUntil: null,
  ...more,
});
const people = [aPerson('Ilse Brandt', { state: 'deactivated' }), aPerson('Jóris Aalbers'), aPerson('Sanne de Wit')];

test('rows stay where they were drawn, and who is new stands above', () => {
  expect(inOrderOf(['p_Sanne de Wit', 'p_Ilse Brandt'], people).map(({ name }) => name)).toEqual([
    'Jóris Aalbers',
    'Sanne de Wit',
    'Ilse Brandt',
  ]);
});
